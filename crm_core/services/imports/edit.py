"""A person corrects the proposal: what a sheet is, what a column means, how it is written.

Saying what is so for sure already changes nothing: a page may say again what it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.entities import FieldSpec, Kind
from crm_core.domain.plan import SURE, ColumnPlan, TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline import recognise
from crm_core.pipeline.recognise import NO_HEADER, Line
from crm_core.pipeline.recognise.headers import read_header, titled_unit
from crm_core.pipeline.recognise.locate import first_lines, remarks
from crm_core.pipeline.recognise.match import UNSURE, Column
from crm_core.pipeline.recognise.profile import profiles
from crm_core.pipeline.recognise.writing import Writing, habits, writing
from crm_core.pipeline.standards import can_stay, standard_of
from crm_core.reference import currencies, entities
from crm_core.services.imports.upload import Table
from crm_core.store import Store

SCALES = tuple(map(Decimal, ("0.01", "1", "1000", "10000", "1000000", "100000000")))
"""What cells can be multiplied by: per cent, as written, thousands, 万, millions, 亿."""
_WRITING: dict[str, tuple[Any, ...]] = {
    "date_order": ("ymd", "mdy", "dmy"),
    "decimal_mark": (".", ","),
    "scale": SCALES,
}


@dataclass(frozen=True)
class Target:
    """A field that a column can fill; `entity` None: the sheet's own."""

    entity: str | None
    field: FieldSpec

    @property
    def code(self) -> str:
        """field, or entity.field for a derived one."""
        return f"{self.entity}.{self.field.name}" if self.entity else self.field.name


def targets(entity: str) -> dict[str, Target]:
    """Code -> field for everything that a column on a sheet of `entity` can mean."""
    spec = entities()[entity]
    own = [Target(None, field) for field in spec.fields]
    derived = [
        Target(other.entity, entities()[other.entity].field(name))
        for other in spec.derives
        for name in other.synonyms
    ]
    return {target.code: target for target in (*own, *derived)}


def target_of(plan: TablePlan, column: ColumnPlan) -> Target | None:
    """The field that the column fills, or would if it were sure; None: an extra."""
    if plan.entity is None or column.field is None:
        return None
    code = f"{column.entity}.{column.field}" if column.entity else column.field
    return targets(plan.entity).get(code)


def is_question(column: ColumnPlan) -> bool:
    """Whether a person is asked about the column before it is loaded."""
    return not column.sure and bool(column.field or column.candidates)


def needs_date_order(plan: TablePlan, column: ColumnPlan) -> bool:
    """Whether nobody can tell yet if day or month comes first."""
    target = target_of(plan, column)
    is_date = target is not None and target.field.kind is Kind.DATE
    return is_date and not column.sure and column.date_order is None


def name_sheet(store: Store, _actor: Actor, table: Table, entity: str) -> None:
    """Say what the sheet is; its columns are proposed anew. Refused("entity_unknown")."""
    if entity not in entities():
        raise Refused("entity_unknown", entity=entity, known=", ".join(entities()))
    table.named = True
    if entity == table.plan.entity:
        if table.plan.confidence < SURE:
            table.plan = table.plan.model_copy(update={"confidence": 1.0})
        return
    with store.read() as cursor:
        _propose(cursor, table, entity, table.plan.header_line)


def header_lines(store: Store, _actor: Actor, table: Table) -> list[Line]:
    """The lines among which the header may stand: the first ones that are not blank."""
    with store.read() as cursor:
        return [line for line in recognise.first_lines(cursor, table.raw.data) if line.filled]


def set_header(store: Store, actor: Actor, table: Table, number: int) -> None:
    """Say in which line the header stands, NO_HEADER: in none; the columns are proposed anew.

    What the sheet is stays as a person said it; else it is recognised anew.
    Refused("header_unknown") for a line that is none of `header_lines`.
    """
    known = {line.number for line in header_lines(store, actor, table)}
    if number not in (known | {NO_HEADER}):
        raise Refused("header_unknown", line=number)
    if number == table.plan.header_line:
        return
    with store.read() as cursor:
        _propose(cursor, table, table.plan.entity if table.named else None, number)


def _propose(
    cursor: duckdb.DuckDBPyConnection, table: Table, entity: str | None, header_line: int
) -> None:
    raw = table.raw
    table.plan = recognise.propose(
        cursor,
        file=raw.path.name,
        sheet=raw.sheet,
        data=raw.data,
        entity=entity,
        header_line=header_line,
    )


