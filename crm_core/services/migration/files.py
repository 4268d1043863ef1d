"""The files of a migration, written to the byte as the template says: no value is changed."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import duckdb
import xlsxwriter

from crm_core.domain.problems import Refused
from crm_core.domain.target import Format
from crm_core.services.migration.sql import literal

READABLE = Format(encoding="utf-8-sig")
"""How the lists beside the tables are written, which people open."""
MOST_ROWS = 1_048_575
"""Below the header of a sheet."""
_A_BATCH = 50_000
_LONGEST_CELL = 32_767
_DIGITS = 15
"""Digits of a number that a workbook keeps."""
_ALWAYS_THE_SAME = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Written:
    """A file that was written."""

    name: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Rows:
    """What stands in a file: heads, SQL of a text for each, and where from, ordered."""

    heads: Sequence[str]
    texts: Sequence[str]
    of: str
    numbers: frozenset[int] = frozenset()
    """Positions of columns that are numbers: a workbook has them as such."""


def write(
    cursor: duckdb.DuckDBPyConnection, rows: Rows, form: Format, folder: Path, stem: str
) -> Written:
    """Write one file. Refused("template_sheet_full") beyond what a sheet holds."""
    path = folder / f"{stem}.{form.type}"
    count = _xlsx(cursor, rows, path) if form.type == "xlsx" else _csv(cursor, rows, form, path)
    with path.open("rb") as stream:
        digest = _digest(stream)
    return Written(path.name, count, path.stat().st_size, digest)


def _digest(stream: BinaryIO) -> str:
    found = sha256()
    while part := stream.read(1 << 20):
        found.update(part)
    return found.hexdigest()


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file; None where it is not there."""
    try:
        with path.open("rb") as stream:
            return _digest(stream)
    except OSError:
        return None


def _csv(cursor: duckdb.DuckDBPyConnection, rows: Rows, form: Format, path: Path) -> int:
    """Each line is made in SQL, its end included: a batch of them is a piece of the file."""
    end = "\r\n" if form.line_end == "crlf" else "\n"
    cells = f" || {literal(form.delimiter)} || ".join(_quoted(text, form) for text in rows.texts)
    lines_of = cursor.sql(f"SELECT {cells} || {_letters(end)} FROM {rows.of}")
    # utf-16 would put its mark before every piece.
    encoding = "utf-16-le" if form.encoding == "utf-16" else form.encoding.removesuffix("-sig")
    count = 0
    with path.open("wb") as stream:
        mark = "\ufeff" if form.encoding in ("utf-16", "utf-8-sig") else ""
        stream.write((mark + _head(rows.heads, form.delimiter, end)).encode(encoding))
        for batch in lines_of.to_arrow_reader(_A_BATCH):
            lines = batch.column(0)
            count += len(lines)
            _, offsets, data = lines.buffers()
            first, last = (memoryview(offsets).cast("i")[at] for at in _ends(lines))
            piece = memoryview(data)[first:last] if last > first else b""
            plain = encoding == "utf-8"
            stream.write(piece if plain else bytes(piece).decode().encode(encoding))
    return count


def _ends(lines: object) -> tuple[int, int]:
    offset = int(lines.offset)  # type: ignore[attr-defined]
    return offset, offset + len(lines)  # type: ignore[arg-type]


def _head(heads: Sequence[str], delimiter: str, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerow(heads)
    return text.getvalue()


def _quoted(text: str, form: Format) -> str:
    """SQL: a cell in quotes where it needs them; NULL is nothing."""
    signs = [literal(form.delimiter), "'\"'", "chr(10)", "chr(13)"]
    special = " OR ".join(f"contains({text}, {sign})" for sign in signs)
    in_quotes = f"'\"' || replace({text}, '\"', '\"\"') || '\"'"
    return (
        f"CASE WHEN {text} IS NULL THEN '' WHEN {special} OR {text} <> trim({text})"
        f" THEN {in_quotes} ELSE {text} END"
    )


def _letters(end: str) -> str:
    return " || ".join(f"chr({ord(letter)})" for letter in end)


def guarded(text: str) -> str:
    """SQL: a text that no spreadsheet takes for a formula; only for lists that people read."""
    formula = (
        f"{text}[1] IN ('=', '@', '+', '-', chr(9))"
        rf" AND NOT regexp_full_match({text}, '[+-][\d .,()-]*')"
    )
    return f"CASE WHEN {formula} THEN '''' || {text} ELSE {text} END"


def _xlsx(cursor: duckdb.DuckDBPyConnection, rows: Rows, path: Path) -> int:
    cursor.execute(f"SELECT {', '.join(rows.texts)} FROM {rows.of}")
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, **plain}) as book:
        book.set_properties({"created": _ALWAYS_THE_SAME})
        page = book.add_worksheet(path.stem[:31])
        for at, head in enumerate(rows.heads):
            page.write_string(0, at, head)
        while batch := cursor.fetchmany(_A_BATCH):
            for row in batch:
                count += 1
                if count > MOST_ROWS:
                    raise Refused("template_sheet_full", name=path.stem, limit=MOST_ROWS)
                for at, cell in enumerate(row):
                    _cell(page, count, at, cell, rows, path.stem)
    return count


def _cell(page: object, row: int, at: int, cell: str | None, rows: Rows, table: str) -> None:
    if cell is None:
        return
    if at in rows.numbers and sum(map(str.isdigit, cell)) <= _DIGITS:
        page.write_number(row, at, float(cell))  # type: ignore[attr-defined]
    elif len(cell) > _LONGEST_CELL:
        raise Refused("template_cell_full", name=table, column=rows.heads[at], limit=_LONGEST_CELL)
    else:
        page.write_string(row, at, cell)  # type: ignore[attr-defined]
