"""The columns of a staged table: for each planned column, the SQL that gives its clean value."""

from dataclasses import dataclass, replace

import duckdb

from crm_core.domain.entities import EntitySpec, FieldSpec, Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.steps import Default
from crm_core.pipeline import clean, outcomes, references, vocabulary
from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.mending import Doubt, Mended, Mender
from crm_core.pipeline.phone_column import PhoneColumn
from crm_core.pipeline.recognise.writing import are_chinese
from crm_core.pipeline.segments import SegmentNames
from crm_core.pipeline.standards import PEOPLE, PLACES, field_of, standard_of
from crm_core.pipeline.vocabulary import ValueMap
from crm_core.reference import written_placeholders

Cursor = duckdb.DuckDBPyConnection
LISTED = 1_000
"""So many repairs of a column are listed, those of most lines; the raw lines tell of all."""
MENDED = {Kind.NAME, Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.COUNTRY, Kind.STAGE}
_SIGNED = ("amount", "expected_amount", "unit_price")
"""Fields whose cells may name the row's currency; the first that does counts."""


@dataclass(frozen=True)
class Repair:
    """A value that was mended, and on how many lines."""

    column: int
    """Index of the source column."""
    field: str
    raw: str
    clean: str
    lines: int


@dataclass(frozen=True)
class Value:
    """A staged column."""

    derives: str | None
    """The other entity that it describes; None: the sheet's own."""
    name: str
    sql: str
    joins: tuple[ValueMap, ...] = ()
    refusal: str | None = None
    """The code of the reason when a filled cell cannot be read; None: any text will do."""
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Values that stay as written although something is wrong with them."""
    aside: bool = False
    """Whether a cell that cannot be read is kept among the extras instead."""

    @property
    def refused(self) -> str:
        """SQL that is true where the cell cannot be read."""
        table = self.joins[0].name
        return f"({table}.raw IS NOT NULL AND {table}.clean IS NULL AND NOT {table}.blank)"


@dataclass(frozen=True)
class Valuer:
    """Makes the values of one table; its temporary maps are named after the table's cells."""

    cursor: Cursor
    cells: Cells
    plan: TablePlan
    spec: EntitySpec
    names: SegmentNames

    def values(self) -> list[Value]:
        """A value per planned and sure column, and the outcome that a stage implies."""
        planned = [column for column in self.plan.columns if column.field and column.sure]
        found = [self._value(column) for column in planned if column.field != "outcome"]
        if self.spec.name == "opportunity":
            found = self._with_outcome(found, planned)
        return found + self._currency(found)

    def _currency(self, found: list[Value]) -> list[Value]:
        """The currency that each amount's own sign names, where no column tells it."""
        signed = [name for name in _SIGNED for value in found if value.name == name and value.joins]
        if not signed or any(value.name == "currency" for value in found):
            return []
        maps = {value.name: value.joins[0] for value in found if value.name in signed}
        stated = stated_currency(self.plan)
        chinese = are_chinese(column.header for column in self.plan.columns)
        named = [
            vocabulary.signs(self.cursor, self.cells, maps[name], chinese, stated)
            for name in signed
        ]
        own = tuple(words for words in named if words)
        if not own:
            return []
        told = [f"{words.name}.clean" for words in own] + ([quoted(stated)] if stated else [])
        return [Value(None, "currency", f"coalesce({', '.join(told)})", own)]

    def _with_outcome(self, found: list[Value], planned: list[ColumnPlan]) -> list[Value]:
        """The values, that of the outcome too where columns tell it, and their doubts about it."""
        columns = [column for column in planned if column.field in ("outcome", "stage")]
        if not columns:
            return found
        told = outcomes.told(self.cursor, self.cells, columns)
        words = tuple(one.words for one in told)
        found = [*found, Value(None, "outcome", outcomes.sql(told), words)]
        named = sorted(str(column.field) for column in columns)
        doubts = dict(zip(named, outcomes.doubts(self.cursor, self.cells, told), strict=True))
        return [
            replace(one, doubts=(*one.doubts, *doubts[one.name]))
            if one.name in doubts and not one.derives
            else one
            for one in found
        ]

    def _value(self, column: ColumnPlan) -> Value:
        owner, spec = field_of(self.plan, column)
        name = f"{column.entity}__{spec.name}" if column.entity else spec.name
        if spec.kind is Kind.SEGMENT:
            return self._segment(column, name)
        if spec.kind in MENDED:
            if column.as_is == "all":
                return Value(column.entity, name, f"c{column.index}")
            done = self._mended(column, owner, spec)
            sql = self._filled(done.sql, column, owner, spec)
            repairs = _repairs(column, done.repairs)
            return Value(column.entity, name, sql, done.joins, None, repairs, done.doubts)
        if spec.kind in vocabulary.LOOKUPS:
            chinese = are_chinese(one.header for one in self.plan.columns)
            words = vocabulary.listed(self.cursor, self.cells, column, spec.kind, chinese=chinese)
            return Value(column.entity, name, f"{words.name}.clean", (words,))
        if spec.kind is Kind.REFERENCE:
            return self._reference(column, name, spec)
        if spec.kind is Kind.ID:
            cell = f"c{column.index}"
            kept = column.as_is == "all"
            sql = cell if kept else self._filled(cell, column, owner, spec)
            return Value(column.entity, name, sql)
        return self._parsed(column, name, owner, spec)

    def _mended(self, column: ColumnPlan, owner: EntitySpec, spec: FieldSpec) -> Mended:
        mender = Mender(self.cursor, self.cells, column, frozenset(column.as_is))
        chinese = are_chinese(one.header for one in self.plan.columns)
        match standard_of(self.plan, column):
            case "email":
                return mender.emails()
            case "phone":
                return PhoneColumn(mender, self._nation(column), chinese).mended()
            case "country":
                return mender.countries(chinese)
            case "place":
                return mender.places(PLACES[spec.name])
            case "company":
                return mender.companies(self._known("customer", column))
            case "person" | "name" as named:
                known = self._known(owner.name, column)
                return mender.names(known, people=named == "person")
            case "title":
                return mender.text(one_line=True)
            case "stage":
                return mender.stages()
            case _:
                return mender.words()

    def _filled(self, sql: str, column: ColumnPlan, owner: EntitySpec, spec: FieldSpec) -> str:
        """`sql` where the cell is more than a placeholder."""
        kept = frozenset(column.as_is) | self._meant(column)
        mender = Mender(self.cursor, self.cells, column, kept)
        people = spec.kind is Kind.NAME and owner.name in PEOPLE
        regions, ids = spec.name == "region", spec.kind is Kind.ID
        found = mender.blanks(people=people, regions=regions, ids=ids)
        blank = ", ".join(map(quoted, found))
        return f"CASE WHEN {mender.cell} NOT IN ({blank}) THEN {sql} END" if blank else sql

    def _meant(self, column: ColumnPlan) -> set[str]:
        """What a step of the recipe puts into blank cells: it is a value, also as a placeholder."""
        title = self.plan.titles()[column.index]
        steps = (step for step in self.plan.steps if isinstance(step, Default) and step.on)
        return {step.value for step in steps if step.column == title}

    def _nation(self, column: ColumnPlan) -> ColumnPlan | None:
        """The sure column with the country of what `column` describes."""
        found = self.plan.column("country", column.entity)
        return found if found and found.sure else None

    def _known(self, entity: str, column: ColumnPlan) -> str | None:
        """The entity whose known names decide; a list with ids of its own decides for itself."""
        own = self.spec.name == entity and not column.entity
        key = self.plan.column(str(self.spec.key)) if own else None
        return None if key and key.sure else entity

    def _segment(self, column: ColumnPlan, name: str) -> Value:
        words, mended = vocabulary.segments(
            self.cursor, self.cells, column, self.names, self._meant(column)
        )
        repairs = _repairs(column, mended)
        return Value(column.entity, name, f"{words.name}.clean", (words,), None, repairs)

    def _reference(self, column: ColumnPlan, name: str, spec: FieldSpec) -> Value:
        cell = f"c{column.index}"
        words = ", ".join(map(quoted, self._placeholders(column)))
        meant = ", ".join(map(quoted, sorted(self._meant(column))))
        filled = f"lower({cell}) NOT IN ({words})" + (f" OR {cell} IN ({meant})" if meant else "")
        present = f"CASE WHEN {filled} THEN {cell} END" if words else cell
        if column.as_is == "all" or not spec.refers_to:
            return Value(column.entity, name, present)
        found, mended = references.repaired(self.cursor, self.cells, column, spec.refers_to)
        sql = f"coalesce({found.name}.clean, {present})" if found else present
        joins = (found,) if found else ()
        return Value(column.entity, name, sql, joins, None, _repairs(column, mended))

    def _placeholders(self, column: ColumnPlan) -> list[str]:
        """The placeholders that a column has, in small letters: to compare each line's cell with
        every word there is would cost more than all else that is done to it."""
        values = values_of(self.cursor, self.cells, column.index)
        rows = self.cursor.execute(
            f"SELECT DISTINCT lower(raw) AS word FROM {values}"
            f" WHERE lower(raw) IN (SELECT unnest($words::VARCHAR[])) ORDER BY word",
            {"words": sorted(written_placeholders())},
        ).fetchall()
        return [word for (word,) in rows]

    def _parsed(self, column: ColumnPlan, name: str, owner: EntitySpec, spec: FieldSpec) -> Value:
        sql_type = column_type(self.cursor, owner.name, spec.name)
        sql = clean.quick(spec.kind, f"c{column.index}", column, sql_type)
        if spec.kind not in clean.TYPED:
            return Value(column.entity, name, sql)
        rest = vocabulary.odd(self.cursor, self.cells, column, spec.kind, sql_type)
        if rest is None:
            return Value(column.entity, name, sql)
        code = "date_unreadable" if spec.kind is Kind.DATE else "number_unreadable"
        value = Value(column.entity, name, f"coalesce({sql}, {rest.name}.clean)", (rest,), code)
        return value if spec.essential else self._spared(value, code)

    def _spared(self, value: Value, code: str) -> Value:
        """The value of a field whose unreadable cells do not keep their lines waiting."""
        (rest,) = value.joins
        rows = self.cursor.execute(
            f"SELECT raw FROM {rest.name} WHERE clean IS NULL AND NOT blank ORDER BY raw"
        ).fetchall()
        doubts = tuple(Doubt(raw, code) for (raw,) in rows)
        return replace(value, refusal=None, doubts=doubts, aside=bool(doubts))


def stated_currency(plan: TablePlan) -> str | None:
    """The currency that a header names, or the only one that cells do."""
    return next((c.currency for c in plan.columns if c.sure and c.field and c.currency), None)


def column_type(cursor: Cursor, entity: str, name: str) -> str:
    """The SQL type of a field in the entity's table."""
    row = cursor.execute(
        "SELECT data_type FROM duckdb_columns() WHERE schema_name = 'crm'"
        " AND table_name = ? AND column_name = ?",
        [entity, name],
    ).fetchone()
    assert row is not None, (entity, name)
    return str(row[0])


def _repairs(column: ColumnPlan, mended: dict[str, tuple[str, int]]) -> tuple[Repair, ...]:
    every = [
        Repair(column.index, str(column.field), raw, good, lines)
        for raw, (good, lines) in mended.items()
    ]
    return tuple(sorted(every, key=lambda repair: (-repair.lines, repair.raw))[:LISTED])
