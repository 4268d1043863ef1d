"""The fast route: DuckDB reads a clean delimited file straight into Parquet.

Its answer counts only where it is provably the careful route's: as many rows as physical lines
(so that every record is one line and none was dropped), and as many delimiters as those rows need
(DuckDB takes an empty cell too many at a line's end without a word).
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.sources.encoding import chunks
from crm_core.sources.limits import Limits
from crm_core.sources.shape import Shape


@dataclass
class _Census:
    """What a file of UTF-8 consists of, counted on its bytes."""

    lines: int = 0
    delimiters: int = 0
    quoted: bool = False
    plain: bool = True


def read_fast(text: Path, shape: Shape, target: Path, limits: Limits) -> int | None:
    """Write the UTF-8 file's table to `target`; the number of rows, None where unsure."""
    dialect = shape.dialect
    if shape.width < 2 or shape.stated or shape.spaced or dialect.escape or dialect.delimiter[1:]:
        return None
    connection = duckdb.connect(config={"threads": 1, "memory_limit": f"{limits.memory // 4}B"})
    try:
        with ThreadPoolExecutor(1) as beside:
            counted = beside.submit(_census, text, shape)
            rows = _copy(connection, text, shape, target)
            census = counted.result()
        whole = census.plain and rows == census.lines
        if not whole or not _is_whole(connection, shape, census, target):
            return None
        odd = census.quoted and _has_odd_quotes(connection, shape, text, target)
        return None if odd else rows
    except duckdb.Error:
        return None
    finally:
        connection.close()


def _has_odd_quotes(db: duckdb.DuckDBPyConnection, shape: Shape, text: Path, target: Path) -> bool:
    """Whether a quote stands between other characters, neither doubled nor at a cell's edge."""
    quote = shape.dialect.quote
    found = " OR ".join(f"contains(c{at}, $quote)" for at in range(shape.width))
    query = f"SELECT bool_or({found}) FROM read_parquet($target)"
    some = db.execute(query, {"quote": quote, "target": str(target)}).fetchone()
    if not some or not some[0]:
        return False
    inside = shape.odd_quote().encode()
    return any(re.search(inside, line) for line in text.open("rb"))


def _census(text: Path, shape: Shape) -> _Census:
    """Count in one pass; `plain` is lost where the two routes are known to read differently."""
    quote, delimiter = shape.dialect.quote.encode(), shape.dialect.delimiter.encode()
    found, breaks, before = _Census(), [0, 0, 0], b""
    for chunk in chunks(text):
        found.delimiters += chunk.count(delimiter)
        breaks[0] += chunk.count(b"\n")
        if b"\r" in chunk:
            breaks[1] += chunk.count(b"\r")
        joined = before + chunk
        breaks[2] += joined.count(b"\r\n")
        if quote in chunk:
            found.quoted = True
            if b" " + quote in joined or quote + b" " in joined:
                found.plain = False
        before = chunk[-1:]
    found.lines, uniform = _lines(*breaks, ends=before in (b"\n", b"\r"))
    found.plain = found.plain and uniform
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
            SELECT row_number() OVER () AS line, $width::INTEGER AS width, *
            FROM read_csv(
                $text, columns = $columns, auto_detect = false, header = false,
                all_varchar = true, strict_mode = true, null_padding = false,
                delim = $delim, quote = $quote, escape = $quote, compression = 'none'
            )
        ) TO $target (FORMAT parquet, COMPRESSION lz4)
        """,
        {
            "width": shape.width,
            "text": str(text),
            "columns": columns,
            "delim": shape.dialect.delimiter,
            "quote": shape.dialect.quote,
            "target": str(target),
        },
    ).fetchone()
    return int(done[0]) if done else 0


def _is_whole(db: duckdb.DuckDBPyConnection, shape: Shape, census: _Census, target: Path) -> bool:
    """Whether every delimiter of the file is between two cells or inside of one."""
    inside = census.delimiters - census.lines * (shape.width - 1)
    if not inside:
        return True
    delimiter = shape.dialect.delimiter
    counts = " + ".join(
        f"coalesce(sum(length(c{at}) - length(replace(c{at}, $delim, ''))), 0)"
        for at in range(shape.width)
    )
    query = f"SELECT {counts} FROM read_parquet($target)"
    found = db.execute(query, {"delim": delimiter, "target": str(target)}).fetchone()
    return found is not None and found[0] == inside
