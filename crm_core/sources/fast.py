"""The fast route: DuckDB reads a clean delimited file straight into Parquet.

Its answer counts only where it is provably the careful route's: as many rows as physical lines
(so that every record is one line and none was dropped), and as many delimiters as those rows need
(DuckDB takes an empty cell too many at a line's end without a word).
"""

import codecs
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.domain.raw import exactly
from crm_core.sources.encoding import chunks
from crm_core.sources.engine import cursor
from crm_core.sources.limits import Limits
from crm_core.sources.shape import Shape
from crm_core.sources.text import is_sound


@dataclass
class _Census:
    """What a file of UTF-8 consists of, counted on its bytes.

    `plain`: nothing stands in it that the two routes are known to read differently.
    """

    lines: int = 0
    delimiters: int = 0
    quoted: bool = False
    plain: bool = True


def read_fast(text: Path, shape: Shape, target: Path, limits: Limits) -> int | None:
    """Write the UTF-8 file's table to `target`; the number of rows, None where unsure."""
    dialect = shape.dialect
    if shape.stated or shape.spaced or dialect.escape or dialect.delimiter[1:]:
        return None
    connection = cursor(limits)
    try:
        with ThreadPoolExecutor(1) as beside:
            counted = beside.submit(_census, text, shape, connection.interrupt)
            rows = _copy(connection, text, shape, target)
            census = counted.result()
        if not census.plain or rows != census.lines:
            return None
        if shape.width == 1 and _has_blanks(connection, target):
            return None  # DuckDB makes no difference between a blank line and a blank cell
        between = census.lines * (shape.width - 1)
        if census.delimiters == between and not census.quoted:
            return rows
        inside, quotes = _inside(connection, shape, target)
        odd = quotes and _has_odd_quotes(shape, text)
        return rows if census.delimiters == between + inside and not odd else None
    except duckdb.Error:
        return None
    finally:
        connection.close()


def _has_blanks(db: duckdb.DuckDBPyConnection, target: Path) -> bool:
    """Whether a cell of the only column is blank."""
    found = db.execute(
        "SELECT 1 FROM read_parquet($1) WHERE c0 IS NULL OR c0 = '' LIMIT 1", [exactly(target)]
    )
    return found.fetchone() is not None


def _inside(db: duckdb.DuckDBPyConnection, shape: Shape, target: Path) -> tuple[int, bool]:
    """How many delimiters the cells hold, and whether any cell holds a quote."""
    cells = [f"c{at}" for at in range(shape.width)]
    delimiters = ", ".join(
        f"sum(CASE WHEN contains({cell}, $delimiter)"
        f" THEN length({cell}) - length(replace({cell}, $delimiter, '')) END)"
        for cell in cells
    )
    quotes = " OR ".join(f"contains({cell}, $quote)" for cell in cells)
    found = db.execute(
        f"SELECT coalesce(list_sum([{delimiters}]), 0), bool_or({quotes})"
        " FROM read_parquet($target)",
        {
            "delimiter": shape.dialect.delimiter,
            "quote": shape.dialect.quote,
            "target": exactly(target),
        },
    ).fetchone()
    return (int(found[0]), bool(found[1])) if found else (0, False)


def _has_odd_quotes(shape: Shape, text: Path) -> bool:
    """Whether a quote stands between other characters, neither doubled nor at a cell's edge."""
    inside = shape.odd_quote().encode()
    with text.open("rb") as lines:
        return any(re.search(inside, line) for line in lines)


def _census(text: Path, shape: Shape, otherwise: Callable[[], None]) -> _Census:
    """Count in one pass; where the file turns out not to be plain, end and call `otherwise`."""
    found = _counted(text, shape)
    if not found.plain:
        otherwise()
    return found


def _counted(text: Path, shape: Shape) -> _Census:
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    quote, delimiter = shape.dialect.quote.encode(), shape.dialect.delimiter.encode()
    # One pass from quote to quote: to search for two letters would be three times slower.
    odd = re.compile(b"%b(?: |(?<= %b))" % (re.escape(quote), re.escape(quote)))
    found, breaks, before = _Census(), [0, 0, 0], b""
    for chunk in chunks(text):
        if not is_sound(decode(chunk), chunk):
            return _Census(plain=False)
        found.delimiters += chunk.count(delimiter)
        breaks[0] += chunk.count(b"\n")
        if b"\r" in chunk:
            breaks[1] += chunk.count(b"\r")
            breaks[2] += chunk.count(b"\r\n")
        edge = before + chunk[:1]
        breaks[2] += edge == b"\r\n"
        if quote in chunk or quote in edge:
            found.quoted = True
            if odd.search(chunk) or odd.search(edge):
                return _Census(plain=False)
        before = chunk[-1:]
    found.lines, uniform = _lines(*breaks, ends=before in (b"\n", b"\r"))
    found.plain = uniform and not decode(b"", final=True)
    return found


def _lines(feeds: int, returns: int, pairs: int, *, ends: bool) -> tuple[int, bool]:
    """The number of physical lines, and whether all of them end the same way."""
    uniform = [feeds, returns, pairs].count(0) == 2 or feeds == returns == pairs
    return feeds + returns - pairs + (not ends), uniform


def _copy(db: duckdb.DuckDBPyConnection, text: Path, shape: Shape, target: Path) -> int:
    columns = {f"c{at}": "VARCHAR" for at in range(shape.width)}
    done = db.execute(
        """
        COPY (
            SELECT $width::INTEGER AS width, *
            FROM read_csv(
                $text, columns = $columns, auto_detect = false, header = false,
                all_varchar = true, strict_mode = true, null_padding = false,
                delim = $delim, quote = $quote, escape = $quote, compression = 'none'
            )
        ) TO $target (FORMAT parquet, COMPRESSION lz4)
        """,
        {
            "width": shape.width,
            "text": exactly(text),
            "columns": columns,
            "delim": shape.dialect.delimiter,
            "quote": shape.dialect.quote,
            "target": str(target),
        },
    ).fetchone()
    return int(done[0]) if done else 0
