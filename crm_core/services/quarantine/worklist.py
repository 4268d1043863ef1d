"""The quarantine as a worklist: lines that were set aside, and the rule that each one broke."""

from dataclasses import dataclass
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.store import Store

FACETS = ("source_file", "rule", "entity", "owner")
COLUMNS = (
    *("quarantine_id", "batch_id", "file_id", "source_file", "sheet", "source_line"),
    *("column", "value", "rule", "reason", "entity", "owner", "due"),
)
MOST_EXPORTED = 50_000
NOBODY = ""
"""As the owner of a filter: lines that nobody sees to yet."""
_CORRECTED = "quarantine_id IN (SELECT quarantine_id FROM crm.correction)"


@dataclass(frozen=True)
class Filter:
    """What is looked at; None: all of it."""

    source_file: str | None = None
    rule: str | None = None
    entity: str | None = None
    owner: str | None = None
    overdue: bool = False
    """Only what should have been seen to before today."""
    corrected: bool = False
    """Only lines that somebody typed a correction for."""

    def condition(self) -> tuple[str, list[str]]:
        """SQL with ? for each of its parameters."""
        asked = [(name, getattr(self, name)) for name in FACETS if getattr(self, name) is not None]
        tests = ["status = 'open'", *(f"coalesce({name}, '') = ?" for name, _ in asked)]
        tests += ["due < current_date"] * self.overdue + [_CORRECTED] * self.corrected
        return " AND ".join(tests), [value for _, value in asked]


def facets(store: Store, _actor: Actor) -> dict[str, list[str]]:
    """For each of FACETS the values that open lines have, the most frequent first."""
    with store.read() as cursor:
        return {
            name: [
                row[0]
                for row in cursor.execute(
                    f"SELECT {name} FROM crm.quarantine WHERE status = 'open'"
                    f" AND {name} IS NOT NULL GROUP BY {name} ORDER BY count(*) DESC, {name}"
                ).fetchall()
            ]
            for name in FACETS
        }


def count(store: Store, _actor: Actor, wanted: Filter | None = None) -> int:
    """How many open lines there are."""
    condition, params = (wanted or Filter()).condition()
    with store.read() as cursor:
        row = cursor.execute(
            f"SELECT count(*) FROM crm.quarantine WHERE {condition}", params
        ).fetchone()
    return int(row[0]) if row else 0


def lines(
    store: Store, _actor: Actor, wanted: Filter, *, limit: int = MOST_EXPORTED, offset: int = 0
) -> list[dict[str, Any]]:
    """Open lines with COLUMNS and whether they were `corrected`.

    The newest load first, in the order of its files.
    """
    condition, params = wanted.condition()
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with store.read() as cursor:
        found = cursor.execute(
            f"SELECT {names}, {_CORRECTED} FROM crm.quarantine WHERE {condition}"
            " ORDER BY batch_id DESC, file_id, source_line, quarantine_id LIMIT ? OFFSET ?",
            [*params, max(0, limit), max(0, offset)],
        ).fetchall()
    return [dict(zip((*COLUMNS, "corrected"), row, strict=True)) for row in found]


def numbers(
    store: Store, _actor: Actor, wanted: Filter, *, limit: int = MOST_EXPORTED
) -> list[int]:
    """The quarantine_ids of lines(), in the same order."""
    condition, params = wanted.condition()
    with store.read() as cursor:
        found = cursor.execute(
            f"SELECT quarantine_id FROM crm.quarantine WHERE {condition}"
            " ORDER BY batch_id DESC, file_id, source_line, quarantine_id LIMIT ?",
            [*params, max(0, limit)],
        ).fetchall()
    return [row[0] for row in found]


def same_value(store: Store, _actor: Actor, wanted: Filter, column: str, value: str) -> list[int]:
    """The quarantine_ids of the filter's lines that broke a rule with `value` in `column`."""
    condition, params = wanted.condition()
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT quarantine_id FROM crm.quarantine"
            f' WHERE {condition} AND "column" = ? AND value = ?',
            [*params, column, value],
        ).fetchall()
    return [row[0] for row in found]
