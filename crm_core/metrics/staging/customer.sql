/* ---
kind: table_macro
parameters: [as_of]
needs: [mart.segment_name, staging.customer_version, staging.identity]
--- */
-- One row per customer as of a moment (NULL: now). Per field the own sheet's value wins; what
-- other sheets tell of the customer fills only what it leaves blank.
SELECT
    key,
    arg_min(customer_id, rank) AS customer_id,
    arg_min(name, rank) AS name,
    arg_min(coalesce(n.shown, c.segment), rank) AS segment,
    arg_min(segment_captured_at, rank) AS segment_captured_at,
    arg_min(channel, rank) AS channel,
    arg_min(owner_id, rank) AS owner_id,
    coalesce(arg_min(region, rank), arg_min(country, rank)) AS region,
    arg_min(created_at, rank) AS created_at,
    arg_min(status, rank) AS status
FROM staging.customer_version(as_of) AS c
JOIN staging.identity(as_of) AS i ON i.entity = 'customer' AND i.row_id = c.row_id
LEFT JOIN mart.segment_name AS n ON n.segment = c.segment
GROUP BY key
