"""The one DuckDB of this process: opening one costs more than reading a small file with it."""

from functools import cache

import duckdb

from crm_core.sources.limits import Limits

_THREADS = 2
"""More would need more address space than a reader is given on a machine of many cores."""


def cursor(limits: Limits) -> duckdb.DuckDBPyConnection:
    """A connection to it, to be closed after use."""
    return _opened(limits.memory // 4).cursor()


@cache
def _opened(memory: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": _THREADS, "memory_limit": f"{memory}B"})
