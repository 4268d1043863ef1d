"""What the cells of a table look like, from one pass over a sample spread over the whole file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from crm_core.domain.blanks import RULING
from crm_core.domain.raw import lines_in
from crm_core.reference import (
    booleans,
    countries,
    currencies,
    outcome_of,
    placeholders,
    plain_key,
    segments,
    word_key,
)

SAMPLE_ROWS = 3_000
SAMPLE_CELLS = 200_000
TOP = 60
"""How many of a column's most frequent values are compared with the lists of words."""

_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SIGN = r"([A-Za-z]{0,3}[$€£¥￥₹₩]|[A-Z]{3})"
_CHECKS = {
    "year_first": r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?([T ].*)?",
    "chinese_date": r"\d{4}\s?年\s?\d{1,2}\s?月"
    r"|((中[华華])?民[国國]|令和|平成|昭和)\s?[\d〇零一二三四五六七八九十百元]+\s?年.*"
    r"|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月.*",
    # 01.02.0034 is the code of a material; 00.00.0000 is how some systems leave a date out.
    "day_month": r"\d{1,2}[-/.]\d{1,2}[-/.]((19|20|21)\d{2}|0000|\d{2})([T ,].*)?"
    r"|\d{2}[-/]\d{1,2}[-/]\d([T ,].*)?",
    "named": rf"(?i)([a-z]{{3,9}},? )?(\d{{1,2}}(st|nd|rd|th)?[-\s/.]*{_MONTH}[-\s/.,]+\d{{2,4}}"
    rf"|{_MONTH}[\s.-]+\d{{1,2}}(st|nd|rd|th)?,?[\s-]+\d{{2,4}})([T ,].*)?",
    "month": r"(19|20)\d{2}[-/](0?[1-9]|1[0-2])",
    "compact": r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{4}(\d{2})?)?",
    "serial": r"[2-5]\d{4}(\.\d+)?",
    "number": rf"[-+−(]?\s*{_SIGN}?\s*[-+]?(\d[\d.,'  ]*|[.,]\d+)\s*"
    rf"({_SIGN}|[%％‰kKmM]|[十百千万亿]{{0,2}}[元圆]?)?\s*[-)]?",
    "padded": r"0\d+",
    "long": r"\d{12,}",
    "decimal": r"-?(0|[1-9]\d*)\.\d*[1-9]\d*",
    "comma_mark": r"\D*(\d+|\d{1,3}([.  ']\d{3})+),(\d{1,2}|\d{4,})\D*|\D*\d{1,3}(\.\d{3})+,\d+\D*"
    r"|\D*\d{1,3}(\.\d{3}){2,}\D*",
    "dot_mark": r"\D*(\d+|\d{1,3}([,  ']\d{3})+)\.(\d{1,2}|\d{4,})\D*|\D*\d{1,3}(,\d{3})+\.\d+\D*"
    r"|\D*\d{1,3}(,\d{3}){2,}\D*",
    "comma_group": r"\D*[1-9]\d{0,2},\d{3}\D*",
    "dot_group": r"\D*[1-9]\d{0,2}\.\d{3}\D*",
    "comma_places": r"\D*(0|\d{4,}),\d{3}\D*",
    "dot_places": r"\D*(0|\d{4,})\.\d{3}\D*",
    "percent": r".*[%％]",
    "email": r"[^@\s,;]+@[^@\s]+\.[^@\s.]{2,}",
    "phone": r"[+(]?\d[\d\s().\-/+]{5,24}\s*((x|ext\.?|转)\s*\d+)?",
}


@dataclass(frozen=True)
class Profile:
    """What a sample of one column's cells looks like; of blank cells, placeholders and rulings
    nothing."""

    cells: int
    distinct: int
    length: float
    """Mean number of characters."""
    largest: float
    """The largest plain number, 0 if there is none."""
    counts: dict[str, int]
    """Cells that look like a date, a number, …; of day-month dates those above 12."""
    top: tuple[tuple[str, int], ...]
    """The most frequent values with their cells."""

    def share(self, *checks: str) -> float:
        """The share of cells that pass one of `checks` (which exclude each other)."""
        return sum(self.counts[check] for check in checks) / self.cells if self.cells else 0.0

    @property
    def dates(self) -> float:
        """The share of cells that are dates and nothing else."""
        return self.share("year_first", "chinese_date", "day_month", "named")

    @property
    def variety(self) -> float:
        """Distinct values per cell; 1 where none repeats."""
        return self.distinct / self.cells if self.cells else 0.0

    @cached_property
    def segments(self) -> float:
        """The share of cells, among the most frequent values, that name a known segment."""
        return self._known(lambda value: word_key(value) in segments().index)

    @cached_property
    def stages(self) -> float:
        """The same for sales stages."""
        return self._known(lambda value: outcome_of(value) is not None)

    @cached_property
    def countries(self) -> float:
        """The same for countries."""
        return self._known(lambda value: word_key(value) in countries())

    @cached_property
    def currencies(self) -> float:
        """The same for currencies."""
        return self._known(lambda value: plain_key(value) in currencies())

    @cached_property
    def booleans(self) -> float:
        """The same for yes and no."""
        return self._known(lambda value: plain_key(value) in booleans())

    def _known(self, test: Callable[[str], bool]) -> float:
        seen = sum(count for _, count in self.top)
        return sum(count for value, count in self.top if test(value)) / seen if seen else 0.0


