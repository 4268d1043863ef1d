"""What the files are taken for: a line per sheet, one sheet open to be corrected, and the load."""

from typing import Literal

import pandas as pd
import streamlit as st

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.problems import Problem
from crm_core.reference import entities
from crm_core.services.imports import edit, jobs
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.record import loadable
from crm_core.services.imports.upload import Table
from pages._ui import filters, session, workspace
from pages._ui import import_words as words
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _columns, _preview

LEAVE_OUT = "-"
_OPEN = ""
_SAID_SINGLY = 5
_SCROLLS = 10


def show(job: ImportJob) -> None:
    """The whole proposal."""
    assert job.upload
    if job.problem:
        problem_box(job.problem)
    _unread(job)
    if not job.upload.tables:
        _other_files()
        return
    _summary(job)
    place = _chosen(job)
    _sheet(job, place)


def questions(plan: TablePlan) -> list[ColumnPlan]:
    """The columns that a person is asked about."""
    return [column for column in plan.columns if edit.is_question(column)] if plan.entity else []


def _unread(job: ImportJob) -> None:
    """The files that could not be read, one sentence each."""
    assert job.upload
    said = [words.of_file(path.name, problem) for path, problem in job.upload.problems.items()]
    if len(said) <= _SAID_SINGLY:
        for sentence in said:
            st.error(plain(sentence), icon=":material/error:")
        return
    texts = session.texts()
    title = texts.plural("{n} file cannot be read", "{n} files cannot be read", len(said))
    with st.expander(plain(title), icon=":material/error:", expanded=True):
        heads = [Column("said", texts.text("What is wrong"), width="large")]
        table(pd.DataFrame({"said": said}), heads, key="import-unread", height=240)


def _summary(job: ImportJob) -> None:
    """How much would be loaded, what is open, and the button that loads it."""
    texts = session.texts()
    ready = [one for one in job.wanted if loadable(one.plan)]
    lines = sum(max(0, one.raw.rows - one.plan.header_line) for one in ready)
    asked = sum(len(questions(one.plan)) for one in ready)
    unknown = len(job.wanted) - len(ready)
    with st.container(border=True, key="import-summary"):
        sheets = texts.plural("{n} sheet", "{n} sheets", len(ready))
        counted = texts.plural("{n} line", "{n} lines", lines)
        title = texts.text("Ready to load")
        st.markdown(f"**{plain(title)}** · {plain(sheets)} · {plain(counted)}")
        for sentence in _open_points(asked, unknown):
            st.markdown(f":material/help: {plain(sentence)}")
        with st.container(horizontal=True):
            _load_button(job, len(ready))
            _other_files()


def _open_points(asked: int, unknown: int) -> list[str]:
    texts = session.texts()
    found = []
    if asked:
        found.append(
            texts.plural(
                "{n} column is a question. Without an answer it is kept unchanged beside the row.",
                "{n} columns are questions. Without an answer they are kept unchanged beside "
                "the rows.",
                asked,
            )
        )
    if unknown:
        found.append(
            texts.plural(
                "{n} sheet is not certain. Say what it holds, or nothing of it is loaded.",
                "{n} sheets are not certain. Say what they hold, or nothing of them is loaded.",
                unknown,
            )
        )
    return found


def _load_button(job: ImportJob, ready: int) -> None:
    texts = session.texts()
    st.button(
        texts.plural("Load {n} sheet", "Load {n} sheets", ready),
        type="primary",
        icon=":material/download_done:",
        disabled=not ready,
        key="import-load",
        on_click=_acting.attempt,
        args=(_load, job),
    )


def _load(job: ImportJob) -> None:
    jobs.load(job)
    job.wait(0.8)


def _other_files() -> None:
    st.button(
        session.texts().text("Choose other files"),
        key="import-discard",
        on_click=_acting.attempt,
        args=(_discard,),
    )


def _discard() -> None:
    jobs.discard(workspace.store(), workspace.actor())
    filters.clear("sheet")


def _chosen(job: ImportJob) -> int:
    """The sheet that is open; a table of all of them where there are several."""
    assert job.upload
    tables = job.upload.tables
    if len(tables) == 1:
        return 0
    text = session.texts().text
    section(text("What the files hold"))
    _overview(job)
    # The sheets with something to say come first, and so one of them is open.
    order = sorted(range(len(tables)), key=lambda place: -_urgency(tables[place]))
    options = {str(place): _option(job, place) for place in order}
    return int(filters.select(text("Look at"), options, name="sheet"))


def _urgency(one: Table) -> int:
    return 1000 * (not loadable(one.plan)) + len(questions(one.plan))


def _option(job: ImportJob, place: int) -> str:
    assert job.upload
    one = job.upload.tables[place]
    asked = len(questions(one.plan)) or (not loadable(one.plan))
    waits = place not in job.left_out and asked
    name = words.sheet_name(one.raw.path.name, one.raw.sheet)
    return f"? {name}" if waits else name


