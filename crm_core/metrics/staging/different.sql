/* ---
kind: table_macro
parameters: [table_name, fields]
--- */
-- How many different values each of these columns of a table has.
UNPIVOT (
    SELECT count(DISTINCT COLUMNS(LAMBDA name: list_contains(fields, name)))
    FROM query_table(table_name)
)
ON COLUMNS(*)
INTO NAME field VALUE different
