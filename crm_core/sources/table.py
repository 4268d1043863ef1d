"""What every reader hands over: the cells as text, line by line, in a Parquet file."""

from pathlib import Path

from pydantic import BaseModel

from crm_core.domain.problems import Problem


class Dialect(BaseModel):
    """How a delimited text file is written."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


class RawTable(BaseModel):
    """One sheet of a workbook or one delimited file, read but not yet understood.

    `data` is a Parquet file with the columns `line` (BIGINT: first physical line of the record,
    or sheet row, counted from 1), `width` (INTEGER: cells in that line) and `c0` … `c{n-1}`
    (VARCHAR, n = width of the widest line). Every record of the file is a row, title rows,
    header and blank lines included. A missing cell is NULL or '' and means the same.
    Numbers of a workbook are written with up to 15 significant digits and no needless '.0',
    dates as ISO 8601, truth values as TRUE and FALSE.
    """

    path: Path
    sheet: str | None = None
    encoding: str | None = None
    dialect: Dialect | None = None
    rows: int
    columns: int
    data: Path


class ReadFile(BaseModel):
    """The outcome for one file: its tables, or the one reason why there are none."""

    model_config = {"arbitrary_types_allowed": True}

    path: Path
    tables: list[RawTable] = []
    problem: Problem | None = None
