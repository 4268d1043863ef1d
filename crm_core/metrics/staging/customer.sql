/* ---
kind: table_macro
parameters: [as_of]
needs: [mart.segment_name, mart.winner, staging.customer_version, staging.identity, staging.place]
--- */
-- One row per customer as of a moment (NULL: now). Per field the own sheet's value wins; what
-- other sheets tell of the customer fills only what it leaves blank. Of customers that were merged
-- mart.winner says which one's value wins.
SELECT
    i.key,
    arg_min(customer_id, staging.place(won, 'customer_id', rank)) AS customer_id,
    arg_min(name, staging.place(won, 'name', rank)) AS name,
    arg_min(coalesce(n.shown, c.segment), staging.place(won, 'segment', rank)) AS segment,
    arg_min(segment_captured_at, staging.place(won, 'segment_captured_at', rank))
        AS segment_captured_at,
    arg_min(channel, staging.place(won, 'channel', rank)) AS channel,
    arg_min(owner_id, staging.place(won, 'owner_id', rank)) AS owner_id,
    coalesce(
        arg_min(region, staging.place(won, 'region', rank)),
        arg_min(country, staging.place(won, 'country', rank))
    ) AS region,
    arg_min(created_at, staging.place(won, 'created_at', rank)) AS created_at,
    arg_min(status, staging.place(won, 'status', rank)) AS status
FROM staging.customer_version(as_of) AS c
JOIN staging.identity(as_of) AS i ON i.entity = 'customer' AND i.row_id = c.row_id
LEFT JOIN mart.winner AS w ON w.entity = 'customer' AND w.row_id = c.row_id
LEFT JOIN mart.segment_name AS n ON n.segment = c.segment
GROUP BY i.key
