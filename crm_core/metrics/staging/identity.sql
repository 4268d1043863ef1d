/* ---
kind: table_macro
parameters: [as_of]
needs: [staging.customer_version, staging.folded]
--- */
-- Which rows tell of the same customer, person or product: those with one key. A row that has
-- no id of its own (none, or its name in place of one) is the one of that name that has, if
-- there is exactly one; so the sheet of customers and the order lines that name them agree.
-- Customers and staff are one in any case and spacing; products are as they are spelled, since a
-- reader may have refused to take GTXPro for GTX Pro.
WITH told AS (
    SELECT 'customer' AS entity, row_id, origin, customer_id AS id, name
    FROM staging.customer_version(as_of)
    UNION ALL
    SELECT 'person', row_id, origin, person_id, name FROM crm.person
    UNION ALL
    SELECT 'product', row_id, origin, product_id, name FROM crm.product
),
folded AS (
    SELECT
        *,
        staging.folded(name) AS folded_name,
        CASE entity WHEN 'product' THEN name ELSE folded_name END AS spelled,
        CASE entity WHEN 'product' THEN id ELSE staging.folded(id) END AS spelled_id,
        CASE WHEN spelled_id IS DISTINCT FROM spelled THEN id END AS true_id
    FROM told
),
named AS (
    SELECT entity, spelled, min(true_id) AS id
    FROM folded
    WHERE true_id IS NOT NULL AND spelled IS NOT NULL
    GROUP BY entity, spelled
    HAVING count(DISTINCT true_id) = 1
)
SELECT
    entity, row_id, f.id, name AS spelled_name, folded_name,
    -- An own row comes before what other sheets tell, an earlier row before a later one.
    CASE WHEN origin = 'own' THEN row_id ELSE row_id + (1::BIGINT << 62) END AS rank,
    coalesce(true_id, named.id, spelled, 'row ' || row_id) AS key
FROM folded AS f LEFT JOIN named USING (entity, spelled)
