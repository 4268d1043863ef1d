/* ---
kind: view
needs: [mart.segment_name, staging.buyer, staging.owner, staging.product_sold]
--- */
-- Opportunities with their references resolved. An opportunity without an outcome is open:
-- nothing says that it was closed. While it is open and has no actual amount, or one of 0, it
-- has the expected one; a deal that was won without an amount is not taken for what was expected.
SELECT
    o.row_id, o.opportunity_id, coalesce(o.outcome, 'open') AS outcome, o.currency,
    o.created_at, o.closed_at, o.source_file, o.source_line, o.file_id,
    CASE
        WHEN coalesce(o.outcome, 'open') <> 'open' THEN o.amount
        ELSE coalesce(nullif(o.amount, 0), o.expected_amount, o.amount)
    END AS amount,
    coalesce(n.shown, o.segment, buyer.segment) AS segment,
    coalesce(o.region, buyer.region) AS region,
    owner.team,
    coalesce(owner.name, o.owner_id) AS owner,
    coalesce(buyer.name, o.customer_id) AS customer,
    buyer.key AS customer_key,
    coalesce(product.name, o.product_id) AS product
FROM crm.opportunity AS o
LEFT JOIN mart.segment_name AS n ON n.segment = o.segment
LEFT JOIN staging.buyer AS buyer ON buyer.ref = o.customer_id
LEFT JOIN staging.owner AS owner ON owner.ref = o.owner_id
LEFT JOIN staging.product_sold AS product ON product.ref = o.product_id
