"""An upload: files read into raw tables, each with a proposal of what it means."""

import os
import shutil
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from crm_core import sources
from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Problem, Refused
from crm_core.pipeline import recognise
from crm_core.pipeline.recipe import header_line, matching
from crm_core.reference import entities
from crm_core.services.imports.result import Progress, silent
from crm_core.sources import RawTable, ReadFile
from crm_core.store import Store

AT_A_TIME = 4
"""Most files that are read at once: each may take the memory that a reader is allowed."""


@dataclass
class Table:
    """A raw table and what it is taken for."""

    raw: RawTable
    plan: TablePlan
    named: bool = False
    """Whether a person said what it is; else it was recognised."""


@dataclass
class Upload:
    """Files on their way in. Close it when done: it holds the raw lines on disk."""

    folder: Path
    tables: list[Table] = field(default_factory=list)
    problems: dict[Path, Problem] = field(default_factory=dict)
    """Files that could not be read, and why."""

    def close(self) -> None:
        """Remove what was read."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Upload":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def prepare(
    store: Store,
    _actor: Actor,
    paths: Sequence[Path],
    *,
    entity: str | None = None,
    recipe: Sequence[TablePlan] = (),
    progress: Progress = silent,
) -> Upload:
    """Read files and folders, and propose what every table is.

    `entity` says what all of them are; a table like one of `recipe` is mapped as written there.
    Refused("entity_unknown") for an entity that does not exist, ("nothing_to_read") for no file.
    """
    if entity is not None and entity not in entities():
        raise Refused("entity_unknown", entity=entity, known=", ".join(entities()))
    files = sources.expand(paths)
    if not files:
        raise Refused("nothing_to_read", path=", ".join(map(str, paths)))
    upload = Upload(store.files / f"incoming-{uuid.uuid4().hex}")
    upload.folder.mkdir(parents=True)
    try:
        _read_all(upload, files, progress)
        progress("recognise", "", 1.0)
        _propose(store, upload, entity, recipe)
    except BaseException:
        upload.close()
        raise
    return upload


def _propose(store: Store, upload: Upload, entity: str | None, recipe: Sequence[TablePlan]) -> None:
    sheets = [
        recognise.Sheet(table.raw.path.name, table.raw.sheet, table.raw.data, entity)
        for table in upload.tables
    ]
    with store.read() as cursor:
        proposed = recognise.propose_all(cursor, sheets)
        for table, plan in zip(upload.tables, proposed, strict=True):
            table.named = entity is not None
            table.plan = _as_before(cursor, table, plan, recipe) or plan
            table.plan.cautions = plan.cautions


def _as_before(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    plan: TablePlan,
    recipe: Sequence[TablePlan],
) -> TablePlan | None:
    """The table as a recipe reads it: with the header that was found, else with one it knows."""
    if found := matching(recipe, plan):
        return found
    data = table.raw.data
    line = header_line(recipe, recognise.first_lines(cursor, data)) if recipe else None
    if line is None or line == plan.header_line:
        return None
    again = recognise.propose(cursor, file=plan.file, sheet=plan.sheet, data=data, header_line=line)
    return matching(recipe, again)


def _read_all(upload: Upload, files: Sequence[Path], progress: Progress) -> None:
    """Read the files, some at a time: with small ones it is their processes that take time."""
    with ThreadPoolExecutor(min(AT_A_TIME, os.cpu_count() or 1)) as pool:
        reading = [
            pool.submit(_read, path, upload.folder / str(number))
            for number, path in enumerate(files)
        ]
        try:
            for number, (path, found) in enumerate(zip(files, reading, strict=True)):
                progress("read", path.name, number / len(files))
                _take(upload, found.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _read(path: Path, folder: Path) -> ReadFile:
    folder.mkdir()
    return sources.read(path, folder)


def _take(upload: Upload, read: ReadFile) -> None:
    if read.problem:
        upload.problems[read.path] = read.problem
    upload.tables += [
        Table(raw, TablePlan(file=read.path.name, sheet=raw.sheet)) for raw in read.tables
    ]
