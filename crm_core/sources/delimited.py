"""Delimited text: find encoding and dialect, then take the fast route or the careful one."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.dialect import shape_of
from crm_core.sources.encoding import encoding_of
from crm_core.sources.fast import read_fast
from crm_core.sources.limits import Limits
from crm_core.sources.shape import Shape
from crm_core.sources.table import Note, Noted, RawTable
from crm_core.sources.text import as_utf8

_SAMPLE = 1 << 16


def read_delimited(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's one table; Refused when its encoding is unknown or it has no content."""
    encoding = encoding_of(path)
    target = folder / "table.parquet"
    plain = _read_plain(path, encoding, target, limits)
    return [plain or _read_decoded(path, encoding, folder / "text", target, limits)]


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
) -> RawTable:
    """The table of any other file, by way of the text `decoded` where it must be written anew."""
    text, notes = as_utf8(path, encoding, decoded)
    sample = _sample(text)
    shape = _shape_of(sample, limits)
    columns = shape.width
    rows = read_fast(text, shape, target, limits) if text is decoded else None
    if not rows:
        rows, columns, mended = read_careful(text, sample, shape, target, limits)
        notes += mended
    if text is decoded:
        text.unlink()
    table = RawTable(path, rows, columns, target, encoding=encoding, dialect=shape.dialect)
    return replace(table, notes=notes)


def _shape_of(sample: str, limits: Limits) -> Shape:
    shape = shape_of(sample)
    if shape.width > limits.columns:
        raise Refused("too_many_columns", line=1, columns=shape.width, limit=limits.columns)
    return shape


def read_careful(
    text: Path, sample: str, shape: Shape, target: Path, limits: Limits
) -> tuple[int, int, list[Note]]:
    """Write the UTF-8 file's table record by record; the numbers of its rows and columns, and
    what was mended."""
    from crm_core.sources.careful import records, whole
    from crm_core.sources.columns import Columns
    from crm_core.sources.parquet import TableWriter  # pyarrow takes a third of a second

    columns = Columns(whole(StringIO(sample), shape), shape.width)
    writer, mended = TableWriter(target, shape.width, limits.columns), Noted("lines_mended")
    with text.open(encoding="utf-8-sig", newline="") as lines:
        for record in records(lines, shape, columns):
            writer.add(record.line, record.cells)
            if record.mended is not None:
                mended.add(record.line, record.mended)
    if not writer.cells:
        raise Refused("file_empty")
    writer.close()
    return writer.rows, writer.columns, mended.notes()


def _sample(text: Path) -> str:
    """The first lines, complete ones where the sample has any, with plain line ends."""
    with text.open(encoding="utf-8-sig") as stream:
        sample = stream.read(_SAMPLE)
        whole = stream.read(1) == ""
    return sample if whole else sample[: sample.rfind("\n") + 1] or sample
