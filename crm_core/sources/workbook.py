"""Workbooks through python-calamine: Excel's new and legacy ones, and open document sheets."""

import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
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
from crm_core.sources.merged import ends_in
from crm_core.sources.sheet import Sheet
from crm_core.sources.sparse import require_dense
from crm_core.sources.table import RawTable

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
    return [table for sheet in sheets for table in sheet.tables(path)]


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


def _sheets(book: CalamineWorkbook, path: Path, folder: Path, limits: Limits) -> Iterator[Sheet]:
    """The sheets that hold something."""
    wrong = errors.in_legacy(path) or in_binary(path)
    for number, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        source = book.get_sheet_by_index(number)
        sheet = _written(source, folder / f"sheet{number}.parquet", limits, wrong.get(about.name))
        if sheet.is_filled:
            sheet.name, sheet.hidden = about.name, about.visible is not SheetVisibleEnum.Visible
            yield sheet


def _written(
    source: CalamineSheet, target: Path, limits: Limits, legacy: errors.Errors | None
) -> Sheet:
    """A sheet's rows with its errors.

    They come from the sheet's first on, blank ones included, so that counting them gives the
    numbers that Excel shows.
    """
    width, most = source.width, limits.columns
    if width > most:
        raise Refused("too_many_columns", sheet=source.name, line=1, columns=width, limit=most)
    sheet = Sheet(target, width, limits, ends_in(source))
    left = source.start[1] if source.start else 0
    for line, row in enumerate(source.iter_rows(), 1):
        if legacy:
            row = [legacy.get((line - 1, at), cell) for at, cell in enumerate(row, left)]
        sheet.add(line, row)
    sheet.close()
    return sheet
