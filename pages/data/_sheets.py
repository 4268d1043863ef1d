"""The sheets of an import: what each is taken for, and which one is open."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.services.imports import edit
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.record import loadable
from crm_core.services.imports.upload import Table
from pages._ui import filters, session
from pages._ui import import_words as words
from pages._ui.head import section
from pages._ui.tables import ONE_LINE, Column, table_or_narrow


def choose(job: ImportJob) -> int:
    """The sheet that is open; a table of all of them where there are several."""
    assert job.upload
    tables = job.upload.tables
    if len(tables) == 1:
        return 0
    text = session.texts().text
    # The sheets with something to say come first, and so one of them is open.
    order = sorted(range(len(tables)), key=lambda place: -_urgency(tables[place]))
    section(text("What the files hold"))
    _overview(job, order)
    options = {str(place): _option(job, place) for place in order}
    return int(filters.select(text("Look at"), options, name="sheet"))


def questions(plan: TablePlan) -> list[ColumnPlan]:
    """The columns that a person is asked about."""
    return [column for column in plan.columns if edit.is_question(column)] if plan.entity else []


def certainty(plan: TablePlan) -> str:
    """How sure the proposal is, in words."""
    text = session.texts().text
    if plan.entity is None:
        return text("Not recognised")
    if not loadable(plan):
        return text("Please check")
    if any(column.evidence == "recipe" for column in plan.columns):
        return text("Sure, as you mapped it before")
    return text("Sure")


def is_unknown(one: Table) -> bool:
    """Whether somebody should say what the sheet holds, before nothing of it is loaded."""
    return not loadable(one.plan) and not (one.raw.aside and one.plan.entity is None)


def _urgency(one: Table) -> int:
    return 1000 * is_unknown(one) + len(questions(one.plan)) - (not loadable(one.plan))


def _option(job: ImportJob, place: int) -> str:
    assert job.upload
    one = job.upload.tables[place]
    asked = len(questions(one.plan)) or is_unknown(one)
    waits = place not in job.left_out and asked
    name = words.sheet_name(one.raw.path.name, one.raw.sheet)
    return f"? {name}" if waits else name


def _overview(job: ImportJob, order: Sequence[int]) -> None:
    text = session.texts().text
    rows = pd.DataFrame([_row(job, place) for place in order])
    file, sure = Column("file", text("File"), width="large"), Column("sure", text("How certain"))
    heads = [
        file,
        Column("entity", text("Holds")),
        sure,
        Column("lines", text("Lines"), "number"),
        Column("columns", text("Columns recognised")),
        Column("asked", text("Questions"), "number"),
    ]
    narrow = [replace(file, width="medium"), sure]
    table_or_narrow(rows, heads, narrow, key="import-sheets", narrow_row=ONE_LINE)


def _row(job: ImportJob, place: int) -> dict[str, object]:
    assert job.upload
    one = job.upload.tables[place]
    left_out = place in job.left_out
    mapped = sum(bool(column.field and column.sure) for column in one.plan.columns)
    return {
        "file": words.sheet_name(one.raw.path.name, one.raw.sheet),
        "entity": "" if left_out else words.entity(one.plan.entity),
        "sure": session.texts().text("Left out") if left_out else certainty(one.plan),
        "lines": one.raw.rows_below(one.plan.header_line),
        "columns": f"{mapped} / {len(one.plan.columns)}",
        "asked": 0 if left_out else len(questions(one.plan)),
    }
