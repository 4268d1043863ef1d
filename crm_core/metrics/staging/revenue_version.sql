/* ---
kind: view
needs: [mart.segment_name, staging.order_head]
--- */
-- Every version, present and past, of what may count as revenue on either basis.
-- superseded_by: the change that ended the version; NULL for the present one.
-- settled: its outcome is known; counts: it is revenue.
WITH version AS (
    SELECT
        'opportunities' AS basis, row_id, customer_id, segment, amount, currency,
        closed_at AS dated, coalesce(outcome, 'open') <> 'open' AS settled,
        coalesce(outcome, 'open') = 'won' AS counts, change_id, NULL::BIGINT AS superseded_by,
        NULL AS order_id
    FROM crm.opportunity
    UNION ALL
    SELECT
        'opportunities', row_id, customer_id, segment, amount, currency,
        closed_at, coalesce(outcome, 'open') <> 'open',
        coalesce(outcome, 'open') = 'won', change_id, superseded_by,
        NULL
    FROM crm_history.opportunity
    UNION ALL
    SELECT
        'sales', row_id, customer_id, segment, amount, currency,
        ordered_at, TRUE, TRUE, change_id, NULL, order_id
    FROM crm.sale
    UNION ALL
    SELECT
        'sales', row_id, customer_id, segment, amount, currency,
        ordered_at, TRUE, TRUE, change_id, superseded_by, order_id
    FROM crm_history.sale
)
SELECT
    version.* EXCLUDE (order_id) REPLACE (
        coalesce(version.customer_id, head.customer_id) AS customer_id,
        coalesce(n.shown, version.segment, head.segment) AS segment,
        coalesce(version.currency, head.currency) AS currency,
        coalesce(version.dated, head.ordered_at) AS dated
    )
FROM version
LEFT JOIN mart.segment_name AS n ON n.segment = version.segment
LEFT JOIN staging.order_head AS head
    ON head.order_id = version.order_id AND version.amount IS NOT NULL
