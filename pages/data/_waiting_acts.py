"""What is done with lines that wait, the chosen ones or the whole list, above the list."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm_core.domain.actor import Actor
from crm_core.services.imports import ImportResult, incoming
from crm_core.services.quarantine import correct, worklist
from crm_core.services.quarantine.bring_back import Brought, bring_back
from crm_core.services.quarantine.exchange import export
from crm_core.services.quarantine.rerun import rerun
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store
from pages._ui import kept, links, session, workspace
from pages._ui.downloads import download_button
from pages._ui.plain import plain
from pages.data import _acting

_DONE = "_worklist_done"


def show_done() -> None:
    """What the last action did, once, with the way to the load that it made."""
    said, batch = st.session_state.pop(_DONE, (None, None))
    if said is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="worklist-done"):
        st.success(plain(said), icon=":material/check_circle:")
        if batch is not None:
            label = session.texts().text("Look at load {batch}", batch=batch)
            links.page_link("pages/data/loads.py", label, ":material/history:", batch=str(batch))


def done(said: str, batch: int | None = None) -> None:
    """Say so at the top of the page once it is drawn anew."""
    st.session_state[_DONE] = (said, batch)


def run_again(wanted: Filter | Sequence[int], before: str = "") -> None:
    """Run lines again and say what became of them; `before`: what was done first."""
    with st.spinner(session.texts().text("Running the lines again")):
        result = _acting.attempt(rerun, workspace.store(), workspace.actor(), wanted)
    if result is not None:
        done(f"{before} {_outcome(result)}".strip(), result.batch)


def _outcome(result: ImportResult) -> str:
    texts = session.texts()
    every = sum(file.rows_read for file in result.files)
    waiting = sum(file.quarantined for file in result.files)
    if not waiting:
        return texts.plural(
            "{n} line passed, none waits any more.",
            "{n} lines passed, none of them waits any more.",
            every,
        )
    return texts.plural(
        "{passed} of {n} line passed. Still waiting: {waiting}.",
        "{passed} of {n} lines passed. Still waiting: {waiting}.",
        every,
        passed=every - waiting,
        waiting=waiting,
    )


def show(wanted: Filter, found: int, chosen: list[int]) -> None:
    """The actions; without a choice they are for every line of the list."""
    texts = session.texts()
    if chosen:
        said = texts.plural("{n} line chosen", "{n} lines chosen", len(chosen))
    else:
        said = texts.plural("{n} line in the list", "{n} lines in the list", found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(said)}**")
        if st.button(
            texts.text("Run again"),
            type="primary",
            icon=":material/replay:",
            key="worklist-run",
            help=texts.text("Load the lines as they are corrected now."),
        ):
            run_again(chosen or wanted)
            st.rerun()
        _suggestions(wanted)
        _assign(wanted, chosen)
        _drop(wanted, chosen)
        _take_away(wanted)
        _bring_back()


def _lines(wanted: Filter, chosen: list[int]) -> list[int]:
    return chosen or worklist.numbers(workspace.store(), workspace.actor(), wanted)


def _suggestions(wanted: Filter) -> None:
    """One click for all, where a rule is chosen: what is suggested differs by the rule."""
    count = kept.read(correct.count_suggestions, wanted) if wanted.rule else 0
    if not count:
        return
    st.button(
        session.texts().plural("Take {n} suggestion", "Take all {n} suggestions", count),
        icon=":material/auto_fix_high:",
        key="worklist-suggestions",
        on_click=_acting.attempt,
        args=(_take_suggestions, wanted),
    )


def _take_suggestions(wanted: Filter) -> None:
    lines = correct.take_suggestions(workspace.store(), workspace.actor(), wanted)
    done(
        session.texts().plural(
            "{n} line was corrected. Run it again to load it.",
            "{n} lines were corrected. Run them again to load them.",
            lines,
        )
    )


def _assign(wanted: Filter, chosen: list[int]) -> None:
    text = session.texts().text
    with (
        st.popover(text("Assign"), icon=":material/person_add:"),
        st.form("worklist-assign", border=False),
    ):
        owner = st.text_input(text("Owner"), key="worklist-owner", placeholder=text("Nobody yet"))
        due = st.date_input(text("Due"), value=None, key="worklist-due", format="YYYY-MM-DD")
        if st.form_submit_button(text("Assign"), type="primary", key="worklist-assign-yes"):
            _acting.attempt(_give, _lines(wanted, chosen), owner, due)
            st.rerun()


def _give(lines: list[int], owner: str, due: date | None) -> None:
    correct.assign(workspace.store(), workspace.actor(), lines, owner=owner, due=due)
    done(session.texts().plural("{n} line assigned.", "{n} lines assigned.", len(lines)))


def _drop(wanted: Filter, chosen: list[int]) -> None:
    texts = session.texts()
    with st.popover(texts.text("Drop"), icon=":material/delete:"):
        lines = _lines(wanted, chosen)
        said = texts.plural(
            "{n} line leaves the list for good; its file keeps it unchanged.",
            "{n} lines leave the list for good; their files keep them unchanged.",
            len(lines),
        )
        st.markdown(plain(said))
        if st.button(texts.text("Drop for good"), type="primary", key="worklist-drop"):
            _acting.attempt(_give_up, lines)
            st.rerun()


def _give_up(lines: list[int]) -> None:
    correct.drop(workspace.store(), workspace.actor(), lines)
    done(session.texts().plural("{n} line dropped.", "{n} lines dropped.", len(lines)))


def _take_away(wanted: Filter) -> None:
    """The list as a file to fill in."""
    texts = session.texts()
    made = partial(export, workspace.store(), workspace.actor(), wanted, texts)
    with st.popover(texts.text("Take away"), icon=":material/download:"):
        limit = texts.formats.number(worklist.MOST_EXPORTED)
        st.caption(
            plain(
                texts.text(
                    "Fill in the correction, owner and day, or edit the cells at the right, and "
                    "bring the file back. At most {limit} lines.",
                    limit=limit,
                )
            )
        )
        with st.container(horizontal=True):
            for name, form in (("Excel", "xlsx"), ("CSV", "csv")):
                file, key = f"quarantine.{form}", f"quarantine-{form}"
                download_button(name, file, partial(made, form), key=key, icon=None)


def _bring_back() -> None:
    texts = session.texts()
    with st.popover(texts.text("Bring back"), icon=":material/upload:"):
        file = st.file_uploader(
            texts.text("A list that was filled in"), type=["xlsx", "csv"], key="worklist-file"
        )
        if file is not None and st.button(
            texts.text("Take over and run again"), type="primary", key="worklist-bring"
        ):
            brought = _acting.attempt(_received, workspace.store(), workspace.actor(), file)
            if brought is not None:
                _after(brought)
            st.rerun()


def _received(store: Store, actor: Actor, file: UploadedFile) -> Brought:
    paths = incoming.receive(store, actor, [(file.name, file)])
    try:
        return bring_back(store, actor, paths[0])
    finally:
        incoming.discard(store, paths)


def _after(brought: Brought) -> None:
    texts = session.texts()
    parts = [
        texts.plural("{n} line corrected", "{n} lines corrected", len(brought.corrected)),
        texts.plural("{n} line assigned", "{n} lines assigned", brought.assigned),
    ]
    if brought.gone:
        parts.append(texts.plural("{n} waits no longer", "{n} wait no longer", brought.gone))
    said = texts.text("From the file: {parts}.", parts=parts)
    if brought.corrected:
        run_again(brought.corrected, said)
    else:
        done(said)
