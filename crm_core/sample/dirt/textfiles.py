"""Tables as a dirty text file: lines that are no data, ragged lines, stray quotes."""

import zipfile
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm_core.sample.dirt.delimited import DELIMITERS, Dialect, TextFile
from crm_core.sample.dirt.draft import Draft, Line, draft, with_repeats
from crm_core.sample.dirt.fault import SELDOM, Dice, Fault, pick
from crm_core.sample.dirt.headers import headers
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted, Truth

BROKEN_LINES = 2
"""Lines with a quote that never closes, in a file."""
BLANK_LINES, REPEATED_HEADERS = 4, 2
STATED = 0.15
"""Of the text files begin with Excel's own line, which states the delimiter."""
GROUPS, GROUP = 12, 3
"""Groups of so many lines that have a line with their sum."""


@dataclass
class _Page:
    """What is written where."""

    told: Draft
    file: TextFile
    spoiled: dict[int, Planted]
    """Row -> the fault of the whole line."""
    headers: list[str]
    lines: dict[int, int] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)

    def aside(self, kind: str, text: str) -> None:
        """A line that is no data."""
        line = self.file.put(text)
        self.told.planted.append(Planted(kind, "skipped", dirty=text, line=line))

    def header(self) -> int:
        return self.file.row(self.headers)


def write_text(
    path: Path,
    tables: Sequence[Table],
    dice: Dice,
    faults: Iterable[Fault],
    dialect: Dialect,
    truth: Truth,
) -> Path:
    """Write the tables, one below the other, as a dirty text file, and what is true of them into
    `truth`."""
    file = TextFile(dialect)
    for table in tables:
        told = draft(table, dice, faults, dialect.date_style)
        lines = with_repeats(told, dice)
        spoiled = _spoil(told, dice, dialect)
        written, odd = headers(table, dice, dialect)
        told.planted += odd
        page = _Page(told, file, spoiled, written)
        _head(page, dice)
        page.header()
        _body(page, dice, lines)
        _foot(page)
        if table is tables[-1]:
            _remarks(page)
        told.planted += _of_the_file(table, dialect)
        numbers = [page.lines[row] for row in range(len(table.written))]
        truth.add(table, told.planted, numbers, page.copies)
    return file.save(path)


def write_packed(
    path: Path,
    tables: Sequence[Table],
    dice: Dice,
    faults: Iterable[Fault],
    dialect: Dialect,
    truth: Truth,
) -> Path:
    """The same in a ZIP, under the name of the tables' sheet."""
    inside = write_text(path.with_suffix(".csv"), tables, dice, faults, dialect, truth)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # Not by its path: the clock would get into the archive.
        archive.writestr(zipfile.ZipInfo(tables[0].sheet), inside.read_bytes())
    inside.unlink()
    return path


def _head(page: _Page, dice: Dice) -> None:
    """What stands above the header."""
    table, dialect = page.told.table, page.file.dialect
    if table.title:
        page.aside("blank_line", "")
        page.aside("table_title", table.title)
        return
    if dice.random() < STATED:
        page.aside("stated_delimiter", f"sep={dialect.delimiter}")
        return
    for text in _preamble(table, dialect)[: int(dice.integers(4))]:
        page.aside("preamble", text)


