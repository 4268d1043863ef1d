/* ---
kind: table
needs: [staging.identity]
--- */
-- One row per product.
SELECT key, arg_min(p.name, rank) AS name
FROM crm.product AS p
JOIN staging.identity(NULL) AS i ON i.entity = 'product' AND i.row_id = p.row_id
GROUP BY key
