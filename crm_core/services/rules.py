"""Every rule with the rows of the store that break it now, and how severe a company wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.rules import Rule, Severity
from crm_core.pipeline.references import note_targets
from crm_core.pipeline.rules import broken
from crm_core.pipeline.standardise.standard import DOUBTS
from crm_core.reference import entities, rules
from crm_core.services import settings
from crm_core.store import Store

LINEAGE = ("source_file", "source_line")
MOST_ROWS = 500


@dataclass(frozen=True)
class RuleState:
    """A rule of an entity."""

    id: str
    entity: str
    fields: tuple[str, ...]
    """What it looks at; the first field is to blame."""
    severity: Severity
    usual: Severity
    """As it is delivered."""
    rows: int
    """Rows of the store that break it now."""


@dataclass(frozen=True)
class BrokenRows:
    """Rows that break a rule, at most MOST_ROWS of them, in the order of files and lines."""

    columns: tuple[str, ...]
    """Names of fields, then LINEAGE."""
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Doubt:
    """Cells of a column that no standard fits: they were loaded as they are written."""

    code: str
    entity: str
    field: str
    """entity.field where it describes another record."""
    batch: int
    file: str
    sheet: str | None
    lines: int
    line: int
    """The first of them."""


def doubts(store: Store, _actor: Actor, entity: str | None = None) -> tuple[tuple[Doubt, ...], int]:
    """What the loads in force could not read and kept as written, the newest load first.

    At most MOST_ROWS, and how many there are in all. `entity`: of files that hold it.
    """
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT rule, entity, field, batch_id, source_file, sheet, lines, line,"
            " count(*) OVER () FROM crm.warning"
            " JOIN crm.batch_file USING (file_id) JOIN crm.batch USING (batch_id)"
            " WHERE undone_by IS NULL AND rule IN (SELECT unnest($doubts::VARCHAR[]))"
            " AND ($entity IS NULL OR entity = $entity)"
            f" ORDER BY batch_id DESC, lines DESC, rule, field LIMIT {MOST_ROWS}",
            {"doubts": list(DOUBTS), "entity": entity},
        ).fetchall()
    return tuple(Doubt(*row[:-1]) for row in rows), int(rows[0][-1]) if rows else 0


def overview(store: Store, actor: Actor) -> tuple[RuleState, ...]:
    """Every rule, entity by entity in the order of loading, each counted over the whole store."""
    chosen = settings.read(store, actor)["rule_severity"]
    found: list[RuleState] = []
    with store.snapshot() as cursor:
        note_targets(cursor)
        for entity, of_entity in rules().items():
            counts = _counts(cursor, entity, of_entity)
            found += [
                RuleState(
                    *(rule.id, entity, rule.fields),
                    severity=Severity(chosen.get(rule.id, rule.severity)),
                    usual=rule.severity,
                    rows=counts.get(place, 0),
                )
                for place, rule in enumerate(of_entity)
            ]
    return tuple(found)


def broken_rows(store: Store, _actor: Actor, rule_id: str) -> BrokenRows:
    """Rows that break the rule now: what names them, what the rule looks at, file and line.

    Refused("rule_unknown").
    """
    entity, rule = _find(rule_id)
    fields = {field.name for field in entities()[entity].fields}
    named = [name for name in (f"{entity}_id", "name", "subject") if name in fields]
    columns = (*dict.fromkeys((*named, *rule.fields)), *LINEAGE)
    names = ", ".join(f'"{name}"' for name in columns)
    with store.snapshot() as cursor:
        note_targets(cursor)
        rows = cursor.execute(
            f"SELECT {names} FROM crm.{entity} JOIN ({_breaks(entity, [rule])}) USING (row_id)"
            f" ORDER BY source_file, source_line, row_id LIMIT {MOST_ROWS}"
        ).fetchall()
    return BrokenRows(columns, tuple(rows))


def choose(store: Store, actor: Actor, rule_id: str, severity: str) -> None:
    """Say what happens to rows that break the rule from the next load on.

    Refused: rule_unknown; setting_value.
    """
    _, rule = _find(rule_id)
    chosen = dict(settings.read(store, actor)["rule_severity"])
    if severity == rule.severity:
        chosen.pop(rule_id, None)
    else:
        chosen[rule_id] = severity
    settings.write(store, actor, "rule_severity", chosen)


def _find(rule_id: str) -> tuple[str, Rule]:
    for entity, of_entity in rules().items():
        for rule in of_entity:
            if rule.id == rule_id:
                return entity, rule
    raise Refused("rule_unknown", id=rule_id)


def _counts(
    cursor: duckdb.DuckDBPyConnection, entity: str, of_entity: Sequence[Rule]
) -> dict[int, int]:
    """Position of the rule -> rows that break it."""
    found = cursor.execute(
        f"SELECT rule, count(*) FROM ({_breaks(entity, of_entity)}) GROUP BY rule"
    ).fetchall()
    return {int(place): int(rows) for place, rows in found}


def _breaks(entity: str, of_entity: Sequence[Rule]) -> str:
    """SQL: row_id and rule of every row of the store that breaks one of the rules."""
    return broken(of_entity, entities()[entity], f"SELECT * FROM crm.{entity}", "row_id")
