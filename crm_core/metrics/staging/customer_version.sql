/* ---
kind: table_macro
parameters: [as_of]
needs: [staging.change_until]
--- */
-- The rows of crm.customer as they were at a moment; NULL: as they are now.
SELECT
    row_id, row_key, origin, customer_id, name, segment, segment_captured_at, channel, owner_id,
    region, country, created_at, status
FROM crm.customer
WHERE as_of IS NULL OR change_id IN (FROM staging.change_until(as_of))
UNION ALL
SELECT
    row_id, row_key, origin, customer_id, name, segment, segment_captured_at, channel, owner_id,
    region, country, created_at, status
FROM crm_history.customer
WHERE
    as_of IS NOT NULL
    AND change_id IN (FROM staging.change_until(as_of))
    AND superseded_by NOT IN (FROM staging.change_until(as_of))
