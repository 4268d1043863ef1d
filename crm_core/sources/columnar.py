"""Parquet files, through DuckDB: their columns' names and then their rows, as text."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from crm_core.domain.problems import Refused
from crm_core.domain.raw import exactly
from crm_core.sources.limits import Limits
from crm_core.sources.mojibake import SIGNS, mended
from crm_core.sources.table import Noted, RawTable

_PLAIN = "VARCHAR"
_NESTED = ("STRUCT", "MAP", "LIST", "ARRAY", "UNION")


def read_parquet(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's one table; lists and structures as JSON text, bytes as DuckDB writes them."""
    target = folder / "table.parquet"
    with duckdb.connect(config={"threads": 1, "memory_limit": f"{limits.memory // 4}B"}) as db:
        try:
            about = db.execute("DESCRIBE FROM read_parquet($1)", [exactly(path)]).fetchall()
            if len(about) > limits.columns:
                raise Refused("too_many_columns", line=1, columns=len(about), limit=limits.columns)
            columns = [(name, kind) for name, kind, *_ in about]
            texts = [name for name, kind in columns if kind == _PLAIN]
            mistaken = {name: wrong for name in texts if (wrong := _mistaken(db, path, name))}
            rows = _copy(db, path, target, columns, mistaken)
            noted = _noted(db, path, mistaken)
        except duckdb.OutOfMemoryException as fault:
            raise MemoryError from fault
        except duckdb.Error as fault:
            raise Refused("parquet_broken") from fault
    return [RawTable(path, rows, len(about), target, notes=noted.notes())]


def _mistaken(db: duckdb.DuckDBPyConnection, path: Path, name: str) -> dict[str, str]:
    """The column's texts that were once decoded wrongly -> what was written."""
    rows = db.execute(
        f"SELECT DISTINCT {_quoted(name)} AS text FROM read_parquet($path)"
        " WHERE strlen(text) > length(text) AND regexp_matches(text, $signs) ORDER BY text",
        {"path": exactly(path), "signs": SIGNS},
    ).fetchall()
    return {text: better for (text,) in rows if (better := mended(text)) != text}


def _noted(
    db: duckdb.DuckDBPyConnection, path: Path, mistaken: Mapping[str, Mapping[str, str]]
) -> Noted:
    """The rows with such texts."""
    noted = Noted("encoding_mended")
    for name, texts in mistaken.items():
        rows = db.execute(
            f"SELECT file_row_number + 2, {_quoted(name)} AS text"
            " FROM read_parquet($path, file_row_number = true)"
            " WHERE text IN (SELECT unnest($texts::VARCHAR[])) ORDER BY ALL",
            {"path": exactly(path), "texts": [*texts]},
        ).fetchall()
        for line, text in rows:
            noted.add(line, text)
    return noted


def _copy(
    db: duckdb.DuckDBPyConnection,
    path: Path,
    target: Path,
    columns: list[tuple[str, str]],
    mistaken: Mapping[str, Mapping[str, str]],
) -> int:
    header = ", ".join(f"$n{at} AS c{at}" for at in range(len(columns)))
    cells = ", ".join(
        _decoded(name, at) if name in mistaken else _text(name, kind)
        for at, (name, kind) in enumerate(columns)
    )
    query = f"""
        COPY (
            SELECT 1::BIGINT AS line, {len(columns)}::INTEGER AS width, {header}
            UNION ALL
            SELECT file_row_number + 2, {len(columns)}, {cells}
            FROM read_parquet($path, file_row_number = true)
        ) TO $target (FORMAT parquet, COMPRESSION lz4)
        """
    names: dict[str, object] = {f"n{at}": name for at, (name, _) in enumerate(columns)}
    for at, (name, _) in enumerate(columns):
        if texts := mistaken.get(name):
            names |= {f"w{at}": [*texts], f"r{at}": [*texts.values()]}
    done = db.execute(query, {"path": exactly(path), "target": str(target), **names}).fetchone()
    return int(done[0]) if done else 0


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _decoded(name: str, at: int) -> str:
    """The text, or what was written where it is one of the list `$w`: that of the list `$r`."""
    place = f"list_position($w{at}::VARCHAR[], {_quoted(name)})"
    return f"coalesce(($r{at}::VARCHAR[])[{place}], {_quoted(name)})"


def _text(name: str, kind: str) -> str:
    quoted = _quoted(name)
    if kind == "BOOLEAN":
        return f"upper({quoted}::VARCHAR)"
    nested = kind.endswith("]") or kind.startswith(_NESTED)
    return f"to_json({quoted})::VARCHAR" if nested else f"{quoted}::VARCHAR"
