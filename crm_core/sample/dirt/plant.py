"""Planting faults in a clean table's cells: at most one in a line, so that each can be judged."""

from collections import deque
from collections.abc import Iterable, Sequence

import pandas as pd

from crm_core.sample.dirt.fault import Cell, Dice, Fault, pick
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted

TRIES = 25
"""Lines looked at for each one wanted, before a fault is given up in this table."""


def plant(table: Table, dice: Dice, faults: Iterable[Fault], free: deque[int]) -> list[Planted]:
    """The faults of every kind at its rate, in lines taken from `free` (positions, in any
    order), as long as there are some."""
    meant = _by_field(table)
    planted: list[Planted] = []
    for fault in faults:
        columns = [c for c in table.columns if _fits(fault, c, table)]
        if columns:
            wanted = int(fault.rate * len(table.written) + dice.random())
            planted += _one_kind(table, dice, fault, columns, meant, free, wanted)
    return planted


def _fits(fault: Fault, column: Column, table: Table) -> bool:
    required = column.field in table.required
    if fault.gone and required:
        return False
    return column.kind in fault.kinds or ("required" in fault.kinds and required)


def _by_field(table: Table) -> list[dict[str, str]]:
    names = {column.header: column.field for column in table.columns}
    fields = [names[header] for header in table.meant.columns]
    return [
        dict(zip(fields, row, strict=True))
        for row in table.meant.itertuples(index=False, name=None)
    ]


def _one_kind(
    table: Table,
    dice: Dice,
    fault: Fault,
    columns: Sequence[Column],
    meant: list[dict[str, str]],
    free: deque[int],
    wanted: int,
) -> list[Planted]:
    found: list[Planted] = []
    for _ in range(min(TRIES * wanted, len(free))):
        if len(found) == wanted:
            break
        row = free.popleft()
        column = pick(dice, *columns)
        dirty = _dirty(table.written, meant, fault, column, row, dice)
        if dirty is None:
            free.append(row)
            continue
        clean = fault.means(meant[row][column.field], dirty) if fault.means else None
        found.append(
            Planted(fault.name, fault.expected, row, column.header, dirty, fault.gone, clean)
        )
    return found


PLAIN = frozenset({"date", "number"})
"""Types of which a fault is told what is meant, not how it is written."""


def _dirty(
    written: pd.DataFrame,
    meant: list[dict[str, str]],
    fault: Fault,
    column: Column,
    row: int,
    dice: Dice,
) -> str | None:
    """The dirty text of a filled cell; None where it cannot show the fault."""
    tidy = str(written.at[row, column.header])
    text = meant[row][column.field] if column.type in PLAIN else tidy
    if not text:
        return None
    dirty = fault.write(dice, Cell(text, column.field, meant[row]))
    return dirty if dirty not in (tidy, None) else None
