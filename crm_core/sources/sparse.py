"""Sheets that are large by two far cells only: calamine would fill all between them in memory."""

import re
import zipfile
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.kind import SHEET, is_archive

# Sheets with more XML than this have cells enough to explain their size.
_SCANNED = 16 << 20
MOST_CELLS = 10_000_000
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_SHEET = re.compile(SHEET, re.IGNORECASE)


def require_dense(path: Path) -> None:
    """Refused where a sheet of a new workbook spans far more cells than it has."""
    if not is_archive(path):
        return
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if _SHEET.fullmatch(part.filename) and part.file_size <= _SCANNED:
                _require_dense(archive.read(part))


def _require_dense(sheet: bytes) -> None:
    cells = _CELL.findall(sheet)
    rows = max((int(row) for _, row in cells), default=0)
    columns = max(map(_number, {letters for letters, _ in cells}), default=0)
    if rows * columns > MOST_CELLS:
        raise Refused("sheet_sparse", rows=rows, columns=columns, cells=len(cells))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
