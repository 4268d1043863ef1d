"""The shape of a delivery: its tables and columns, and how it differs from what was expected."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from crm_core.domain.plan import DateOrder
from crm_core.domain.problems import Problem


class ColumnShape(BaseModel):
    """A column; None means that it cannot be told, which differs from nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: str
    field: str | None = None
    """What it fills; None: an extra, or not known."""
    looks: str | None = None
    """number, date, email or text."""
    date_order: DateOrder | None = None


class TableShape(BaseModel):
    """A sheet, or the one table of a text file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: str | None = None
    entity: str | None = None
    columns: tuple[ColumnShape, ...] = ()
    ended: bool | None = None
    """Whether the last line of the text has its end; None: it is no text, or nobody looked."""


def differences(expected: Sequence[TableShape], found: Sequence[TableShape]) -> list[Problem]:
    """What is missing, new or of another kind. An empty `expected` differs from nothing.

    Codes: feed_table_missing, feed_table_added, feed_entity, feed_column_missing,
    feed_column_added, feed_column_looks, feed_date_order, feed_cut_off.
    """
    if not expected:
        return []
    pairs, missing, added = _paired(expected, found)
    problems = [Problem("feed_table_missing", {"sheet": table.sheet}) for table in missing]
    problems += [Problem("feed_table_added", {"sheet": table.sheet}) for table in added]
    for was, now in pairs:
        problems += _of_table(was, now)
    if any(was.ended and now.ended is False for was, now in pairs):
        problems.append(Problem("feed_cut_off"))
    return problems


def closest(shapes: Sequence[TableShape], found: TableShape) -> TableShape | None:
    """The one that shares the most headers with `found`."""
    headers = set(_by_header(found))
    return max(shapes, key=lambda shape: len(headers & set(_by_header(shape))), default=None)


def _paired(
    expected: Sequence[TableShape], found: Sequence[TableShape]
) -> tuple[list[tuple[TableShape, TableShape]], list[TableShape], list[TableShape]]:
    """Tables of the same sheet name, then the others in their order; what is left on each side."""
    named = {table.sheet: table for table in found}
    pairs = [(table, named[table.sheet]) for table in expected if table.sheet in named]
    was = [table for table in expected if table.sheet not in named]
    taken = {table.sheet for table in expected}
    now = [table for table in found if table.sheet not in taken]
    pairs += zip(was, now, strict=False)
    return pairs, was[len(now) :], now[len(was) :]


def _of_table(was: TableShape, now: TableShape) -> Iterator[Problem]:
    if was.entity != now.entity:
        params: dict[str, object] = {"before": was.entity, "after": now.entity, "sheet": now.sheet}
        yield Problem("feed_entity", params)
    before, after = _by_header(was), _by_header(now)
    for key, column in before.items():
        if key not in after:
            yield Problem("feed_column_missing", {"column": column.header, "sheet": now.sheet})
        else:
            yield from _of_column(column, after[key], now.sheet)
    for key, column in after.items():
        if key not in before:
            yield Problem("feed_column_added", {"column": column.header, "sheet": now.sheet})


def _of_column(was: ColumnShape, now: ColumnShape, sheet: str | None) -> Iterator[Problem]:
    where: dict[str, object] = {"column": now.header, "sheet": sheet}
    if was.looks and now.looks and was.looks != now.looks:
        yield Problem("feed_column_looks", {**where, "before": was.looks, "after": now.looks})
    if was.date_order and now.date_order and was.date_order != now.date_order:
        params = {**where, "before": was.date_order, "after": now.date_order}
        yield Problem("feed_date_order", params)


def _by_header(table: TableShape) -> dict[tuple[str, int], ColumnShape]:
    """Columns by header and by which of several equal ones it is; blank columns say nothing."""
    found: dict[tuple[str, int], ColumnShape] = {}
    for column in table.columns:
        name = " ".join(column.header.split()).casefold()
        if name:
            number = sum(1 for known, _ in found if known == name)
            found[name, number] = column
    return found
