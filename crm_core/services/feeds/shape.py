"""The shape of what was read, and the shape that a recipe describes."""

from collections.abc import Sequence

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.problems import Problem
from crm_core.domain.shapes import ColumnShape, TableShape, closest, differences
from crm_core.pipeline.recognise.profile import Profile, profiles
from crm_core.services.feeds import finding
from crm_core.services.imports import Upload
from crm_core.services.imports.edit import is_question
from crm_core.services.imports.upload import Table
from crm_core.store import Store

_CLEAR, _NONE = 0.9, 0.1
"""From this share of cells on a column holds a kind of value; below that share it does not."""


def shape_of(store: Store, upload: Upload) -> tuple[TableShape, ...]:
    """The tables of an upload that hold data, with what their cells look like.

    Notes that exports carry along (hidden sheets, one column) are left out.
    """
    with store.read() as cursor:
        return tuple(
            TableShape(
                sheet=table.raw.sheet,
                entity=table.plan.entity,
                ended=finding.has_end(table.raw.path) if table.raw.dialect else None,
                columns=tuple(
                    _column(column, look)
                    for column, look in zip(
                        sorted(table.plan.columns, key=lambda one: one.index),
                        profiles(cursor, table.raw.data, table.raw.columns, table.plan.header_line),
                        strict=False,
                    )
                ),
            )
            for table in _of_data(upload)
        )


def lines(upload: Upload) -> int:
    """How many lines stand below the headers of the tables that hold data."""
    return sum(table.raw.rows_below(table.plan.header_line) for table in _of_data(upload))


def _of_data(upload: Upload) -> list[Table]:
    return [table for table in upload.tables if table.plan.entity or not table.raw.aside]


def against_recipe(plans: Sequence[TablePlan], found: Sequence[TableShape]) -> list[Problem]:
    """How tables differ from the ones that a recipe describes; it need not describe all."""
    shapes = [_of_plan(plan) for plan in plans]
    problems: list[Problem] = []
    for table in found:
        like = closest(shapes, table)
        if like is not None:
            same_sheet = like.model_copy(update={"sheet": table.sheet})
            problems += differences([same_sheet], [table])
    return problems


def questions(upload: Upload, known: Sequence[TableShape]) -> list[Problem]:
    """The columns that nobody is sure of and that no accepted delivery had."""
    settled = {column.header for table in known for column in table.columns}
    return [
        Problem("feed_column_unsure", {"column": column.header, "sheet": table.raw.sheet})
        for table in upload.tables
        if table.plan.entity
        for column in table.plan.columns
        if is_question(column) and column.header not in settled
    ]


def _of_plan(plan: TablePlan) -> TableShape:
    columns = (ColumnShape(header=column.header, field=column.field) for column in plan.columns)
    return TableShape(sheet=plan.sheet, entity=plan.entity, columns=tuple(columns))


def _column(column: ColumnPlan, look: Profile) -> ColumnShape:
    return ColumnShape(
        header=column.header,
        field=column.field if column.sure else None,
        looks=_looks(look),
        date_order=column.date_order if look.counts["ordered"] else None,
    )


def _looks(look: Profile) -> str | None:
    """The kind of value; None where there are no cells, or several kinds of them."""
    if not look.cells:
        return None
    shares = {
        "date": look.dates,
        "email": look.share("email"),
        "number": look.share("number"),
    }
    for kind, share in shares.items():
        if share >= _CLEAR:
            return kind
    return "text" if max(shares.values()) <= _NONE else None
