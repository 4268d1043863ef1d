"""The command `read`: what a file holds, before any mapping."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from crm_core import sources
from crm_core.cli.console import Console
from crm_core.domain.problems import Problem
from crm_core.domain.raw import lines_in


def read(args: argparse.Namespace, console: Console) -> int:
    """The cells of files as read; 1 if a file could not be read."""
    files, problems = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(sources.expand(args.paths)):
            workdir = Path(folder) / str(number)
            workdir.mkdir()
            found = sources.read(path, workdir)
            if found.problem:
                problems.append((path, found.problem))
            files += [_cells(table) for table in found.tables]
            files += _unread(path, found.problem, console)
        console.document({"files": files})
    for path, problem in problems:
        console.tell(problem, path.name)
    return 1 if problems else 0


def _unread(path: Path, problem: Problem | None, console: Console) -> list[dict[str, Any]]:
    if problem is None:
        return []
    error = console.texts.problem(problem)
    return [{"path": str(path), "sheet": None, "rows": [], "error": error}]


def _cells(table: sources.RawTable) -> dict[str, Any]:
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT * EXCLUDE (line) FROM {lines_in(connection, table.data)} ORDER BY line"
        ).fetchall()
    return {
        "path": str(table.path),
        "sheet": table.sheet,
        "encoding": table.encoding,
        "dialect": asdict(table.dialect) if table.dialect else None,
        "notes": [asdict(note) for note in table.notes],
        "rows": [[cell or "" for cell in cells[:width]] for width, *cells in rows],
    }
