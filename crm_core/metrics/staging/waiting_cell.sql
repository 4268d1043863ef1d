/* ---
kind: view
--- */
-- Cells that wait in quarantine, by the field that their column fills. A line that waits as a whole
-- (too many cells, say) blames no column and is not here.
WITH named AS (
    SELECT
        file_id,
        unnest(from_json(
            plan -> 'columns', '[{"header": "VARCHAR", "field": "VARCHAR", "entity": "VARCHAR"}]'
        )) AS told
    FROM crm.batch_file
)
SELECT coalesce(told.entity, waiting.entity) AS entity, told.field AS field, count(*) AS rows
FROM crm.quarantine AS waiting
JOIN named ON named.file_id = waiting.file_id AND trim(told.header) = waiting."column"
WHERE waiting.status = 'open' AND told.field IS NOT NULL
GROUP BY ALL
