"""Ids as spreadsheets damage them: a text mark before them, leading zeros lost, a number's writing.

What was lost is given back only where a single known id can be meant; an id is changed in no other
way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import duckdb

from crm_core.domain.entities import EntitySpec, Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.cells import Cells
from crm_core.pipeline.clean import NUMERIC
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.values import Repair, Value
from crm_core.pipeline.vocabulary import ValueMap
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection

_MARK = r"^['‘’`]([\p{L}\p{N}_./-]*\p{N}[\p{L}\p{N}_./-]*)$"
"""The sign by which a spreadsheet knows text: "'00575". A name may begin with it ("'t Hart")."""
_PLAIN = r"\d+(\.0+)?"
_EXPONENT = r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})"
_RARE = 0.5
"""What most of a column looks like is no damage."""
_FIXED = 0.9
"""What so many ids of a column have in common they have by rule."""
_ENOUGH = 20
"""Of fewer ids nobody can tell what their rule is."""


@dataclass(frozen=True)
class Mended:
    """What was mended, and what is damaged beyond that."""

    repairs: tuple[Repair, ...] = ()
    damaged: dict[str, ValueMap] = field(default_factory=dict)
    """Own field -> the map of its cells that are no id any more."""

    def guarded(self, value: Value) -> Value:
        """The value, refused where its cell is damaged."""
        found = None if value.derives else self.damaged.get(value.name)
        if found is None:
            return value
        return replace(value, joins=(found, *value.joins), refusal="id_damaged")


def mend(cursor: Cursor, cells: Cells, plan: TablePlan, spec: EntitySpec) -> Mended:
    """Set the ids and numbers of `cells` right where it is certain how.

    References are held against the table `target`, the table's own ids against the store.
    """
    repairs: list[Repair] = []
    damaged: dict[str, ValueMap] = {}
    for column, entity in _columns(plan, spec) if plan.repair else ():
        name, cell = str(column.field), f"c{column.index}"
        kept = plan.refused_repairs.get(name, [])
        repairs += _done(cursor, cells, column, _unmarked(cells, cell), kept)
        if entity == spec.name and name == spec.key:
            hurt = _hurt(cursor, cells, cell)
            if hurt:
                known = _known(entity)
                repairs += _done(cursor, cells, column, _restored(cells, cell, hurt, known), kept)
                damaged |= _beyond(cursor, cells, column, hurt, kept)
        elif entity:
            known = _known(entity) + _listed(cells, plan, spec, entity)
            repairs += _done(cursor, cells, column, _restored(cells, cell, "true", known), kept)
    return Mended(tuple(repairs), damaged)


def _columns(plan: TablePlan, spec: EntitySpec) -> Iterator[tuple[ColumnPlan, str | None]]:
    """The columns whose cells can be damaged so, with the entity whose ids they hold."""
    for column in plan.columns:
        if not (column.field and column.sure):
            continue
        owner = entities()[column.entity] if column.entity else spec
        one = owner.field(column.field)
        if one.kind in (Kind.ID, Kind.REFERENCE) or one.kind in NUMERIC:
            yield column, one.refers_to or (owner.name if column.field == owner.key else None)


def _known(entity: str) -> str:
    """SQL: the ids that can be meant, as `word`."""
    return (
        f"SELECT {entities()[entity].key} AS word FROM crm.{entity} WHERE origin = 'own'"
        f" UNION SELECT word FROM target WHERE entity = {quoted(entity)} AND own"
    )


def _listed(cells: Cells, plan: TablePlan, spec: EntitySpec, entity: str) -> str:
    """SQL: the ids of the table itself, where a line refers to another one of it."""
    key = plan.column(str(spec.key)) if entity == spec.name else None
    return f" UNION SELECT c{key.index} FROM {cells.name} WHERE skip IS NULL" if key else ""


def _unmarked(cells: Cells, cell: str) -> str:
    """SQL: raw, clean, lines of the cells that begin with a text mark, where most have none."""
    marked = f"regexp_matches({cell}, {quoted(_MARK)})"
    return (
        f"SELECT {cell} AS raw, substr({cell}, 2) AS clean, count(*) AS lines FROM {cells.name}"
        f" WHERE {cell} < 'A' AND {marked} OR {cell} > 'z' AND {marked} GROUP BY raw"
        f" QUALIFY sum(lines) OVER () < {_RARE} * (SELECT count({cell}) FROM {cells.name})"
    )


def _restored(cells: Cells, cell: str, hurt: str, known: str) -> str:
    """SQL: raw, clean, lines of the cells that are the number of a single known id, and no id."""
    return f"""
        WITH raw AS (
            SELECT {cell} AS raw, count(*) AS lines, {_digits(cell)} AS digits FROM {cells.name}
            WHERE skip IS NULL AND {cell} IS NOT NULL AND {hurt} GROUP BY raw),
        known AS ({known})
        SELECT raw, any_value(word) AS clean, lines
        FROM raw JOIN known ON ltrim(word, '0') = ltrim(digits, '0')
        WHERE regexp_full_match(word, '\\d+') AND digits IS NOT NULL
          AND raw NOT IN (SELECT word FROM known WHERE word IS NOT NULL)
        GROUP BY raw, lines HAVING count(DISTINCT word) = 1"""


def _digits(cell: str) -> str:
    """SQL: the digits of a cell that is a whole number in any writing; NULL where some are lost."""
    parts = f"regexp_extract({cell}, {quoted(_EXPONENT)}, ['mantissa', 'exponent'])"
    whole = f"length({parts}['mantissa']) - 2 >= {parts}['exponent']::INTEGER"
    return (
        f"CASE WHEN regexp_full_match({cell}, {quoted(_PLAIN)})"
        f" THEN regexp_extract({cell}, '^\\d+')"
        f" WHEN regexp_full_match({cell}, {quoted(_EXPONENT)}) AND {whole}"
        f" THEN try_cast(try_cast({cell} AS DECIMAL(38, 0)) AS VARCHAR) END"
    )


def _hurt(cursor: Cursor, cells: Cells, cell: str) -> str | None:
    """SQL that is true for an id that a spreadsheet took for a number; None where there is none.

    Only where nearly all ids are digits: then a decimal or an exponent is none of them, nor is
    one of fewer digits where all have the same number of them and zeros before.
    """
    number = f"{_is_number(cell)} AND NOT {_is_digits(cell)}"
    found = cursor.execute(
        "SELECT *, sum(lines) OVER (), sum(digits) OVER (), sum(numbers) OVER () FROM ("
        f"SELECT length({cell}) AS long, count(*) AS lines, count_if({cell} LIKE '0%') AS padded,"
        f" count_if({_is_digits(cell)}) AS digits, count_if({number}) AS numbers FROM {cells.name}"
        f" WHERE skip IS NULL AND {cell} IS NOT NULL GROUP BY 1)"
        " ORDER BY lines DESC, 1 LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    width, lines, padded, _, _, every, digits, numbers = found
    if every < _ENOUGH or digits < _FIXED * every:
        return None
    tests = [number] if numbers else []
    if padded and _FIXED * every <= lines < every:
        tests.append(f"length({cell}) < {width} AND {_is_digits(cell)}")
    return f"({' OR '.join(tests)})" if tests else None


def _is_digits(cell: str) -> str:
    return f"regexp_full_match({cell}, '[0-9]+')"


def _is_number(cell: str) -> str:
    return f"regexp_full_match({cell}, {quoted(f'{_PLAIN}|{_EXPONENT}')})"


def _done(
    cursor: Cursor, cells: Cells, column: ColumnPlan, change: str, kept: list[str]
) -> list[Repair]:
    """Do a change (SQL of raw, clean, lines) to a column, but for the raw values in `kept`."""
    cell = f"c{column.index}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE id_change AS SELECT * FROM ({change})"
        " WHERE NOT list_contains($kept, raw)",
        {"kept": kept},
    )
    rows = cursor.execute("SELECT raw, clean, lines FROM id_change ORDER BY raw").fetchall()
    if rows:
        cursor.execute(
            f"UPDATE {cells.name} SET {cell} = id_change.clean FROM id_change"
            f" WHERE {cell} = id_change.raw AND skip IS NULL"
        )
    return [Repair(str(column.field), raw, clean, int(lines)) for raw, clean, lines in rows]


def _beyond(
    cursor: Cursor, cells: Cells, column: ColumnPlan, hurt: str, kept: list[str]
) -> dict[str, ValueMap]:
    """The map of the ids that are still damaged, by the column's field; empty if there is none."""
    cell, name = f"c{column.index}", f"{cells.name}_{column.index}_damaged"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {cell} AS raw,"
        f" NULL::VARCHAR AS clean, false AS blank FROM {cells.name}"
        f" WHERE skip IS NULL AND {hurt} AND NOT list_contains($kept, {cell})",
        {"kept": kept},
    )
    any_left = cursor.execute(f"FROM {name} LIMIT 1").fetchone()
    return {str(column.field): ValueMap(name, column.index)} if any_left else {}
