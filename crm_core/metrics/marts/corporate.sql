/* ---
kind: table
needs: [mart.customer, staging.identity]
--- */
-- The customers that belong to a group of companies, as people confirmed it, each with the head of
-- its group; the head itself too. A link whose one end is gone says nothing.
WITH RECURSIVE link AS (
    SELECT child.key, parent.key AS parent
    FROM crm.parent AS p
    JOIN staging.identity(NULL) AS child ON child.entity = 'customer' AND child.row_key = p.row_key
    JOIN staging.identity(NULL) AS parent
        ON parent.entity = 'customer' AND parent.row_key = p.parent_key
    WHERE verdict = 'confirmed' AND child.key <> parent.key
),
-- Merging two that belong to each other closes a circle, which UNION ends.
up AS (
    SELECT key, parent FROM link
    UNION
    SELECT up.key, link.parent FROM up JOIN link ON link.key = up.parent
),
headed AS (
    SELECT
        key,
        coalesce(min(parent) FILTER (parent NOT IN (SELECT key FROM link)), min(parent)) AS head
    FROM up
    GROUP BY key
    UNION
    SELECT parent, parent FROM link WHERE parent NOT IN (SELECT key FROM link)
)
SELECT headed.key, head, c.name AS head_name, c.segment AS head_segment
FROM headed JOIN mart.customer AS c ON c.key = head
