"""A sheet of typed cells, written row by row, and the tables in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crm_core.sources.cells import Cell, text_of
from crm_core.sources.limits import Limits
from crm_core.sources.merged import Merged
from crm_core.sources.mojibake import is_suspect, mended
from crm_core.sources.parquet import TableWriter
from crm_core.sources.table import Noted, RawTable, name_of


class Sheet:
    """Takes the rows of one sheet in their order; a row without content is a blank line.

    `columns`: the width to expect. `ends`: the cells merged downwards, as Merged takes them.
    """

    def __init__(
        self, target: Path, columns: int, limits: Limits, ends: Mapping[tuple[int, int], int]
    ) -> None:
        self.name: str | None = None
        self.hidden = False
        self._writer = TableWriter(target, columns, limits.columns)
        self._limits = limits
        self._merged, self._mistaken = Merged(ends), Noted("encoding_mended")
        self.noted = [self._merged.noted, self._mistaken]

    def add(self, line: int, row: Sequence[Cell]) -> None:
        """Append a row, made as wide as the sheet is so far."""
        cells = [text_of(cell) for cell in row]
        cells += [""] * (self.columns - len(cells))
        if any(map(is_suspect, cells)):
            cells = self._decoded(line, cells)
        self._merged.fill(line, row, cells)
        self._writer.add(line, cells if any(cells) else [])

    def add_blanks(self, line: int, count: int) -> None:
        """Append blank rows, the first of them with this line."""
        self._writer.add_blanks(line, count)

    @property
    def columns(self) -> int:
        """How wide the sheet is so far."""
        return self._writer.columns

    @property
    def is_filled(self) -> bool:
        """Whether any cell is."""
        return self._writer.cells > 0

    def close(self) -> None:
        """End the writing."""
        if self.is_filled:
            self._writer.close()

    def tables(self, path: Path) -> list[RawTable]:
        """What was written of the file, told apart where it is several tables."""
        writer = self._writer
        if not self.is_filled:
            return []
        notes = [note for one in self.noted for note in one.notes()]
        whole = RawTable(
            path, writer.rows, self.columns, writer.target, self.name, self.hidden, notes=notes
        )
        apart = writer.gapped or writer.parted
        return list(_each(whole, self._limits)) if apart else [whole]

    def _decoded(self, line: int, cells: list[str]) -> list[str]:
        """The cells without what was once decoded wrongly."""
        better = [mended(cell) for cell in cells]
        if better != cells:
            self._mistaken.add(line, " | ".join(cells))
        return better


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
