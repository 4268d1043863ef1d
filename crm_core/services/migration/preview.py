"""What a run would write, reject and alter, without writing anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.services.migration import template
from crm_core.services.migration.compute import Counted, compute
from crm_core.services.migration.template import Template
from crm_core.store import Store

_MOST = 200


@dataclass(frozen=True)
class Reason:
    """Records of a table that break one rule in one column."""

    table: str
    column: str
    rule: str
    limit: str | None
    records: int
    value: str | None
    """One of the values, the most frequent."""
    suggestion: str | None
    """For that value."""


@dataclass(frozen=True)
class Preview:
    """The tables in load order; why records are rejected or altered, the most frequent first."""

    tables: list[Counted]
    rejected: list[Reason]
    altered: list[Reason]


def preview(store: Store, _actor: Actor, asked: Template) -> Preview:
    """Compute a run on the store as it is now."""
    with store.snapshot() as cursor:
        tables = compute(cursor, asked.target)
        return Preview(tables, _reasons(cursor, "bad"), _reasons(cursor, "altered"))


def _reasons(cursor: duckdb.DuckDBPyConnection, of: str) -> list[Reason]:
    rows = cursor.execute(
        f"""
        WITH value AS (
            SELECT "table", "column", rule, min("limit") AS "limit", value,
                min(suggestion) AS suggestion, count(*) AS records
            FROM {of} GROUP BY "table", "column", rule, value
        )
        SELECT "table", "column", rule,
            CASE WHEN rule = 'unique' THEN NULL ELSE min("limit") END,
            sum(records)::BIGINT AS all_records, arg_max(value, (records, value)),
            arg_max(suggestion, (records, value))
        FROM value GROUP BY "table", "column", rule ORDER BY all_records DESC, 1, 2, 3 LIMIT {_MOST}
        """
    ).fetchall()
    return [Reason(*row) for row in rows]


def known(store: Store, _actor: Actor) -> dict[str, Template]:
    """The templates at hand: those of earlier runs as they were last, then the shipped ones."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT target, arg_max(template, run_id) FROM crm.migration_run GROUP BY target"
            " ORDER BY max(run_id) DESC"
        ).fetchall()
    found = {name: template.read(text.encode(), name) for name, text in rows}
    for path in template.shipped().values():
        read = template.load(path)
        found.setdefault(read.target.name, read)
    return found


def place_for(store: Store) -> Path:
    """A new folder beside the store for a run that is made in the app."""
    return next(path for path in _places(store.path) if not path.exists())


def _places(store: Path) -> Iterator[Path]:
    folder = store.with_name(store.name + ".migrations")
    return (folder / f"run-{number}" for number in count(1))


def figures(one: Counted) -> dict[str, Any]:
    """The counts of a table, as a manifest has them."""
    names = ("records", "accepted", "rejected", "left_out", "altered", "formulas")
    return {"table": one.table.name} | {name: getattr(one, name) for name in names}
