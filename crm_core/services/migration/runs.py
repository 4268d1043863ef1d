"""The runs that were made, and what is different between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.migration import template
from crm_core.services.migration.template import Template
from crm_core.store import Store


@dataclass(frozen=True)
class Run:
    """A run as the store keeps it."""

    run: int
    target: str
    kind: str
    since: int | None
    made_at: datetime
    """UTC."""
    actor_name: str
    seconds: float
    folder: Path
    manifest: dict[str, Any]

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Table, file, rows, rejected, accepted, sums … of each, in load order."""
        tables: list[dict[str, Any]] = self.manifest["tables"]
        return tables

    def count(self, what: str) -> int:
        """rows, rejected, accepted … of all tables."""
        return sum(table[what] for table in self.tables)


@dataclass(frozen=True)
class Difference:
    """A table in two runs: records that only the later one accepted, that differ, that are gone."""

    table: str
    added: int
    changed: int
    gone: int
    same: int
    rejected_before: int
    rejected_now: int
    sums: Sequence[tuple[str, str | None, Decimal, Decimal]]
    """Column, currency, before, now: of what was accepted."""


def runs(store: Store, _actor: Actor, target: str | None = None) -> list[Run]:
    """Every run, of one target or all, the newest first."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT run_id, target, kind, since, made_at, actor_name, seconds, folder, manifest"
            " FROM crm.migration_run WHERE target = coalesce(?, target) ORDER BY run_id DESC",
            [target],
        ).fetchall()
    return [_run(*row) for row in rows]


def _run(
    number: int,
    target: str,
    kind: str,
    since: int | None,
    at: datetime,
    who: str,
    seconds: float,
    folder: str,
    manifest: str,
) -> Run:
    read = simplejson.loads(manifest, use_decimal=True)
    return Run(number, target, kind, since, at, who, seconds, Path(folder), read)


def one_run(store: Store, actor: Actor, number: int | None = None) -> Run:
    """A run by its number; without one the last. Refused("migration_run_unknown")."""
    for found in runs(store, actor):
        if number is None or found.run == number:
            return found
    raise Refused("migration_run_unknown", run=number)


def template_of(store: Store, _actor: Actor, number: int) -> Template:
    """The template that a run was made with, as it was then. Refused("migration_run_unknown")."""
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT template FROM crm.migration_run WHERE run_id = ?", [number]
        ).fetchone()
    if row is None:
        raise Refused("migration_run_unknown", run=number)
    return template.read(str(row[0]).encode(), f"run {number}")


def compare(store: Store, actor: Actor, before: int, now: int) -> list[Difference]:
    """What two runs of one target accepted, table by table.

    Refused: migration_run_unknown, migration_other_target.
    """
    one, other = one_run(store, actor, before), one_run(store, actor, now)
    if one.target != other.target:
        raise Refused("migration_other_target", run=before, other=now)
    tables = {table["table"]: table for table in (*one.tables, *other.tables)}
    with store.read() as cursor:
        found = {
            row[0]: (row[1], row[2], row[3], row[4])
            for row in cursor.execute(
                """
                SELECT "table", count(*) FILTER (o.row_key IS NULL),
                    count(*) FILTER (o.digest <> n.digest), count(*) FILTER (n.row_key IS NULL),
                    count(*) FILTER (o.digest = n.digest)
                FROM (FROM crm.migration_row WHERE run_id = ?) AS o
                FULL JOIN (FROM crm.migration_row WHERE run_id = ?) AS n USING ("table", new_id)
                GROUP BY ALL
                """,
                [before, now],
            ).fetchall()
        }
    return [_difference(name, one, other, found.get(name, (0, 0, 0, 0))) for name in tables]


def _difference(table: str, one: Run, other: Run, counts: tuple[int, int, int, int]) -> Difference:
    before, now = _of(one, table), _of(other, table)
    keys = dict.fromkeys((*_sums(before), *_sums(now)))
    return Difference(
        table,
        *counts,
        rejected_before=before.get("rejected", 0),
        rejected_now=now.get("rejected", 0),
        sums=[
            (*key, _sums(before).get(key, Decimal(0)), _sums(now).get(key, Decimal(0)))
            for key in keys
        ],
    )


def _of(run: Run, table: str) -> dict[str, Any]:
    return next((one for one in run.tables if one["table"] == table), {})


def _sums(table: dict[str, Any]) -> dict[tuple[str, str | None], Decimal]:
    return {
        (one["column"], one["currency"]): Decimal(one["accepted"]) for one in table.get("sums", [])
    }
