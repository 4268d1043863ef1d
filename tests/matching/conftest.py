"""Tables of records to match, made row by row."""

from collections.abc import Callable, Iterator

import duckdb
import pyarrow as pa
import pytest

from crm_core import matching

Cursor = duckdb.DuckDBPyConnection
Rows = list[dict[str, object]]
Pairs = dict[tuple[int, int], tuple[float, str, str | None]]
_COLUMNS = {
    "customer": "name given_name surname birth_date national_id tax_id phone email website street"
    " postcode city region country",
    "contact": "name email phone customer_id",
    "lead": "name company email phone city region country",
}
_TYPES = {"birth_date": "DATE"}


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    with duckdb.connect() as connection:
        yield connection.cursor()


@pytest.fixture
def table(cursor: Cursor) -> Callable[..., str]:
    """Make the table of an entity's rows; row ids go from 1 unless they are given."""

    def make(rows: Rows, entity: str = "customer") -> str:
        columns = _COLUMNS[entity].split()
        kinds = ", ".join(f"{name} {_TYPES.get(name, 'VARCHAR')}" for name in columns)
        cursor.execute(
            f"CREATE OR REPLACE TABLE memory.{entity} (row_id BIGINT, source_file VARCHAR, {kinds},"
            " extra JSON)"
        )
        names = ["row_id", "source_file", *columns, "extra"]
        given = [
            {"row_id": place, "source_file": "a.csv", **row} for place, row in enumerate(rows, 1)
        ]
        # Row by row it would take a millisecond each.
        cursor.register(
            "given", pa.table({name: [row.get(name) for row in given] for name in names})
        )
        cursor.execute(f"INSERT INTO memory.{entity} BY NAME SELECT * FROM given")
        cursor.unregister("given")
        return f"memory.{entity}"

    return make


@pytest.fixture
def matched(cursor: Cursor, table: Callable[..., str]) -> Callable[..., Pairs]:
    """Match rows: (left, right) -> probability, band, why."""

    def run(rows: Rows, entity: str = "customer", **options: object) -> Pairs:
        matching.match(cursor, entity, table(rows, entity), **options)  # type: ignore[arg-type]
        return scored(cursor)

    return run


def scored(cursor: Cursor) -> Pairs:
    """The scored pairs that the last run left."""
    found = cursor.execute(
        "SELECT left_row_id, right_row_id, probability, band, why FROM scored_pairs"
    ).fetchall()
    return {(left, right): (p, band, why) for left, right, p, band, why in found}
