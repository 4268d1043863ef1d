"""What a store with merges shows."""

from typing import Any

from crm_core import metrics
from crm_core.store import Store


def revenue(store: Store) -> dict[str | None, tuple[int, int]]:
    """Segment -> customers and revenue."""
    with store.read() as cursor:
        rows = metrics.run(cursor, "segment_overview", {}).to_pylist()
    return {row["segment"]: (row["customers"], int(row["revenue"])) for row in rows}


def everything(store: Store) -> dict[str, list[Any]]:
    """All rows of customer data, to the byte."""
    tables = ("customer", "contact", "lead", "opportunity", "told", "line_fate")
    with store.read() as cursor:
        return {
            name: cursor.execute(f"SELECT * FROM crm.{name} ORDER BY ALL").fetchall()
            for name in tables
        }


def leads(store: Store) -> list[tuple[str | None, str | None]]:
    """Segment and region of each lead that counts."""
    with store.read() as cursor:
        return cursor.execute(
            "SELECT segment, region FROM staging.lead ORDER BY ALL NULLS LAST"
        ).fetchall()