def _body(page: _Page, dice: Dice, lines: list[Line]) -> None:
    count = len(lines)
    blanks = set(dice.integers(count, size=BLANK_LINES).tolist())
    headers = set(dice.integers(count // 3, count, REPEATED_HEADERS).tolist())
    groups = _groups(page, dice, lines)
    for number, line in enumerate(lines):
        if number in blanks:
            page.aside("blank_line", "")
        if number in headers:
            planted = Planted("repeated_header", "skipped", line=page.header())
            page.told.planted.append(planted)
        if number in groups:
            page.aside("blank_line", "")
        (page.copies if line.again else page.lines)[line.row] = _put(page, line)
        if number - GROUP + 1 in groups:
            _subtotal(page, lines[number - GROUP + 1 : number + 1])


def _groups(page: _Page, dice: Dice, lines: list[Line]) -> set[int]:
    """Where groups of lines begin that get a sum: lines without any fault."""
    told = page.told
    if not any(column.kind == "money" for column in told.table.columns):
        return set()
    spoiled = {fault.row for fault in told.planted}
    wanted = dice.integers(0, max(1, len(lines) // GROUP), GROUPS) * GROUP
    return {
        int(first)
        for first in wanted
        if all(line.row not in spoiled for line in lines[first : first + GROUP])
    }


def _subtotal(page: _Page, lines: list[Line]) -> None:
    """The sums of the lines above, without a word."""
    table, rows = page.told.table, [line.row for line in lines]
    sums = [_total(table, c.header, rows) if c.kind == "money" else "" for c in table.columns]
    number = page.file.row(sums)
    page.told.planted.append(Planted("subtotal", "skipped", line=number, dirty=max(sums)))


def _put(page: _Page, line: Line) -> int:
    cells = page.told.record(line)
    fault = page.spoiled.get(line.row)
    if fault is None:
        return page.file.row(cells)
    place = list(page.told.cells.columns).index(fault.header)
    if fault.kind == "short_line":
        return page.file.row(cells[:place])
    if fault.kind == "delimiter_doubled":
        return page.file.row([*cells[:place], "", *cells[place:]])
    if fault.kind == "delimiter_other":
        return page.file.row(cells, delimiter=fault.dirty)
    cells[place] = fault.dirty
    return page.file.row(cells, raw=place)


def _spoil(told: Draft, dice: Dice, dialect: Dialect) -> dict[int, Planted]:
    """Faults of whole lines: cells cut off, a delimiter too many, quotes astray."""
    table, count = told.table, max(1, round(SELDOM * len(told.table.written)))
    texts = [c.header for c in table.columns if c.kind in ("text", "name", "city")]
    found: list[Planted] = []
    if texts:
        wanted = {"stray_delimiter": count, "stray_quote": count, "unclosed_quote": BROKEN_LINES}
        for kind, number in wanted.items():
            for row in told.take(number):
                header = texts[int(dice.integers(len(texts)))]
                found += _broken(told, kind, row, header, dialect)
    filled = [c.header for c in table.columns[1:] if c.header in table.required or c.kind == "ref"]
    for row in told.take(2 * count) if filled else ():
        kind = "delimiter_doubled" if len(found) % 2 else "delimiter_other"
        text = dialect.delimiter if kind == "delimiter_doubled" else _other(told, row, dialect)
        found += [Planted(kind, "repaired", row, pick(dice, *filled), text)] if text else []
    last = table.columns[-1].header
    if not dialect.trailing:
        blank = [row for row in told.free if not told.cells.at[row, last]][:count]
        found += [Planted("short_line", "repaired", row, last) for row in blank]
        told.free = deque(row for row in told.free if row not in set(blank))
    told.planted += found
    return {int(fault.row): fault for fault in found if fault.row is not None}


def _other(told: Draft, row: int, dialect: Dialect) -> str:
    """A delimiter that is not the file's and in no cell of the row; '' where there is none."""
    text = "".join(map(str, told.cells.iloc[row])) + dialect.delimiter
    return next((sign for sign in DELIMITERS if sign not in text), "")


def _broken(told: Draft, kind: str, row: int, header: str, dialect: Dialect) -> list[Planted]:
    text = str(told.cells.at[row, header])
    if len(text) < 2 or dialect.delimiter in text:  # without quotes that were a second fault
        return []
    half = len(text) // 2
    dirty = {
        "stray_delimiter": text[:half] + dialect.delimiter + text[half:],
        "stray_quote": text[:half] + dialect.quote + text[half:],
        "unclosed_quote": dialect.quote + text,
    }[kind]
    # A sign in the middle may belong there: 15" is a size; and a tab in a text is a blank.
    also = None if kind == "unclosed_quote" else " ".join(dirty.split())
    return [Planted(kind, "repaired", row, header, dirty, also=also)]


def _preamble(table: Table, dialect: Dialect) -> tuple[str, ...]:
    texts = (f"{table.file.split('.')[0]}导出报表", "导出时间：2026-10-31 19:00", "")
    return texts if dialect.holds("".join(texts)) else ("Export", "2026-10-31 19:00", "")


def _foot(page: _Page) -> None:
    """A line of sums below tables with amounts, else a count."""
    table, dialect = page.told.table, page.file.dialect
    if any(c.kind == "money" for c in table.columns):
        sums = [_total(table, c.header) if c.kind == "money" else "" for c in table.columns]
        line = page.file.row(["合计", *sums[1:]])
        page.told.planted.append(Planted("footer", "skipped", line=line, dirty="合计"))
    else:
        count = len(table.written)
        text = f"共 {count} 条记录"
        page.aside("footer", text if dialect.holds(text) else f"Total: {count} records")


def _remarks(page: _Page) -> None:
    """What a system writes below its report."""
    page.aside("blank_line", "")
    for text in ("Confidential information - do not distribute", "Generated by: admin"):
        page.aside("remark", text)


def _total(table: Table, header: str, rows: Sequence[int] | None = None) -> str:
    cells = table.meant[header] if rows is None else table.meant[header].iloc[list(rows)]
    return f"{sum(float(cell) for cell in cells if cell):.2f}"


def _of_the_file(table: Table, dialect: Dialect) -> list[Planted]:
    """What is unusual of the file, or of its columns, as a whole."""
    facts = {
        "zip": table.file.endswith(".zip"),
        "quote_single": dialect.quote == "'",
        "escape_backslash": dialect.escape != "",
        f"encoding_{dialect.encoding}": dialect.encoding != "utf-8",
        f"delimiter_{dialect.delimiter!r}": dialect.delimiter != ",",
        "line_ends_mixed": len(dialect.ends) > 1,
        "every_cell_quoted": dialect.quote_all,
        "delimiter_at_the_end": dialect.trailing,
        "delimiter_at_the_beginning": dialect.leading,
    }
    found = [Planted(f"file_{kind}", "repaired") for kind, true in facts.items() if true]
    if table.title:
        found += [Planted("table_below", "repaired", header=c.header) for c in table.columns]
    if dialect.date_style != "ymd":
        found += [_dates(column, dialect) for column in table.columns if column.type == "date"]
    return found


def _dates(column: Column, dialect: Dialect) -> Planted:
    if column.kind == "ambiguous":
        return Planted("dates_ambiguous", "asked", header=column.header)
    return Planted(f"dates_{dialect.date_style}", "repaired", header=column.header)
