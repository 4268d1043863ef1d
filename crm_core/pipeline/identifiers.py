"""Ids as spreadsheets damage them: a text mark before them, leading zeros lost, a number's writing.

What was lost is given back only where a single known id can be meant; an id is changed in no other
way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import duckdb

from crm_core.domain.entities import EntitySpec, Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.values import Repair, Value
from crm_core.pipeline.vocabulary import ValueMap
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection

_MARKS = "'‘’`"
_MARK = rf"^[{_MARKS}][\p{{L}}\p{{N}}_./-]*\p{{N}}[\p{{L}}\p{{N}}_./-]*$"
"""The sign by which a spreadsheet knows text: "'00575". A name may begin with it ("'t Hart")."""
_FORMULA = '="[^"]+"'
_PLAIN = r"\d+(\.0+)?"
_EXPONENT = r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})"
_MOST = 0.5
"""What most of a column has is no damage."""
_FIXED = 0.9
"""What so many ids of a column have in common they have by rule."""
_ENOUGH = 20
"""Of fewer ids nobody can tell what their rule is."""


@dataclass(frozen=True)
class Mended:
    """What was mended, and what is damaged beyond that, per own field."""

    repairs: tuple[Repair, ...] = ()
    clean: dict[str, ValueMap] = field(default_factory=dict)
    damaged: dict[str, ValueMap] = field(default_factory=dict)

    def applied(self, value: Value) -> Value:
        """The value with its ids set right, refused where its cell is damaged."""
        clean = None if value.derives else self.clean.get(value.name)
        damaged = None if value.derives else self.damaged.get(value.name)
        if clean:
            sql = f"coalesce({clean.name}.clean, {value.sql})"
            value = replace(value, sql=sql, joins=(*value.joins, clean))
        if damaged:
            value = replace(value, joins=(damaged, *value.joins), refusal="id_damaged")
        return value


@dataclass(frozen=True)
class _Column:
    """A column of ids."""

    plan: ColumnPlan
    table: str
    """That of the cells, after which the column's own are named."""
    values: str
    """SQL: raw of the filled cells of records, with the lines of each."""
    bare: str
    """SQL: `raw` without its text mark."""
    kept: list[str]
    """Raw values that stay as they are."""

    @property
    def cells(self) -> str:
        """SQL: raw, bare and lines."""
        return f"SELECT raw, {self.bare} AS bare, lines FROM ({self.values})"


def mend(cursor: Cursor, cells: Cells, plan: TablePlan, spec: EntitySpec) -> Mended:
    """Maps that set the ids of `cells` right where it is certain how.

    References are held against the table `target`, the table's own ids against the store.
    """
    mended = Mended()
    for plan_of, refers_to in columns_of_ids(plan, spec):
        name = str(plan_of.field)
        own = name == spec.key
        values = _values(cursor, cells, plan_of.index, many=own or not refers_to)
        bare = _bare(cursor, values)
        column = _Column(plan_of, cells.name, values, bare, list(plan_of.as_is))
        hurt = _hurt(cursor, column) if own else "true" if refers_to else "false"
        if hurt == "false" and bare == "raw":
            continue
        known = _known(refers_to or spec.name) + _listed(cells, plan, spec, refers_to)
        clean, repairs = _clean(cursor, column, hurt, known)
        if repairs:
            mended.clean[name] = clean
            mended = replace(mended, repairs=(*mended.repairs, *repairs))
        if own and (lost := _damaged(cursor, column, hurt, clean)):
            mended.damaged[name] = lost
    return mended


def columns_of_ids(plan: TablePlan, spec: EntitySpec) -> Iterator[tuple[ColumnPlan, str | None]]:
    """The sure columns of own ids and references to be mended, with what they refer to."""
    for column in plan.columns:
        if column.field and column.sure and not column.entity and column.as_is != "all":
            one = spec.field(column.field)
            if one.kind in (Kind.ID, Kind.REFERENCE) or one.may_be_id_of:
                yield column, one.refers_to or one.may_be_id_of


def _values(cursor: Cursor, cells: Cells, index: int, *, many: bool) -> str:
    """SQL: raw and lines of a column's filled cells; of `many` different ones each by itself."""
    if many:
        return (
            f"SELECT c{index} AS raw, 1 AS lines FROM {cells.name}"
            f" WHERE skip IS NULL AND c{index} IS NOT NULL"
        )
    values = values_of(cursor, cells, index)
    return f"SELECT raw, records AS lines FROM {values} WHERE records > 0"


def _bare(cursor: Cursor, values: str) -> str:
    """SQL: `raw` without its text mark, where only some cells of the column have one.

    The text of a formula that is nothing else (="00575") is the id, however many are so.
    """
    marked = f"left(raw, 1) IN ({', '.join(map(quoted, _MARKS))})"
    formulas, marks, filled = cursor.execute(
        "SELECT bool_or(left(raw, 2) = '=\"'),"
        f" coalesce(sum(lines) FILTER ({marked}), 0), coalesce(sum(lines), 0) FROM ({values})"
    ).fetchall()[0]
    cases = []
    if formulas:
        cases.append(f"WHEN raw SIMILAR TO '{_FORMULA}' THEN raw[3:-2]")
    if 0 < marks < _MOST * filled:
        cases.append(f"WHEN regexp_matches(raw, {quoted(_MARK)}) THEN substr(raw, 2)")
    return f"CASE {' '.join(cases)} ELSE raw END" if cases else "raw"


