/* ---
kind: table_macro
parameters: [as_of]
needs: [staging.folded, staging.identity]
--- */
-- Every reference that rows hold (an id or a name) and the key it resolves to: by id first,
-- else by a name that only one bears, as it is spelled before in any case and spacing; NULL: it
-- resolves to none. Worked out on distinct
-- references, so that the facts need one hash join each.
WITH identity AS MATERIALIZED (FROM staging.identity(as_of)),
held AS (
    SELECT 'customer' AS entity, customer_id AS ref FROM crm.opportunity GROUP BY customer_id
    UNION ALL SELECT 'customer', customer_id FROM crm.sale GROUP BY customer_id
    UNION ALL SELECT 'customer', customer_id FROM crm.support_case GROUP BY customer_id
    UNION ALL SELECT 'customer', customer_id FROM crm_history.opportunity
    WHERE as_of IS NOT NULL GROUP BY customer_id
    UNION ALL SELECT 'customer', customer_id FROM crm_history.sale
    WHERE as_of IS NOT NULL GROUP BY customer_id
    UNION ALL SELECT 'person', owner_id FROM crm.customer GROUP BY owner_id
    UNION ALL SELECT 'person', owner_id FROM crm.lead GROUP BY owner_id
    UNION ALL SELECT 'person', owner_id FROM crm.opportunity GROUP BY owner_id
    UNION ALL SELECT 'person', owner_id FROM crm.sale GROUP BY owner_id
    UNION ALL SELECT 'person', owner_id FROM crm.support_case GROUP BY owner_id
    UNION ALL SELECT 'product', product_id FROM crm.opportunity GROUP BY product_id
    UNION ALL SELECT 'product', product_id FROM crm.sale GROUP BY product_id
),
asked AS (SELECT DISTINCT entity, ref FROM held WHERE ref IS NOT NULL),
by_id AS (
    SELECT entity, id AS ref, min(key) AS key FROM identity WHERE id IS NOT NULL GROUP BY ALL
),
by_name AS (
    SELECT entity, spelled_name AS ref, min(key) AS key
    FROM identity
    WHERE spelled_name IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT key) = 1
),
by_folded AS (
    SELECT entity, folded_name, min(key) AS key
    FROM identity
    WHERE folded_name IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT key) = 1
)
SELECT asked.entity, asked.ref, coalesce(by_id.key, by_name.key, by_folded.key) AS key
FROM asked
LEFT JOIN by_id ON by_id.entity = asked.entity AND by_id.ref = asked.ref
LEFT JOIN by_name ON by_name.entity = asked.entity AND by_name.ref = asked.ref
LEFT JOIN by_folded
    ON by_folded.entity = asked.entity AND by_folded.folded_name = staging.folded(asked.ref)
