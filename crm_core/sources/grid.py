"""A table that was read, looked at area by area."""

from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import duckdb

from crm_core.domain.blanks import BLANKS
from crm_core.domain.raw import lines_in
from crm_core.sources.engine import cursor
from crm_core.sources.limits import Limits

Row = tuple[int, list[str]]
"""The line and its cells."""


@dataclass(frozen=True)
class Area:
    """Lines and columns (from 0), each from the first to the last of them."""

    first: int
    last: int
    left: int
    right: int

    def lines(self, first: int, last: int) -> "Area":
        """The same columns in other lines."""
        return replace(self, first=first, last=last)


class Grid:
    """The cells of a Parquet file as RawTable describes it. Blanks alone are no content."""

    def __init__(self, data: Path, columns: int, limits: Limits) -> None:
        self._db = cursor(limits)
        self._from = lines_in(self._db, data)
        row = self._ask(f"SELECT min(line), max(line) FROM {self._from}").fetchone()
        first, last = row if row and row[0] is not None else (1, 0)
        self.whole = Area(first, last, 0, columns - 1)

    def __enter__(self) -> "Grid":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def rows(self, area: Area, start: int, most: int) -> list[Row]:
        """Up to so many lines of the area, from the line `start` on."""
        cells = ", ".join(f"coalesce(c{at}, '')" for at in range(area.left, area.right + 1))
        found = self._ask(
            f"SELECT line, {cells} FROM {self._from} WHERE line BETWEEN ? AND ?"
            " ORDER BY line LIMIT ?",
            [start, area.last, most],
        ).fetchall()
        return [(line, list(texts)) for line, *texts in found]

    def gaps(self, area: Area, most: int) -> list[int]:
        """The lines after blank ones, below other content; none where they are more than `most`."""
        first = f"SELECT 1 FROM {self._from} WHERE {_within(area)} AND {_blank(area.left)} LIMIT 1"
        if not self._ask(first).fetchone():
            return []  # the first column alone is quickly read
        # The lines stand in their order: a window without one needs no memory.
        found = self._ask(
            f"""
            WITH seen AS (SELECT line, {_all_blank(area)} AS blank
                          FROM {self._from} WHERE {_within(area)}),
            after AS (SELECT line, blank, lag(blank) OVER () AS below FROM seen)
            SELECT line FROM after WHERE below AND NOT blank
              AND line > (SELECT min(line) FROM seen WHERE NOT blank)
            ORDER BY line LIMIT {most + 1}
            """
        ).fetchall()
        return [line for (line,) in found] if len(found) <= most else []

    def blocks(self, area: Area) -> list[Area]:
        """Its columns in groups with blank columns between them, each with the lines it fills."""
        columns = range(area.left, area.right + 1)
        filled = ", ".join(f"coalesce(bool_or(NOT {_blank(at)}), false)" for at in columns)
        seen = self._ask(f"SELECT {filled} FROM {self._from} WHERE {_within(area)}").fetchone()
        groups = groupby(zip(columns, seen or (), strict=False), key=lambda one: one[1])
        runs = [[at for at, _ in run] for full, run in groups if full]
        return [self._fitted(replace(area, left=run[0], right=run[-1])) for run in runs]

    def around(self, one: Area, two: Area) -> Area:
        """The smallest area with both in it."""
        return Area(
            min(one.first, two.first),
            max(one.last, two.last),
            min(one.left, two.left),
            max(one.right, two.right),
        )

    def tight(self, area: Area) -> Area:
        """The area without the blank columns at its sides."""
        blocks = self.blocks(area)
        return replace(area, left=blocks[0].left, right=blocks[-1].right) if blocks else area

    def write(self, area: Area, target: Path) -> int:
        """Write the area as a table of its own; the number of its rows."""
        columns = range(area.left, area.right + 1)
        cells = ", ".join(f"c{at} AS c{place}" for place, at in enumerate(columns))
        width = f"CASE WHEN NOT {_all_blank(area)} THEN least(width - {area.left}, {len(columns)})"
        done = self._ask(
            f"""
            COPY (SELECT line, coalesce({width} END, 0)::INTEGER AS width, {cells}
                  FROM {self._from} WHERE {_within(area)} ORDER BY line)
            TO $target (FORMAT parquet, COMPRESSION lz4)
            """,
            {"target": str(target)},
        ).fetchone()
        return int(done[0]) if done else 0

    def _ask(
        self, query: str, params: list[int] | dict[str, str] | None = None
    ) -> duckdb.DuckDBPyConnection:
        try:
            return self._db.execute(query, params)
        except duckdb.OutOfMemoryException as fault:
            raise MemoryError from fault

    def _fitted(self, area: Area) -> Area:
        row = self._ask(
            f"SELECT min(line), max(line) FROM {self._from}"
            f" WHERE {_within(area)} AND NOT {_all_blank(area)}"
        ).fetchone()
        return area.lines(*row) if row else area


def _within(area: Area) -> str:
    return f"line BETWEEN {area.first} AND {area.last}"


def _blank(at: int) -> str:
    return f"coalesce(regexp_full_match(c{at}, '[{BLANKS}]*'), true)"


def _all_blank(area: Area) -> str:
    # coalesce looks at a further cell only where those before it are blank.
    filled = (f"CASE WHEN NOT {_blank(at)} THEN 1 END" for at in range(area.left, area.right + 1))
    return f"(coalesce({', '.join(filled)}, NULL) IS NULL)"
