/* ---
kind: table
needs: [staging.identity]
--- */
-- The customers, contacts and leads that were merged, with the key that those which are one share
-- and the order in which they fill its fields.
WITH identity AS MATERIALIZED (
    SELECT entity, row_id, row_key, key, rank
    FROM staging.identity(NULL)
    WHERE entity IN (SELECT entity FROM crm.merge)
),
merged AS (
    SELECT DISTINCT entity, key
    FROM identity
    WHERE (entity, row_key) IN (
        SELECT (entity, row_key) FROM crm.merge UNION SELECT (entity, into_key) FROM crm.merge
    )
)
FROM identity SEMI JOIN merged USING (entity, key)
