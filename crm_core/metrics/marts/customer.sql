/* ---
kind: table
needs: [mart.reference, staging.customer, staging.owner]
--- */
-- One row per customer, as now. customer_since: when it was created, else (no date of that kind
-- in the source) its first purchase, be it an order or a won opportunity.
WITH purchase AS (
    SELECT customer_id, min(ordered_at) AS first_at FROM crm.sale GROUP BY customer_id
    UNION ALL
    SELECT customer_id, min(closed_at) FROM crm.opportunity WHERE outcome = 'won' GROUP BY ALL
),
first_purchase AS (
    SELECT key, min(first_at) AS first_at
    FROM purchase JOIN mart.reference ON entity = 'customer' AND ref = purchase.customer_id
    GROUP BY key
)
SELECT
    c.* EXCLUDE (owner_id, created_at),
    coalesce(owner.name, c.owner_id) AS owner,
    owner.team,
    coalesce(c.created_at, first_at) AS customer_since
FROM staging.customer(NULL) AS c
LEFT JOIN first_purchase USING (key)
LEFT JOIN staging.owner AS owner ON owner.ref = c.owner_id