def _overview(job: ImportJob) -> None:
    assert job.upload
    text = session.texts().text
    rows = pd.DataFrame([_row(job, place) for place in range(len(job.upload.tables))])
    heads = [
        Column("file", text("File"), width="medium"),
        Column("entity", text("Holds")),
        Column("sure", text("How certain")),
        Column("lines", text("Lines"), "number"),
        Column("columns", text("Columns recognised")),
        Column("asked", text("Questions"), "number"),
    ]
    table(rows, heads, key="import-sheets", height=_height(len(rows)))


def _height(rows: int) -> int | Literal["auto"]:
    """As high as a few rows need; many scroll."""
    return "auto" if rows < _SCROLLS else 340


def _row(job: ImportJob, place: int) -> dict[str, object]:
    assert job.upload
    one = job.upload.tables[place]
    left_out = place in job.left_out
    mapped = sum(bool(column.field and column.sure) for column in one.plan.columns)
    return {
        "file": words.sheet_name(one.raw.path.name, one.raw.sheet),
        "entity": "" if left_out else words.entity(one.plan.entity),
        "sure": session.texts().text("Left out") if left_out else certainty(one.plan),
        "lines": max(0, one.raw.rows - one.plan.header_line),
        "columns": f"{mapped} / {len(one.plan.columns)}",
        "asked": 0 if left_out else len(questions(one.plan)),
    }


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


def _sheet(job: ImportJob, place: int) -> None:
    """One sheet: what it is, its columns, and its first rows before and after."""
    assert job.upload
    one = job.upload.tables[place]
    section(
        words.sheet_name(one.raw.path.name, one.raw.sheet),
        _described(one),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _entity(job, place)
        _keep(job, place)
    if place in job.left_out:
        st.caption(plain(session.texts().text("Nothing of this sheet is loaded.")))
        return
    if one.plan.entity is None:
        problem_box(
            Problem(
                "sheet_not_recognised",
                {"file": one.raw.path.name, "sheet": one.raw.sheet or one.raw.path.name},
            )
        )
        return
    _columns.show(job, place)
    _preview.show(job, place)


def _described(one: Table) -> str:
    text = session.texts().text
    header = (
        text("header in line {line}", line=one.plan.header_line)
        if one.plan.header_line
        else text("no header")
    )
    counted = session.texts().plural("{n} column", "{n} columns", len(one.plan.columns))
    facts = [certainty(one.plan), counted, header, one.raw.encoding or ""]
    return " · ".join(fact for fact in facts if fact)


def _entity(job: ImportJob, place: int) -> None:
    """What the sheet holds; choosing proposes its columns anew."""
    assert job.upload
    text = session.texts().text
    plan = job.upload.tables[place].plan
    now = LEAVE_OUT if place in job.left_out else plan.entity or _OPEN
    options = {name: words.entity(name) for name in entities()}
    options[LEAVE_OUT] = text("Leave out")
    if now == _OPEN:
        options = {_OPEN: text("Please choose")} | options
    key = f"import-entity-{job.upload.folder.name}-{place}-{session.texts().language}"
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.selectbox(
        text("This sheet holds"),
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        width=280,
        on_change=lambda: _acting.change(job, _name, job, place, st.session_state[key]),
    )
    if now == plan.entity and not loadable(plan):
        st.button(
            text("Yes, these are {entity}", entity=words.entity(plan.entity)),
            icon=":material/check:",
            key=f"import-entity-yes-{place}",
            on_click=_acting.change,
            args=(job, _name, job, place, plan.entity),
        )


def _name(job: ImportJob, place: int, said: str) -> None:
    assert job.upload
    if said == LEAVE_OUT:
        job.left_out.add(place)
    elif said != _OPEN:
        edit.name_sheet(job.store, job.actor, job.upload.tables[place], said)
        job.left_out.discard(place)


def _keep(job: ImportJob, place: int) -> None:
    """Whether the mapping is kept for the next file with the same headers."""
    assert job.upload
    text = session.texts().text
    plan = job.upload.tables[place].plan
    if place in job.left_out or plan.entity is None:
        return
    asked = bool(questions(plan))
    key = f"import-keep-{job.upload.folder.name}-{place}"
    st.session_state[key] = place not in job.not_kept and not asked
    st.checkbox(
        text("Keep this mapping"),
        key=key,
        disabled=asked,
        help=text("Answer the questions first: a mapping is kept when none is open.")
        if asked
        else text("The next file with the same headers is read the same way."),
        on_change=lambda: _mind(job, place, bool(st.session_state[key])),
    )


def _mind(job: ImportJob, place: int, wanted: bool) -> None:
    (job.not_kept.discard if wanted else job.not_kept.add)(place)
