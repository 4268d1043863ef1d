"""Ids that are another system's as well: rows of two systems would take each other's place."""

from collections.abc import Iterator, Sequence

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.sheet import COMPARED, LEAST_VALUES, Sheet, is_held
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

RENAMED = 0.2
"""The share of rows with one id that must have one name as well, or the ids mean other rows."""
_MEAN_OTHERS = (
    f"count(DISTINCT one.id) >= {LEAST_VALUES} AND count(DISTINCT one.id)"
    " FILTER (one.name = other.name OR contains(other.others, one.name))"
    f" < {RENAMED} * count(DISTINCT one.id)"
)
"""SQL: rows of two tables joined by their ids are not the same ones."""
CUSTOMER = "customer_id"
"""The field by which rows without a name are told apart."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Ask about a key whose values name other rows in the store, or in another table."""
    named = [pair for pair in pairs if _named(pair[1])]
    for sheet, plan in named:
        if file := _in_store(cursor, sheet, plan):
            _ask(plan, file)
    for one, other in _alike(cursor, [pair for pair in named if _named(pair[1])]):
        if _named(one[1]) and _named(other[1]):
            _ask(other[1], one[1].sheet or one[1].file)


def _alike(cursor: Cursor, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Tables of which an earlier and a later one have the same ids, of other rows."""
    for entity in dict.fromkeys(str(plan.entity) for _, plan in pairs):
        tables = [pair for pair in pairs if pair[1].entity == entity]
        rows = " UNION ALL ".join(
            f"SELECT {place} AS place, * FROM ({_rows(cursor, *pair)})"
            for place, pair in enumerate(tables)
        )
        found = cursor.execute(
            f"WITH every AS MATERIALIZED ({rows}) SELECT one.place, other.place FROM every AS one"
            " JOIN every AS other ON one.id = other.id AND one.place < other.place"
            f" GROUP BY ALL HAVING {_MEAN_OTHERS} ORDER BY ALL"
        )
        yield from ((tables[one], tables[other]) for one, other in found.fetchall())


def _named(plan: TablePlan) -> tuple[ColumnPlan, ColumnPlan] | None:
    """The columns of the key and of the name, if both are sure; orders have that of a customer."""
    if not plan.entity:
        return None
    spec = entities()[plan.entity]
    key, name = plan.column(str(spec.key)), plan.column("name" if _has_name(spec) else CUSTOMER)
    return (key, name) if key and name and key.sure and name.sure else None


def _has_name(spec: EntitySpec) -> bool:
    return any(field.name == "name" for field in spec.fields)


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
    rows = _rows(cursor, sheet, plan)
    known = _named_rows(spec) if _has_name(spec) else _rows_of_customers(spec)
    held = f"{known} AND lower(t.{spec.key}) IN (SELECT id FROM ({rows}))"
    found = cursor.execute(
        f"SELECT min(source_file) FROM ({rows}) AS one JOIN ({held}) AS other USING (id)"
        f" HAVING {_MEAN_OTHERS}"
    ).fetchone()
    return str(found[0]) if found else None


def _named_rows(spec: EntitySpec) -> str:
    return (
        f"SELECT lower(t.{spec.key}) AS id, {_plain('t.name')} AS name, '' AS others, source_file"
        f" FROM crm.{spec.name} AS t WHERE origin = 'own' AND t.name <> t.{spec.key}"
    )


def _rows_of_customers(spec: EntitySpec) -> str:
    """SQL: rows with their customers, who may be known by an id or by an extra as well."""
    others = f"concat_ws(' ', {_plain('c.customer_id')}, {_plain('c.extra::VARCHAR')})"
    return (
        f"SELECT lower(t.{spec.key}) AS id, {_plain('c.name')} AS name, {others} AS others,"
        f" t.source_file FROM crm.{spec.name} AS t"
        " JOIN crm.customer AS c USING (customer_id) WHERE t.origin = 'own'"
    )


def _rows(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str:
    """SQL: id and name of the sheet's first rows."""
    found = _named(plan)
    assert found
    key, name = found
    return (
        f"SELECT lower(trim(c{key.index})) AS id, {_plain(f'c{name.index}')} AS name, '' AS others"
        f" FROM {lines_in(cursor, sheet.data)} WHERE line > {plan.header_line}"
        f" AND line <= {plan.header_line + COMPARED} AND trim(c{name.index}) <> ''"
    )


def _plain(text: str) -> str:
    """SQL: letters and digits alone, whatever cleaning made of the rest."""
    return f"regexp_replace(lower({text}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"