def profiles(
    cursor: duckdb.DuckDBPyConnection, data: Path, columns: int, header_line: int
) -> list[Profile]:
    """A profile per column c0 … of the Parquet file `data`, of the lines below `header_line`."""
    if not columns:
        return []
    lines = lines_in(cursor, data)
    rows = cursor.execute(
        _query(columns, lines),
        [header_line, _spacing(cursor, lines, columns), sorted(placeholders())],
    ).fetchall()
    found = {row[0]: _profile(row) for row in rows}
    empty = Profile(0, 0, 0.0, 0.0, dict.fromkeys((*_CHECKS, *_DERIVED), 0), ())
    return [found.get(f"c{index}", empty) for index in range(columns)]


_SHORT = r"regexp_matches(v, '^\d+[-/.]\d+[-/.]\d{1,2}(\D|$)')"
# Without a month in the first two places (24/13/45, 00.00.0000) the cell is no date, in whatever
# order it is read, and says nothing of the others.
_ORDERED = "day_month AND least(part1, part2) BETWEEN 1 AND 12"
_DERIVED = {
    "ordered": _ORDERED,
    "first_over": f"{_ORDERED} AND part1 > 12",
    "second_over": f"{_ORDERED} AND part2 > 12",
    "dotted": f"{_ORDERED} AND contains(v, '.')",
    # Of three numbers of two digits, which is the year? Days are often small, years are not.
    "small_first": f"{_ORDERED} AND {_SHORT} AND part1 <= 12",
    "small_third": f"{_ORDERED} AND {_SHORT} AND part3 <= 12",
    "short": f"{_ORDERED} AND {_SHORT}",
}


def _spacing(cursor: duckdb.DuckDBPyConnection, lines: str, columns: int) -> int:
    """Of how many lines one is looked at."""
    found = cursor.execute(f"SELECT count(*) FROM {lines}").fetchone()
    wanted = max(200, min(SAMPLE_ROWS, SAMPLE_CELLS // columns))
    return max(1, (found[0] if found else 0) // wanted)


def _query(columns: int, lines: str) -> str:
    """Counts per column over distinct values, so that each pattern meets a value once."""
    names = ", ".join(f"c{index}" for index in range(columns))
    checks = ", ".join(
        f"regexp_full_match(v, '{pattern.replace(chr(39), chr(39) * 2)}') AS {name}"
        for name, pattern in _CHECKS.items()
    )
    sums = ", ".join(
        f"sum(n * ({formula})::INT)::BIGINT" for formula in (*_CHECKS, *_DERIVED.values())
    )
    return f"""
        WITH sample AS (
            SELECT {names} FROM {lines}
            WHERE line > $1 AND ($2 = 1 OR hash(line) % $2::UBIGINT = 0)
        ), cell AS (
            SELECT col, trim(cell) AS v, count(*) AS n
            FROM (UNPIVOT sample ON {names} INTO NAME col VALUE cell) GROUP BY ALL
        ), looked AS (
            SELECT *, {checks},
                TRY_CAST(regexp_extract(v, '^(\\d+)', 1) AS INTEGER) AS part1,
                TRY_CAST(regexp_extract(v, '^\\d+\\D(\\d+)', 1) AS INTEGER) AS part2,
                TRY_CAST(regexp_extract(v, '^\\d+\\D\\d+\\D(\\d+)', 1) AS INTEGER) AS part3
            FROM cell WHERE NOT list_contains($3, lower(v))
                AND NOT regexp_full_match(v, '{RULING}')
        )
        SELECT col, sum(n)::BIGINT, count(*), sum(n * length(v)) / sum(n),
            coalesce(max(TRY_CAST(v AS DOUBLE)), 0), max_by({{'v': v, 'n': n}}, n, {TOP}), {sums}
        FROM looked GROUP BY col"""


def _profile(row: tuple[Any, ...]) -> Profile:
    _, cells, distinct, length, largest, top, *counts = row
    names = (*_CHECKS, *_DERIVED)
    frequent = sorted(
        ((entry["v"], entry["n"]) for entry in top), key=lambda pair: (-pair[1], pair[0])
    )
    return Profile(
        cells,
        distinct,
        float(length),
        float(largest),
        dict(zip(names, counts, strict=True)),
        tuple(frequent),
    )
