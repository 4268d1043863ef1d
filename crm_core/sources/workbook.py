"""Workbooks through python-calamine: Excel's new and legacy ones, and open document sheets."""

import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from crm_core.domain.problems import Refused
from crm_core.sources import codepage, errors
from crm_core.sources.binary import in_binary
from crm_core.sources.limits import Limits, hold_memory_to
from crm_core.sources.merged import Merged
from crm_core.sources.mojibake import is_suspect, mended
from crm_core.sources.parquet import TableWriter
from crm_core.sources.sparse import require_dense
from crm_core.sources.table import Note, Noted, RawTable, name_of

Cell = int | float | str | bool | time | date | datetime | timedelta
# Beyond this a number is a measurement, not an id, and digits would only pretend.
_PLAIN_BELOW = 1e21
# What calamine says, and what the zip module does: of an encrypted part a RuntimeError.
_BROKEN = (
    *(CalamineError, zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error),
    *(RuntimeError, ValueError, LookupError, struct.error),
)


def read_workbook(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The tables of a workbook's sheets, in its order; hidden sheets are read and marked.

    A formula is its last computed value; one that failed is its error, such as #REF!. Cells
    merged downwards all have their text or day; of other merged cells only the first has it.
    """
    try:
        require_dense(path)
        told = codepage.set_right(errors.as_texts(path, folder / "told"), folder / "told")
        # Of a file's name calamine believes the ending; of a stream it looks at the content.
        with told.open("rb") as stream, load_workbook(stream) as book:
            sheets = list(_sheets(book, path, folder, limits))
    except PasswordError as fault:
        raise Refused("workbook_locked") from fault
    except _BROKEN as fault:
        raise Refused("workbook_locked" if _is_locked(path) else "workbook_broken") from fault
    except OSError as fault:
        if fault.errno is not None:  # the system's; calamine's have no number
            raise
        raise Refused("workbook_broken") from fault
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":  # as Rust's panics are called; no Exception
            raise Refused("workbook_broken") from fault
        raise
    finally:
        (folder / "told").unlink(missing_ok=True)
    if not sheets:
        raise Refused("workbook_empty")
    if limits.by_size:  # what is left to do no longer hangs on what the workbook made of itself
        hold_memory_to(limits.memory)
    return [table for whole, cut in sheets for table in (_each(whole, limits) if cut else [whole])]


def _is_locked(path: Path) -> bool:
    """Whether a legacy workbook asks for a password, which calamine takes for damage."""
    import xlrd  # slow beside calamine

    try:
        xlrd.open_workbook(str(path), logfile=sys.stderr, on_demand=True).release_resources()
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - it has many, and this one has no name of its own
        return "encrypted" in str(fault)
    return False


def _sheets(
    book: CalamineWorkbook, path: Path, folder: Path, limits: Limits
) -> Iterator[tuple[RawTable, bool]]:
    """The sheets that hold something, and whether each may have several tables."""
    wrong = errors.in_legacy(path) or in_binary(path)
    for number, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(number)
        target = folder / f"sheet{number}.parquet"
        writer, notes = _write(sheet, target, limits, wrong.get(about.name, {}))
        if writer.cells:
            hidden = about.visible is not SheetVisibleEnum.Visible
            whole = RawTable(path, writer.rows, sheet.width, target, about.name, hidden)
            yield replace(whole, notes=notes), writer.gapped or writer.parted


def _each(whole: RawTable, limits: Limits) -> Iterator[RawTable]:
    """The tables of a sheet: itself where it is one."""
    from crm_core.sources.grid import Grid  # DuckDB takes a tenth of a second
    from crm_core.sources.several import areas, title_of

    with Grid(whole.data, whole.columns, limits) as grid:
        found = areas(grid, beside=True)
        if len(found) == 1:
            yield whole
            return
        for number, area in enumerate(map(grid.tight, found), 1):
            data = whole.data.with_suffix(f".{number}.parquet")
            rows, columns = grid.write(area, data), area.right - area.left + 1
            name = name_of(whole.sheet, number, title_of(grid, area))
            notes = whole.notes if number == 1 else []
            part = replace(whole, rows=rows, columns=columns, data=data, sheet=name, notes=notes)
            yield replace(part, first_line=area.first)
    whole.data.unlink()


def _write(
    sheet: CalamineSheet, target: Path, limits: Limits, legacy: errors.Errors
) -> tuple[TableWriter, list[Note]]:
    """Write a sheet's rows with its errors, and what was noted; none where no cell is filled.

    The rows come from the sheet's first on, blank ones included, so that counting them gives
    the numbers that Excel shows.
    """
    if sheet.width > limits.columns:
        raise Refused(
            "too_many_columns", sheet=sheet.name, line=1, columns=sheet.width, limit=limits.columns
        )
    writer = TableWriter(target, sheet.width, limits.columns)
    left = sheet.start[1] if sheet.start else 0
    merged, mistaken = Merged(sheet), Noted("encoding_mended")
    for line, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text(cell) for cell in row]
        if legacy:
            cells = [legacy.get((line - 1, at), cell) for at, cell in enumerate(cells, left)]
        if any(map(is_suspect, cells)):
            cells = _decoded(line, cells, mistaken)
        merged.fill(line, row, cells)
        writer.add(line, cells if any(cells) else [])
    if writer.cells:
        writer.close()
    return writer, [*merged.noted.notes(), *mistaken.notes()]


def _decoded(line: int, cells: list[str], noted: Noted) -> list[str]:
    """The cells without what was once decoded wrongly."""
    better = [mended(cell) for cell in cells]
    if better != cells:
        noted.add(line, " | ".join(cells))
    return better


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, timedelta):
        return _duration(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.isoformat("seconds")


def _number(value: float) -> str:
    """15 significant digits, as Excel keeps them, without an exponent: ids are numbers too."""
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text and abs(value) < _PLAIN_BELOW else text


def _moment(value: datetime) -> str:
    """To the second, since Excel's fractions of a day are seldom exact; midnight is a date."""
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.date().isoformat() if rounded.time() == time() else str(rounded)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}"