def map_column(
    store: Store, _actor: Actor, table: Table, index: int, code: str | None
) -> ColumnPlan | None:
    """Say what a column means, None: kept as an extra; what filled that field before, if any.

    A field is filled by one column: the other one is kept as an extra from now on.
    Refused: column_unknown; field_unknown.
    """
    column = _column(table.plan, index)
    now = target_of(table.plan, column)
    if column.sure and code == (now and now.code):
        return None
    if code is None:
        _put(table, column, field=None, entity=None, confidence=1.0)
        return None
    target = targets(str(table.plan.entity)).get(code) if table.plan.entity else None
    if target is None:
        raise Refused("field_unknown", field=code, entity=table.plan.entity)
    before = table.plan.column(target.field.name, target.entity)
    if before is not None and before.index != index:
        _put(table, before, field=None, entity=None, confidence=1.0)
    how = _how(store, table, index, target.field)
    _put(
        table,
        column,
        field=target.field.name,
        entity=target.entity,
        confidence=1.0 if target.field.kind is not Kind.DATE or how.certain else UNSURE,
        date_order=how.date_order,
        decimal_mark=how.decimal_mark,
        scale=how.scale,
        currency=how.currency,
        as_is=(),
    )
    return before if before is not None and before.index != index else None


def confirm(table: Table, indexes: Iterable[int]) -> None:
    """Take proposed columns as right; one whose date order is open stays a question."""
    for index in indexes:
        column = _column(table.plan, index)
        if not needs_date_order(table.plan, column):
            _put(table, column, confidence=1.0)


def write_column(table: Table, index: int, what: str, value: Any) -> None:
    """Say how a column's cells are written: date_order, decimal_mark, scale or currency (None: no).

    Refused: column_unknown; writing_unknown for a value that there is not.
    """
    column = _column(table.plan, index)
    known = value in _WRITING.get(what, ())
    if what == "currency":
        known = value is None or value in set(currencies().values())
    if not known:
        raise Refused("writing_unknown", value=value)
    if column.sure and getattr(column, what) == value:
        return
    _put(table, column, **{what: value, "confidence": 1.0})


def repair(table: Table, index: int, raw: str, wanted: bool) -> None:
    """Mend this value of a column, or keep it as it stands in the file.

    Refused: column_unknown; column_is_read.
    """
    column = _standardised(table.plan, index)
    as_is = () if column.as_is == "all" else column.as_is
    if (raw in as_is) is wanted:
        left = tuple(one for one in as_is if one != raw)
        _leave(table, column, left if wanted else (*left, raw))


def standardise(table: Table, index: int, wanted: bool) -> None:
    """Bring a column to one writing, or keep all of it as it stands in the file.

    Refused: column_unknown; column_is_read where there would be no value then.
    """
    column = _standardised(table.plan, index)
    if (column.as_is == "all") is wanted:
        _leave(table, column, () if wanted else "all")


def _standardised(plan: TablePlan, index: int) -> ColumnPlan:
    """The column; refused where nothing could be left undone."""
    column = _column(plan, index)
    standard = standard_of(plan, column) if plan.entity and column.field else None
    if standard is None or not can_stay(standard):
        raise Refused("column_is_read", column=plan.titles()[index])
    return column


def _leave(table: Table, column: ColumnPlan, as_is: Literal["all"] | tuple[str, ...]) -> None:
    left = column.model_copy(update={"as_is": as_is})
    columns = [left if one.index == column.index else one for one in table.plan.columns]
    table.plan = table.plan.model_copy(update={"columns": columns})


def _column(plan: TablePlan, index: int) -> ColumnPlan:
    for column in plan.columns:
        if column.index == index:
            return column
    raise Refused("column_unknown", column=index)


def _put(table: Table, column: ColumnPlan, **changes: Any) -> None:
    """Replace a column by what a person said of it; the plan is another one from now on."""
    said = column.model_copy(update={"evidence": "hand", **changes})
    columns = [said if one.index == column.index else one for one in table.plan.columns]
    table.plan = table.plan.model_copy(update={"columns": columns})


def _how(store: Store, table: Table, index: int, field: FieldSpec) -> Writing:
    """How the cells of a column are written if they are to fill `field`."""
    plan = table.plan
    with store.read() as cursor:
        looks = profiles(cursor, table.raw.data, len(plan.columns), plan.header_line)
        lines = first_lines(cursor, table.raw.data)
        titles = remarks(cursor, table.raw.data, lines, plan.header_line)
    columns = [
        Column(column.index, read_header(column.header), looks[column.index])
        for column in plan.columns
    ]
    place = next(number for number, column in enumerate(columns) if column.index == index)
    return writing(columns[place], field.name, field.kind, habits(columns, titled_unit(titles)))
