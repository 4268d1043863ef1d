/* ---
kind: table_macro
parameters: [entity_name]
needs: [mart.member]
--- */
-- The filled cells of the merged records of an entity, its technical columns aside.
UNPIVOT (
    SELECT
        row_id, source_file, loaded_at,
        COLUMNS(* EXCLUDE (
            row_id, row_key, origin, batch_id, file_id, source_file, source_line, loaded_at, change_id,
            by_hand, extra
        ))::VARCHAR
    FROM query_table('crm.' || entity_name)
    WHERE row_id IN (SELECT row_id FROM mart.member WHERE entity = entity_name)
)
ON COLUMNS(* EXCLUDE (row_id, source_file, loaded_at))
INTO NAME field VALUE value
