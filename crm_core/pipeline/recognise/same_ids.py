"""Ids that are another system's as well: rows of two systems would take each other's place."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.sheet import COMPARED, LEAST_VALUES, Sheet, is_held, name_beside
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

RENAMED = 0.2
"""The share of rows with one id that must have one name as well, or the ids mean other rows."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Ask about a key whose values name other rows in the store, or in another table."""
    named = [pair for pair in pairs if _named(pair[1])]
    for sheet, plan in named:
        if file := _in_store(cursor, sheet, plan):
            _ask(plan, file)
    for one, other in combinations(named, 2):
        alike = one[1].entity == other[1].entity and _named(one[1]) and _named(other[1])
        if alike and _mean_others(cursor, _rows(cursor, *one), _rows(cursor, *other)):
            _ask(other[1], name_beside(one[0], other[0]))


def _named(plan: TablePlan) -> tuple[ColumnPlan, ColumnPlan] | None:
    """The columns of the key and of the name, if both are sure."""
    key = plan.column(str(entities()[plan.entity].key)) if plan.entity else None
    name = plan.column("name") if plan.entity else None
    return (key, name) if key and name and key.sure and name.sure else None


def _ask(plan: TablePlan, other: str) -> None:
    found = _named(plan)
    assert found
    key, _ = found
    key.candidates = tuple(dict.fromkeys((str(key.field), *key.candidates)))
    key.field, key.confidence, key.evidence = None, 0.0, "none"
    plan.cautions["same_ids"] = other


def _in_store(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str | None:
    """A file whose rows in the store have these ids and other names."""
    spec = entities()[str(plan.entity)]
    if not is_held(cursor, spec.name):
        return None
    held = (
        f"SELECT lower({spec.key}) AS id, {plain('name')} AS name, source_file"
        f" FROM crm.{spec.name} WHERE origin = 'own' AND name <> {spec.key}"
    )
    rows = _rows(cursor, sheet, plan)
    if not _mean_others(cursor, rows, held):
        return None
    found = cursor.execute(f"SELECT min(source_file) FROM ({held}) SEMI JOIN ({rows}) USING (id)")
    return str(found.fetchall()[0][0])


def _rows(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str:
    """SQL: id and name of the sheet's first rows."""
    found = _named(plan)
    assert found
    key, name = found
    return (
        f"SELECT lower(trim(c{key.index})) AS id, {plain(f'c{name.index}')} AS name"
        f" FROM {lines_in(cursor, sheet.data)} WHERE line > {plan.header_line}"
        f" AND line <= {plan.header_line + COMPARED} AND trim(c{name.index}) <> ''"
    )


def plain(text: str) -> str:
    """SQL: letters and digits alone, whatever cleaning made of the rest."""
    return f"regexp_replace(lower({text}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"


def _mean_others(cursor: Cursor, one: str, other: str) -> bool:
    both, same = cursor.execute(
        f"SELECT count(*), count(*) FILTER (one.name = other.name)"
        f" FROM ({one}) AS one JOIN ({other}) AS other USING (id)"
    ).fetchall()[0]
    return int(both) >= LEAST_VALUES and int(same) < RENAMED * int(both)
