"""The sample company made dirty: every kind of fault at its stated rate, the truth beside it."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import numpy as np

from crm_core.sample.company import Company
from crm_core.sample.dirt import amounts, dates, lists, reach, rows, text
from crm_core.sample.dirt.abroad import split
from crm_core.sample.dirt.delimited import Dialect, TextFile, some_dialect
from crm_core.sample.dirt.fault import Fault
from crm_core.sample.dirt.tables import Table, tables
from crm_core.sample.dirt.textfiles import write_text
from crm_core.sample.dirt.truth import Truth
from crm_core.sample.dirt.workbooks import Book, write_workbook
from crm_core.sample.world import World

FAULTS: tuple[Fault, ...] = (
    *text.FAULTS, *reach.FAULTS, *dates.FAULTS, *amounts.FAULTS, *lists.FAULTS, *rows.FAULTS,
)  # fmt: skip
PLAIN = Dialect("utf-8", ",")


def heavy(directory: Path, world: World, company: Company) -> list[Path]:
    """Writes the company's exports with every fault, each file in a dialect of its own."""
    truth, paths = Truth(), []
    found = split(tables(world, company))
    for table in found:
        if not table.sheet:
            paths.append(_text_file(directory, world, table, truth))
    for file in dict.fromkeys(table.file for table in found if table.sheet):
        sheets = [table for table in found if table.file == file]
        paths.append(_workbook(directory, world, sheets, truth))
    return paths + truth.write(directory)


def _text_file(directory: Path, world: World, table: Table, truth: Truth) -> Path:
    dice = world.dice(f"dirt of {table.name}")
    dialect = some_dialect(dice, table.encoding)
    faults = [*FAULTS, *(dates.YEAR_FIRST if dialect.date_style in dates.YEARS_FIRST else ())]
    encodable = [replace(f, write=dialect.encodable(f.write)) for f in faults]
    return write_text(directory / table.file, table, dice, encodable, dialect, truth)


def _workbook(directory: Path, world: World, sheets: list[Table], truth: Truth) -> Path:
    file = sheets[0].file
    dice = world.dice(f"dirt of {file}")
    how = Book(True, *(dice.random(4) < 0.5).tolist())
    written = datetime.combine(world.until, time(19))
    faults = [*FAULTS, *dates.YEAR_FIRST]
    return write_workbook(directory / file, sheets, dice, faults, how, written, truth)


def none(directory: Path, world: World, company: Company) -> list[Path]:
    """Writes the same tables without a fault: UTF-8 with commas, sheets that begin with their
    header."""
    truth, paths = Truth(), []
    found = tables(world, company)
    for table in found:
        if not table.sheet:
            file = TextFile(PLAIN)
            file.row([column.header for column in table.columns])
            lines = [file.row(row) for row in table.written.to_numpy().tolist()]
            truth.add(table, [], lines, {})
            paths.append(file.save(directory / table.file))
    written = datetime.combine(world.until, time(19))
    for name in dict.fromkeys(table.file for table in found if table.sheet):
        sheets = [table for table in found if table.file == name]
        dice = np.random.default_rng(world.seed)
        path = directory / name
        paths.append(write_workbook(path, sheets, dice, [], Book(dirty=False), written, truth))
    return paths + truth.write(directory)
