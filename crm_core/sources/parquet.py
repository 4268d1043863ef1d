"""Writing a table whose width is known only at its end."""

from array import array
from collections.abc import Sequence
from itertools import accumulate, zip_longest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crm_core.domain.blanks import is_filled
from crm_core.domain.problems import Refused

# A chunk is to stay in the processor's cache, but a row group of few rows is slow to write.
_CELLS_AT_ONCE = 200_000
_ROWS_AT_ONCE = 500
# Cells may be long: so much text is written at once at most.
_CHARACTERS_AT_ONCE = 4_000_000
_BLANKS_AT_ONCE = 1_000_000


class TableWriter:
    """Takes rows of text one by one and leaves one Parquet file as RawTable describes it.

    `columns` is the width to expect. Where a row is wider a new part file begins, and `close`
    joins the parts. `gapped`: a blank row stands between others.
    """

    def __init__(self, target: Path, columns: int, most_columns: int) -> None:
        self.rows = self.columns = 0
        self.cells = 0
        self.gapped = False
        self._blank = False
        self._unseen: list[int] = []
        self._set_width(columns)
        self.target = target
        self._most = most_columns
        self._parts: list[Path] = []
        self._writer: pq.ParquetWriter | None = None
        self._lines: list[int] = []
        self._rows: list[list[str]] = []
        self._size = 0

    def add(self, line: int, cells: list[str]) -> None:
        """Append a record; Refused when it has more cells than a table may have columns."""
        width = len(cells)
        if width > self.columns:
            self._widen(line, width)
        self._lines.append(line)
        self._rows.append(cells)
        self.cells += width
        self._look(cells)
        self._size += sum(map(len, cells))
        if len(self._rows) >= self._enough or self._size > _CHARACTERS_AT_ONCE:
            self._flush()

    def add_blanks(self, line: int, count: int) -> None:
        """Append blank rows, the first of them with this line."""
        self._blank = self._blank or self.cells > 0
        if count <= _ROWS_AT_ONCE:
            self._lines += range(line, line + count)
            self._rows += [[]] * count
            return
        self._flush()
        for first in range(line, line + count, _BLANKS_AT_ONCE):
            after = min(first + _BLANKS_AT_ONCE, line + count)
            self._write(_blanks(range(first, after), self.columns))

    def close(self, header: list[str] | None = None) -> None:
        """Write what is left and join the parts into the target.

        `header`: names that are known only now, a row that is to stand above all others; these
        are then as wide as it is.
        """
        self._flush()
        self._end_part()
        if len(self._parts) == 1 and header is None:
            self._parts[0].replace(self.target)
            return
        with pq.ParquetWriter(self.target, _schema(self.columns), compression="lz4") as out:
            if header is not None:
                self._lines, self._rows = [1], [header]
                out.write_table(self._chunk())
                self.rows += 1
            for part in self._parts:
                self._append(out, part, padded=header is not None)

    @property
    def rows_added(self) -> int:
        """How many rows were added, whether they are written already or not."""
        return self.rows + len(self._rows)

    @property
    def parted(self) -> bool:
        """Whether a column without content stands between others."""
        return len(self._unseen) < self.columns and any(
            0 < at < self.columns - 1 for at in self._unseen
        )

    def _look(self, cells: list[str]) -> None:
        if any(map(is_filled, cells)):
            self.gapped = self.gapped or self._blank
            if self._unseen:
                self._unseen = [
                    at for at in self._unseen if at >= len(cells) or not is_filled(cells[at])
                ]
        else:
            self._blank = self.cells > 0

    def _widen(self, line: int, width: int) -> None:
        if width > self._most:
            raise Refused("too_many_columns", line=line, columns=width, limit=self._most)
        if self._writer:  # rows that still wait are written as wide as the widest of them
            self._flush()
            self._end_part()
        self._set_width(width)

    def _set_width(self, columns: int) -> None:
        self._unseen += range(self.columns, columns)
        self.columns = columns
        self._enough = max(_ROWS_AT_ONCE, _CELLS_AT_ONCE // (columns + 1))

    def _flush(self) -> None:
        if not self._rows:
            return
        chunk = self._chunk()
        self._lines, self._rows, self._size = [], [], 0
        self._write(chunk)

    def _write(self, chunk: pa.Table) -> None:
        if self._writer is None:
            part = self.target.with_suffix(f".{len(self._parts)}.part")
            self._parts.append(part)
            self._writer = pq.ParquetWriter(part, _schema(self.columns), compression="lz4")
        self._writer.write_table(chunk)
        self.rows += chunk.num_rows

    def _chunk(self) -> pa.Table:
        rows = len(self._rows)
        columns = [_texts(column) for column in zip_longest(*self._rows, fillvalue="")]
        columns += [pa.nulls(rows, pa.string())] * (self.columns - len(columns))
        lines = _numbers(pa.int64(), array("q", self._lines))
        widths = _numbers(pa.int32(), array("i", map(len, self._rows)))
        return pa.table([lines, widths, *columns], _schema(self.columns))

    def _end_part(self) -> None:
        if self._writer:
            self._writer.close()
            self._writer = None

    def _append(self, out: pq.ParquetWriter, part: Path, *, padded: bool) -> None:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches():
                missing = out.schema.names[batch.num_columns :]
                nulls = [pa.nulls(batch.num_rows, pa.string()) for _ in missing]
                lines, widths, *cells = batch.columns
                if padded:
                    widths = _numbers(pa.int32(), array("i", [self.columns] * batch.num_rows))
                out.write_table(pa.table([lines, widths, *cells, *nulls], out.schema))
        part.unlink()


def _blanks(lines: range, columns: int) -> pa.Table:
    rows = len(lines)
    numbers = _numbers(pa.int64(), array("q", lines))
    widths = pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(bytes(4 * rows))])
    cells = [pa.nulls(rows, pa.string())] * columns
    return pa.table([numbers, widths, *cells], _schema(columns))


# pa.array would do the same, but imports pandas: a second for each small file.
def _texts(values: Sequence[str]) -> pa.Array:
    text = "".join(values)
    sizes: Sequence[str | bytes] = (
        values if text.isascii() else [value.encode() for value in values]
    )
    ends = array("i", accumulate(map(len, sizes), initial=0))
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(text.encode())]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def _numbers(kind: pa.DataType, values: "array[int]") -> pa.Array:
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def _schema(columns: int) -> pa.Schema:
    cells = [(f"c{at}", pa.string()) for at in range(columns)]
    return pa.schema([("line", pa.int64()), ("width", pa.int32()), *cells])
