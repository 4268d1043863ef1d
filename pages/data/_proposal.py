"""What the files are taken for: what is open, the load, a line per sheet and one sheet open."""

from collections import Counter

import pandas as pd
import streamlit as st

from crm_core.services.imports import consequences, jobs
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.record import loadable
from crm_core.services.imports.upload import Table as Sheet
from pages._ui import filters, session, workspace
from pages._ui import import_words as words
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _sheet, _sheets

_SAID_SINGLY = 5


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
    _sheet.show(job, _sheets.choose(job))


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
    lines = sum(one.raw.rows_below(one.plan.header_line) for one in ready)
    asked = sum(len(_sheets.questions(one.plan)) for one in ready)
    unknown = sum(map(_sheets.is_unknown, job.wanted))
    with st.container(border=True, key="import-summary"):
        if ready:
            sheets = texts.plural("{n} sheet", "{n} sheets", len(ready))
            counted = texts.plural("{n} line", "{n} lines", lines)
            title = texts.text("Ready to load")
            st.markdown(f"**{plain(title)}** · {plain(sheets)} · {plain(counted)}")
        else:
            title = texts.text("Nothing can be loaded yet")
            st.markdown(f"**{plain(title)}**")
        for sentence in (*_open_points(asked, unknown), *_consequences(job, ready)):
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


def _consequences(job: ImportJob, ready: list[Sheet]) -> list[str]:
    """What won deals and sales lack if nobody answers the questions about their columns."""
    assert job.upload
    lacking: Counter[tuple[str, str]] = Counter()
    for one in ready:
        lacking.update(_lacking((job.upload.folder.name, one.plan.model_dump_json()), one))
    return [_lacks(*what, lines) for what, lines in lacking.items()]


def _lacks(entity: str, field: str, lines: int) -> str:
    plural = session.texts().plural
    match entity, field:
        case "opportunity", "amount":
            return plural(
                "Without an answer {n} won deal has no amount.",
                "Without an answer {n} won deals have no amount.",
                lines,
            )
        case "opportunity", _:
            return plural(
                "Without an answer {n} won deal has no date.",
                "Without an answer {n} won deals have no date.",
                lines,
            )
        case _, "amount":
            return plural(
                "Without an answer {n} sale line has no amount.",
                "Without an answer {n} sale lines have no amount.",
                lines,
            )
        case _:
            return plural(
                "Without an answer {n} sale line has no date.",
                "Without an answer {n} sale lines have no date.",
                lines,
            )


@st.cache_data(max_entries=64, show_spinner=False)
def _lacking(key: tuple[str, str], _one: Sheet) -> dict[tuple[str, str], int]:  # noqa: ARG001
    return consequences.lacking(_one)


def _load_button(job: ImportJob, ready: int) -> None:
    texts = session.texts()
    st.button(
        texts.plural("Load {n} sheet", "Load {n} sheets", ready) if ready else texts.text("Load"),
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
