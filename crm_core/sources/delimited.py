"""Delimited text: find encoding and dialect, then take the fast route or the careful one.

Where a file turns out to hold several tables, each is read again by itself: the lines of one say
nothing about the widths and the cells of another.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from crm_core.domain.problems import Refused
from crm_core.sources.dialect import measured, shape_of
from crm_core.sources.encoding import encoding_of
from crm_core.sources.fast import read_fast
from crm_core.sources.limits import Limits
from crm_core.sources.shape import Shape
from crm_core.sources.table import Note, Noted, RawTable, name_of
from crm_core.sources.text import as_utf8

if TYPE_CHECKING:
    from crm_core.sources.parquet import TableWriter

_SAMPLE = 1 << 16


def read_delimited(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's tables; Refused when its encoding is unknown or it has no content."""
    encoding = encoding_of(path)
    target = folder / "table.parquet"
    plain = _read_plain(path, encoding, target, limits)
    if plain:
        assert plain.dialect
        return _told_apart(plain, path, Shape(plain.dialect, plain.columns), limits)
    return _read_decoded(path, encoding, folder / "text", target, limits)


def _read_plain(path: Path, encoding: str, target: Path, limits: Limits) -> RawTable | None:
    """The table of a UTF-8 file that the fast route reads as it stands; None where it is unsure."""
    if not encoding.startswith("utf-8"):
        return None
    try:
        shape = _shape_of(_sample(path), limits)
    except UnicodeDecodeError:
        return None
    rows = read_fast(path, shape, target, limits)
    if not rows:
        return None
    return RawTable(path, rows, shape.width, target, encoding=encoding, dialect=shape.dialect)


def _read_decoded(
    path: Path, encoding: str, decoded: Path, target: Path, limits: Limits
) -> list[RawTable]:
    """The tables of any other file, by way of the text `decoded` where it must be written anew."""
    text, notes = as_utf8(path, encoding, decoded)
    sample = _sample(text)
    shape = _shape_of(sample, limits)
    rows = read_fast(text, shape, target, limits) if text is decoded else None
    whole = RawTable(path, rows or 0, shape.width, target, None, False, encoding, shape.dialect)
    gapped = True
    if not rows:
        writer, mended = read_careful(text, sample, shape, target, limits)
        whole = replace(whole, rows=writer.rows, columns=writer.columns, notes=mended)
        gapped = writer.gapped
    found = _told_apart(whole, text, shape, limits) if gapped else [whole]
    if text is decoded:
        text.unlink()
    return [replace(found[0], notes=notes + found[0].notes), *found[1:]]


def _told_apart(whole: RawTable, text: Path, shape: Shape, limits: Limits) -> list[RawTable]:
    """The tables of what was read as one."""
    starts = _starts(whole, limits)
    return list(_each(whole, text, shape, starts, limits)) if starts else [whole]


def _shape_of(sample: str, limits: Limits) -> Shape:
    shape = shape_of(sample)
    if shape.width > limits.columns:
        raise Refused("too_many_columns", line=1, columns=shape.width, limit=limits.columns)
    return shape


def read_careful(
    text: Path, sample: str, shape: Shape, target: Path, limits: Limits, first: int = 1
) -> "tuple[TableWriter, list[Note]]":
    """Write the UTF-8 file's table record by record; what has written it, and what was mended.

    The file begins on the line `first` of the one that it was taken from.
    """
    from crm_core.sources.careful import records, whole
    from crm_core.sources.columns import Columns
    from crm_core.sources.parquet import TableWriter  # pyarrow takes a third of a second

    columns = Columns(whole(StringIO(sample), shape), shape.width)
    writer, mended = TableWriter(target, shape.width, limits.columns), Noted("lines_mended")
    with text.open(encoding="utf-8-sig", newline="") as lines:
        for at, cells, wrong, blanks in records(lines, shape, columns):
            line = at + first - 1
            if blanks:
                writer.add_blanks(line, blanks)
            else:
                writer.add(line, cells)
            if wrong is not None:
                mended.add(line, wrong)
    if not writer.cells:
        raise Refused("file_empty")
    writer.close()
    return writer, mended.notes()


def _starts(whole: RawTable, limits: Limits) -> list[tuple[int, str]]:
    """The first line and the title of each of several tables; none where it is one."""
    from crm_core.sources.grid import Grid
    from crm_core.sources.several import areas, title_of

    with Grid(whole.data, whole.columns, limits) as grid:
        found = areas(grid, beside=False)
        return [(area.first, title_of(grid, area)) for area in found] if len(found) > 1 else []


def _each(
    whole: RawTable, text: Path, shape: Shape, starts: list[tuple[int, str]], limits: Limits
) -> Iterator[RawTable]:
    """The tables that begin on these lines, in place of the one they were read as."""
    folder = whole.data.parent
    whole.data.unlink()
    pieces = _cut(text, folder / "piece", [first for first, _ in starts])
    for number, ((first, title), piece) in enumerate(zip(starts, pieces, strict=True), 1):
        target = folder / f"table{number}.parquet"
        sample = _sample(piece)
        own = measured(sample, replace(shape, stated=shape.stated and first == 1))
        writer, mended = read_careful(piece, sample, own, target, limits, first)
        rows, columns = writer.rows, writer.columns
        part = replace(whole, rows=rows, columns=columns, data=target, notes=mended)
        yield _narrowed(replace(part, sheet=name_of(None, number, title), first_line=first), limits)


def _cut(text: Path, piece: Path, starts: list[int]) -> Iterator[Path]:
    """The file `piece` with the lines from each start up to the next, one after the other."""
    with text.open(encoding="utf-8-sig", newline="") as every:
        lines = islice(every, starts[0] - 1, None)
        for first, after in zip(starts, [*starts[1:], None], strict=True):
            with piece.open("w", encoding="utf-8", newline="") as out:
                out.writelines(islice(lines, after and after - first))
            yield piece
    piece.unlink()


def _narrowed(table: RawTable, limits: Limits) -> RawTable:
    """Without the blank columns that a wider table of the same file has filled its lines with."""
    from crm_core.sources.grid import Grid

    with Grid(table.data, table.columns, limits) as grid:
        whole = grid.whole
        area = replace(whole, right=grid.tight(whole).right)
        if area == whole:
            return table
        data = table.data.with_suffix(".narrow.parquet")
        grid.write(area, data)
    table.data.unlink()
    return replace(table, data=data, columns=area.right + 1)


def _sample(text: Path) -> str:
    """The first lines, complete ones where the sample has any, with plain line ends."""
    with text.open(encoding="utf-8-sig") as stream:
        sample = stream.read(_SAMPLE)
        whole = stream.read(1) == ""
    return sample if whole else sample[: sample.rfind("\n") + 1] or sample
