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
    UNION ALL SELECT 'person', owner_id FROM crm.activity GROUP BY owner_id
    UNION ALL SELECT 'product', product_id FROM crm.opportunity GROUP BY product_id
    UNION ALL SELECT 'product', product_id FROM crm.sale GROUP BY product_id
),
asked AS (SELECT DISTINCT entity, ref FROM held WHERE ref IS NOT NULL),
by_id AS (
    SELECT entity, id AS ref, min(key) AS key FROM identity WHERE id IS NOT NULL GROUP BY ALL
),
-- Names are asked only for what is no id, which is hardly anything as a rule.
found AS (
    SELECT asked.entity, asked.ref, by_id.key
    FROM asked LEFT JOIN by_id ON by_id.entity = asked.entity AND by_id.ref = asked.ref
),
name AS MATERIALIZED (
    SELECT entity, ref, staging.folded(ref) AS folded_ref FROM found WHERE key IS NULL
),
by_name AS (
    SELECT entity, spelled_name AS ref, min(key) AS key
    FROM identity
    WHERE (entity, spelled_name) IN (SELECT (entity, ref) FROM name)
    GROUP BY ALL
    HAVING min(key) = max(key)
),
by_folded AS (
    SELECT entity, folded_name, min(key) AS key
    FROM identity
    WHERE (entity, folded_name) IN (SELECT (entity, folded_ref) FROM name)
    GROUP BY ALL
    HAVING min(key) = max(key)
)
SELECT entity, ref, key FROM found WHERE key IS NOT NULL
UNION ALL
SELECT name.entity, name.ref, coalesce(by_name.key, by_folded.key)
FROM name
LEFT JOIN by_name ON by_name.entity = name.entity AND by_name.ref = name.ref
LEFT JOIN by_folded ON by_folded.entity = name.entity AND by_folded.folded_name = name.folded_ref
