"""Delimited text: find encoding and dialect, then take the fast route or the careful one."""

from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.dialect import Shape, shape_of
from crm_core.sources.encoding import encoding_of, to_utf8
from crm_core.sources.fast import read_fast
from crm_core.sources.limits import Limits
from crm_core.sources.table import RawTable

_SAMPLE = 1 << 16


def read_delimited(path: Path, folder: Path, limits: Limits) -> RawTable:
    """The file's one table; Refused when its encoding is unknown or it has no content."""
    encoding = encoding_of(path)
    text = path
    if not encoding.startswith("utf-8"):
        text = folder / "text"
        to_utf8(path, encoding, text)
    shape, target = shape_of(_sample(text)), folder / "table.parquet"
    if shape.width > limits.columns:
        raise Refused("too_many_columns", line=1, columns=shape.width, limit=limits.columns)
    rows, columns = _by_either_route(text, shape, target, limits)
    if text is not path:
        text.unlink()
    return RawTable(path, rows, columns, target, encoding=encoding, dialect=shape.dialect)


def _by_either_route(text: Path, shape: Shape, target: Path, limits: Limits) -> tuple[int, int]:
    rows = read_fast(text, shape, target, limits)
    return (rows, shape.width) if rows else read_careful(text, shape, target, limits)


def read_careful(text: Path, shape: Shape, target: Path, limits: Limits) -> tuple[int, int]:
    """Write the UTF-8 file's table record by record; the numbers of its rows and columns."""
    from crm_core.sources.careful import records
    from crm_core.sources.parquet import TableWriter  # pyarrow takes a third of a second

    writer = TableWriter(target, shape.width, limits.columns)
    with text.open(encoding="utf-8-sig", newline="") as lines:
        for line, cells in records(lines, shape):
            writer.add(line, cells)
    if not writer.cells:
        raise Refused("file_empty")
    writer.close()
    return writer.rows, writer.columns


def _sample(text: Path) -> str:
    """The first lines, complete ones where the sample has any, with plain line ends."""
    with text.open(encoding="utf-8-sig") as stream:
        sample = stream.read(_SAMPLE)
        whole = stream.read(1) == ""
    return sample if whole else sample[: sample.rfind("\n") + 1] or sample
