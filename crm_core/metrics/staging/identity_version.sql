/* ---
kind: table_macro
parameters: [as_of]
needs: [staging.change_until, staging.customer_version, staging.folded]
--- */
-- Which rows tell of the same record: those with one key.
-- A customer, person or product that has no id of its own (none, or its name in place of one) is
-- the one of that name that has, if there is exactly one; so the sheet of customers and the order
-- lines that name them agree. Customers and staff are one in any case and spacing; products are as
-- they are spelled, since a reader may have refused to take GTXPro for GTX Pro.
-- Customers, contacts and leads that were merged have one key as well.
WITH RECURSIVE told AS (
    SELECT 'customer' AS entity, row_id, row_key, origin, customer_id AS id, name
    FROM staging.customer_version(as_of)
    UNION ALL
    SELECT 'person', row_id, row_key, origin, person_id, name FROM crm.person
    UNION ALL
    SELECT 'product', row_id, row_key, origin, product_id, name FROM crm.product
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
),
keyed AS MATERIALIZED (
    SELECT
        entity, row_id, row_key, origin, f.id, name AS spelled_name, folded_name,
        coalesce(true_id, named.id, spelled, 'row ' || row_id) AS key
    FROM folded AS f LEFT JOIN named USING (entity, spelled)
    UNION ALL
    SELECT 'contact', row_id, row_key, origin, contact_id, name, NULL, row_key FROM crm.contact
    UNION ALL
    SELECT 'lead', row_id, row_key, origin, lead_id, name, NULL, row_key FROM crm.lead
),
merge AS MATERIALIZED (
    SELECT entity, row_key, into_key FROM crm.merge
    WHERE as_of IS NULL OR change_id IN (FROM staging.change_until(as_of))
    UNION ALL
    SELECT entity, row_key, into_key FROM crm_history.merge
    WHERE
        as_of IS NOT NULL
        AND change_id IN (FROM staging.change_until(as_of))
        AND superseded_by NOT IN (FROM staging.change_until(as_of))
),
-- Merges are trees of records. The root of each tree stands for all that are merged into it, be its
-- own row there or not: a load may have been taken back since. UNION ends even a circle.
up AS (
    SELECT entity, row_key, into_key FROM merge
    UNION
    SELECT up.entity, up.row_key, merge.into_key
    FROM up JOIN merge ON merge.entity = up.entity AND merge.row_key = up.into_key
),
rooted AS (
    SELECT entity, row_key, into_key AS root
    FROM up
    WHERE NOT EXISTS (FROM merge WHERE merge.entity = up.entity AND merge.row_key = up.into_key)
    UNION
    SELECT entity, into_key, into_key FROM merge
    WHERE (entity, into_key) NOT IN (SELECT (entity, row_key) FROM merge)
),
treed AS MATERIALIZED (
    SELECT DISTINCT entity, key, root FROM rooted JOIN keyed USING (entity, row_key)
),
-- Rows that are one by name may have been merged before they were, each into another tree: then
-- the trees are one as well. This is rare.
beside AS MATERIALIZED (
    SELECT entity, root, min(root) OVER (PARTITION BY entity, key) AS other FROM treed
    QUALIFY root <> other
),
link AS (
    SELECT entity, root, other FROM beside
    UNION ALL
    SELECT entity, other, root FROM beside
),
reach AS (
    SELECT entity, root, other FROM link
    UNION
    SELECT reach.entity, reach.root, link.other
    FROM reach JOIN link ON link.entity = reach.entity AND link.root = reach.other
),
lead AS (SELECT entity, root, min(other) AS lead FROM reach GROUP BY ALL),
led AS (
    SELECT entity, treed.key, least(root, coalesce(lead, root)) AS lead
    FROM treed LEFT JOIN lead USING (entity, root)
),
moved AS (
    SELECT led.entity, led.key, min(coalesce(head.key, 'gone ' || lead)) AS into
    FROM led LEFT JOIN keyed AS head ON head.entity = led.entity AND head.row_key = lead
    GROUP BY ALL
)
SELECT
    entity, row_id, row_key, id, spelled_name, folded_name,
    -- An own row comes before what other sheets tell, what others were merged into before what was
    -- merged, an earlier row before a later one.
    row_id
    + CASE WHEN origin = 'own' THEN 0 ELSE 1::BIGINT << 62 END
    + CASE WHEN (entity, row_key) IN (SELECT (entity, row_key) FROM merge) THEN 1::BIGINT << 61
        ELSE 0 END AS rank,
    coalesce(moved.into, keyed.key) AS key
FROM keyed LEFT JOIN moved USING (entity, key)
