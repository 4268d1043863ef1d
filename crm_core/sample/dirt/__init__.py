"""The sample company made dirty: every kind of fault at its stated rate, the truth beside it."""

from dataclasses import replace
from datetime import datetime, time
from itertools import count
from pathlib import Path

import numpy as np

from crm_core.sample.company import Company
from crm_core.sample.dirt import amounts, dates, lists, reach, rows, text
from crm_core.sample.dirt.abroad import split
from crm_core.sample.dirt.delimited import Dialect, TextFile, some_dialect
from crm_core.sample.dirt.fault import Dice, Fault, pick
from crm_core.sample.dirt.parts import other_formats, together
from crm_core.sample.dirt.records import write_records
from crm_core.sample.dirt.tables import Table, tables
from crm_core.sample.dirt.textfiles import write_packed, write_text
from crm_core.sample.dirt.truth import Truth
from crm_core.sample.dirt.workbooks import Book, write_workbook
from crm_core.sample.world import World

FAULTS: tuple[Fault, ...] = (
    *text.FAULTS, *reach.FAULTS, *dates.FAULTS, *amounts.FAULTS, *lists.FAULTS, *rows.FAULTS,
)  # fmt: skip
PLAIN = Dialect("utf-8", ",")


def heavy(directory: Path, world: World, company: Company) -> list[Path]:
    """Writes the company's exports with every fault, each file in a dialect of its own."""
    truth, paths, texts = Truth(), [], count(world.seed)
    found = together(other_formats(split(tables(world, company))))
    for file in dict.fromkeys(table.file for table in found):
        parts, path = [table for table in found if table.file == file], directory / file
        dice = world.dice(f"dirt of {file}")
        match path.suffix:
            case ".xlsx":
                paths.append(_workbook(path, world, dice, parts, truth))
            case ".csv" | ".zip":
                paths.append(_text_file(path, next(texts), dice, parts, truth))
            case _:
                faults = [*FAULTS, *dates.YEAR_FIRST]
                paths.append(write_records(path, parts[0], dice, faults, truth))
    return paths + truth.write(directory)


def _text_file(path: Path, number: int, dice: Dice, parts: list[Table], truth: Truth) -> Path:
    dialect = some_dialect(dice, number, parts[0].encoding)
    if any(column.kind == "ambiguous" for column in parts[0].columns):
        dialect = replace(dialect, date_style=pick(dice, *dates.AMBIGUOUS))
    faults = [*FAULTS, *(dates.YEAR_FIRST if dialect.date_style in dates.YEARS_FIRST else ())]
    encodable = [replace(f, write=dialect.encodable(f.write)) for f in faults]
    write = write_packed if path.suffix == ".zip" else write_text
    return write(path, parts, dice, encodable, dialect, truth)


def _workbook(path: Path, world: World, dice: Dice, sheets: list[Table], truth: Truth) -> Path:
    how = Book(True, *(dice.random(7) < 0.5).tolist())
    written = datetime.combine(world.until, time(19))
    faults = [*FAULTS, *dates.YEAR_FIRST]
    return write_workbook(path, sheets, dice, faults, how, written, truth)


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
