"""What the store relies on DuckDB for, and did not always get."""

from pathlib import Path

import duckdb


def test_rows_of_one_transaction_are_all_seen_when_an_insert_between_had_none(
    tmp_path: Path,
) -> None:
    """2.0.0 did not group the third insert's rows until the file was opened again."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"ATTACH '{tmp_path}/store.duckdb' AS store; USE store")
        connection.execute("CREATE TABLE line (part VARCHAR NOT NULL, id VARCHAR NOT NULL)")
        connection.execute("BEGIN")
        for part, rows in (("first", 450_000), ("none", 0), ("last", 500_000)):
            connection.execute(
                f"CREATE TEMP TABLE {part}_rows AS SELECT 'C' || i AS id FROM range({rows}) AS t(i)"
            )
            connection.execute(f"INSERT INTO line SELECT ?, id FROM {part}_rows", [part])
        connection.execute("COMMIT")
        seen = connection.execute("SELECT part, count(*) FROM line GROUP BY part ORDER BY part")
        assert seen.fetchall() == [("first", 450_000), ("last", 500_000)]
