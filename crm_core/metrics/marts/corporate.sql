/* ---
kind: table
needs: [mart.customer, staging.parent]
--- */
-- The customers that belong to a group of companies, as people confirmed it, each with the head of
-- its group; the head itself too. Of records that are one the first one's parent counts.
WITH RECURSIVE link AS (
    SELECT key, arg_min(parent, rank) AS parent
    FROM staging.parent
    WHERE verdict = 'confirmed' AND key <> parent
    GROUP BY key
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
