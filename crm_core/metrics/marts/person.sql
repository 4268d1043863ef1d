/* ---
kind: table
needs: [staging.identity]
--- */
-- One row per member of staff.
SELECT
    key, arg_min(p.name, rank) AS name, arg_min(team, rank) AS team,
    coalesce(arg_min(active, rank), TRUE) AS active
FROM crm.person AS p
JOIN staging.identity(NULL) AS i ON i.entity = 'person' AND i.row_id = p.row_id
GROUP BY key
