/* ---
kind: table_macro
parameters: [table_name]
--- */
-- Each column of a table of customer data, its technical ones aside, with how many rows fill it.
UNPIVOT (
    SELECT
        count(*) AS rows,
        count(COLUMNS(* EXCLUDE (
            row_id, row_key, origin, batch_id, file_id, source_file, source_line, loaded_at, change_id,
            by_hand, extra
        )))
    FROM query_table(table_name)
)
ON COLUMNS(* EXCLUDE (rows))
INTO NAME field VALUE filled
