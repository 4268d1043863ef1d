/* ---
kind: view
needs: [mart.segment_name, staging.buyer, staging.order_head, staging.owner, staging.product_sold]
--- */
-- Order lines with their references resolved. A line is returned if it says so itself, if a
-- return names it, or if a return names its order and no single line of it.
-- What a line does not say its order says, where that has a row of its own; it is no line then.
WITH told AS (
    SELECT
        sale.* REPLACE (
            coalesce(sale.customer_id, head.customer_id) AS customer_id,
            coalesce(sale.segment, head.segment) AS segment,
            coalesce(sale.region, head.region) AS region,
            coalesce(sale.owner_id, head.owner_id) AS owner_id,
            coalesce(sale.ordered_at, head.ordered_at) AS ordered_at,
            coalesce(sale.currency, head.currency) AS currency
        )
    FROM crm.sale
    LEFT JOIN staging.order_head AS head
        ON head.order_id = sale.order_id AND sale.amount IS NOT NULL
    WHERE
        sale.amount IS NOT NULL
        OR (sale.sale_id = sale.order_id) IS NOT TRUE
        OR sale.order_id NOT IN (
            SELECT line.order_id
            FROM crm.sale AS line SEMI JOIN staging.order_head USING (order_id)
            WHERE line.amount IS NOT NULL
        )
),
line AS (SELECT sale_id FROM crm.sale_return WHERE sale_id IS NOT NULL),
whole_order AS (
    SELECT order_id
    FROM crm.sale_return
    WHERE
        order_id IS NOT NULL
        AND (
            sale_id IS NULL
            OR sale_id NOT IN (SELECT sale_id FROM crm.sale WHERE sale_id IS NOT NULL)
        )
)
SELECT
    s.row_id, s.sale_id, s.order_id, s.quantity, s.amount, s.currency, s.profit, s.ordered_at,
    s.source_file, s.source_line, s.file_id,
    coalesce(s.returned, FALSE)
    OR coalesce(s.sale_id IN (FROM line), FALSE)
    OR coalesce(s.order_id IN (FROM whole_order), FALSE) AS returned,
    coalesce(n.shown, s.segment, buyer.segment) AS segment,
    coalesce(s.region, buyer.region) AS region,
    CASE WHEN s.owner_id IS NULL THEN buyer.team ELSE owner.team END AS team,
    coalesce(owner.name, s.owner_id, buyer.owner) AS owner,
    coalesce(buyer.name, s.customer_id) AS customer,
    buyer.key AS customer_key,
    coalesce(product.name, s.product_id) AS product
FROM told AS s
LEFT JOIN mart.segment_name AS n ON n.segment = s.segment
LEFT JOIN staging.buyer AS buyer ON buyer.ref = s.customer_id
LEFT JOIN staging.owner AS owner ON owner.ref = s.owner_id
LEFT JOIN staging.product_sold AS product ON product.ref = s.product_id
