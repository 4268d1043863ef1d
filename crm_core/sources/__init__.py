"""One small reader per file format behind one protocol; each runs in a child process."""

from crm_core.sources.files import DATA_ENDINGS, FORMATS, expand, is_data
from crm_core.sources.limits import Limits
from crm_core.sources.run import read
from crm_core.sources.table import Dialect, Note, RawTable, ReadFile

__all__ = [
    "DATA_ENDINGS",
    "FORMATS",
    "Dialect",
    "Limits",
    "Note",
    "RawTable",
    "ReadFile",
    "expand",
    "is_data",
    "read",
]
