/* ---
kind: view
--- */
-- What an order tells in a table of its own, where its number is the row's key; its lines with the
-- amounts stand in another one.
SELECT
    order_id,
    max_by(customer_id, row_id) AS customer_id,
    max_by(segment, row_id) AS segment,
    max_by(region, row_id) AS region,
    max_by(owner_id, row_id) AS owner_id,
    max_by(ordered_at, row_id) AS ordered_at,
    max_by(currency, row_id) AS currency
FROM crm.sale
WHERE amount IS NULL AND sale_id = order_id
GROUP BY order_id