def _known(entity: str) -> str:
    """SQL: the ids that can be meant, as `word`."""
    key = entities()[entity].key
    store = f"SELECT {key} AS word FROM crm.{entity} WHERE origin = 'own' UNION " if key else ""
    return f"{store}SELECT word FROM target WHERE entity = {quoted(entity)} AND own"


def _listed(cells: Cells, plan: TablePlan, spec: EntitySpec, refers_to: str | None) -> str:
    """SQL: the ids of the table itself, where a line refers to another one of it."""
    key = plan.column(str(spec.key)) if refers_to == spec.name else None
    return f" UNION SELECT c{key.index} FROM {cells.name} WHERE skip IS NULL" if key else ""


def _hurt(cursor: Cursor, column: _Column) -> str:
    """SQL that is true for a `bare` id that a spreadsheet took for a number.

    Only where nearly all ids are digits: then a decimal or an exponent is none of them, nor is
    one of fewer digits where all have the same number of them and zeros before: its own are lost.
    """
    number = f"{_is_number()} AND NOT {_IS_DIGITS}"
    found = cursor.execute(
        "SELECT *, sum(lines) OVER (), sum(digits) OVER () FROM ("
        "SELECT length(bare) AS width, sum(lines) AS lines, count_if(bare LIKE '0%') AS padded,"
        f" count_if({_IS_DIGITS}) AS digits FROM ({column.cells}) GROUP BY width)"
        " ORDER BY lines DESC, width LIMIT 1"
    ).fetchone()
    if found is None:
        return "false"
    width, lines, padded, _, every, digits = found
    if every < _ENOUGH or digits < _FIXED * every:
        return "false"
    fixed = padded and lines >= _FIXED * every
    short = f"length(bare) < {width} AND bare NOT LIKE '0%' AND {_IS_DIGITS}"
    return f"({number} OR {short})" if fixed else f"({number})"


_IS_DIGITS = "regexp_full_match(bare, '[0-9]+')"


def _is_number() -> str:
    return f"regexp_full_match(bare, {quoted(f'{_PLAIN}|{_EXPONENT}')})"


def _digits() -> str:
    """SQL: the digits of a `bare` whole number in any writing; NULL where some are lost."""
    parts = f"regexp_extract(bare, {quoted(_EXPONENT)}, ['mantissa', 'exponent'])"
    whole = f"length({parts}['mantissa']) - 2 >= {parts}['exponent']::INTEGER"
    return (
        f"CASE WHEN regexp_full_match(bare, {quoted(_PLAIN)}) THEN regexp_extract(bare, '^\\d+')"
        f" WHEN regexp_full_match(bare, {quoted(_EXPONENT)}) AND {whole}"
        " THEN try_cast(try_cast(bare AS DECIMAL(38, 0)) AS VARCHAR) END"
    )


def _clean(cursor: Cursor, column: _Column, hurt: str, known: str) -> tuple[ValueMap, list[Repair]]:
    """The map of the cells that have a mark, or are the number of a single known id and no id."""
    name = f"{column.table}_{column.plan.index}_id"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        WITH cell AS (
            SELECT raw, bare, sum(lines)::BIGINT AS lines FROM ({column.cells})
            WHERE (raw <> bare OR {hurt}) AND NOT list_contains($kept, raw) GROUP BY raw, bare),
        known AS ({known}),
        number AS (
            SELECT raw, ltrim({_digits()}, '0') AS number FROM cell
            WHERE {hurt} AND bare NOT IN (SELECT word FROM known WHERE word IS NOT NULL)),
        meant AS (
            SELECT raw, any_value(word) AS word FROM number JOIN known
            ON ltrim(word, '0') = number AND regexp_full_match(word, '[0-9]+')
            GROUP BY raw HAVING count(DISTINCT word) = 1)
        SELECT raw, coalesce(word, bare) AS clean, lines, word IS NOT NULL AS restored
        FROM cell LEFT JOIN meant USING (raw) WHERE coalesce(word, bare) <> raw
        """,
        {"kept": column.kept},
    )
    rows = cursor.execute(f"SELECT raw, clean, lines FROM {name} ORDER BY raw").fetchall()
    index, field = column.plan.index, str(column.plan.field)
    repairs = [Repair(index, field, raw, good, int(n)) for raw, good, n in rows]
    return ValueMap(name, column.plan.index), repairs


def _damaged(cursor: Cursor, column: _Column, hurt: str, clean: ValueMap) -> ValueMap | None:
    """The map of the ids that are damaged and stay so; None if there is none."""
    name = f"{column.table}_{column.plan.index}_damaged"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS"
        f" SELECT DISTINCT raw, NULL::VARCHAR AS clean, false AS blank FROM ({column.cells})"
        f" WHERE {hurt} AND NOT list_contains($kept, raw)"
        f" AND raw NOT IN (SELECT raw FROM {clean.name} WHERE restored)",
        {"kept": column.kept},
    )
    left = cursor.execute(f"FROM {name} LIMIT 1").fetchone()
    return ValueMap(name, column.plan.index) if left else None
