"""Parquet files, through DuckDB: their columns' names and then their rows, as text."""

from pathlib import Path

import duckdb

from crm_core.domain.problems import Refused
from crm_core.domain.raw import exactly
from crm_core.sources.limits import Limits
from crm_core.sources.table import RawTable

_NESTED = ("STRUCT", "MAP", "LIST", "ARRAY", "UNION")


def read_parquet(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's one table; lists and structures as JSON text, bytes as DuckDB writes them."""
    target = folder / "table.parquet"
    with duckdb.connect(config={"threads": 1, "memory_limit": f"{limits.memory // 4}B"}) as db:
        try:
            about = db.execute("DESCRIBE FROM read_parquet($1)", [exactly(path)]).fetchall()
            if len(about) > limits.columns:
                raise Refused("too_many_columns", line=1, columns=len(about), limit=limits.columns)
            rows = _copy(db, path, target, [(name, kind) for name, kind, *_ in about])
        except duckdb.OutOfMemoryException as fault:
            raise MemoryError from fault
        except duckdb.Error as fault:
            raise Refused("parquet_broken") from fault
    return [RawTable(path, rows, len(about), target)]


def _copy(
    db: duckdb.DuckDBPyConnection, path: Path, target: Path, columns: list[tuple[str, str]]
) -> int:
    header = ", ".join(f"$n{at} AS c{at}" for at in range(len(columns)))
    cells = ", ".join(f"{_text(name, kind)}" for name, kind in columns)
    query = f"""
        COPY (
            SELECT 1::BIGINT AS line, {len(columns)}::INTEGER AS width, {header}
            UNION ALL
            SELECT file_row_number + 2, {len(columns)}, {cells}
            FROM read_parquet($path, file_row_number = true)
        ) TO $target (FORMAT parquet, COMPRESSION lz4)
        """
    names = {f"n{at}": name for at, (name, _) in enumerate(columns)}
    done = db.execute(query, {"path": exactly(path), "target": str(target), **names}).fetchone()
    return int(done[0]) if done else 0


def _text(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind == "BOOLEAN":
        return f"upper({quoted}::VARCHAR)"
    nested = kind.endswith("]") or kind.startswith(_NESTED)
    return f"to_json({quoted})::VARCHAR" if nested else f"{quoted}::VARCHAR"
