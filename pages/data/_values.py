"""What a column holds: its values, those that are probably one, and steps made from them."""

from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n import cleaning, mark
from crm_core.pipeline.clusters import METHODS, Cluster, Method
from crm_core.services.imports import steps
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.steps import Values
from pages._ui import session
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table_of_several
from pages.data import _acting, _step_form

METHOD_WORDS = {
    "signs": mark("Same letters, other signs"),
    "words": mark("Same words, other order"),
    "sound": mark("Sound alike (pinyin)"),
    "close": mark("A letter apart"),
}
_CLUSTERS = 30
_SHOWN = 1000
_ADDED = "_values_added"


def dialog(job: ImportJob, place: int) -> None:
    """Open the dialog for a sheet."""
    title = session.texts().text("Values of a column")
    st.dialog(title, width="large", on_dismiss="rerun")(_body)(job, place)


def _body(job: ImportJob, place: int) -> None:
    assert job.upload
    text = session.texts().text
    table = job.upload.tables[place]
    _acting.show_problem()
    _show_added()
    titles = list(table.plan.titles().values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        column = st.selectbox(text("Column"), titles, key="values-column", width=320)
        search = st.text_input(text("Values that contain"), key="values-search", width=240)
    tabs = (text("Probably one value"), text("All values"), text("Other steps"))
    chosen = st.segmented_control(
        text("View"), tabs, default=tabs[0], key="values-view", label_visibility="collapsed"
    )
    if chosen == tabs[2]:
        _other(job, place, column)
        return
    method = _method() if chosen != tabs[1] else METHODS[0]
    try:
        seen = _seen(_key(job, place, column, method, search), job, place)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.caption(plain(_counted(seen)))
    if chosen == tabs[1]:
        _all(job, place, column, seen)
    else:
        _clusters(job, place, column, seen.clusters)


def _method() -> Method:
    text = session.texts().text
    return st.selectbox(
        text("How alike"),
        METHODS,
        format_func=lambda method: text(METHOD_WORDS[method]),
        key="values-method",
        width=320,
    )


def _key(job: ImportJob, place: int, column: str, method: str, search: str) -> tuple[Any, ...]:
    assert job.upload
    plan = job.upload.tables[place].plan.model_dump_json()
    return job.upload.folder.name, place, column, method, search, plan


@st.cache_data(max_entries=32, show_spinner=False)
def _seen(key: tuple[Any, ...], _job: ImportJob, _place: int) -> Values:
    assert _job.upload
    _, _, column, method, search, _ = key
    table = _job.upload.tables[_place]
    return steps.values(_job.store, _job.actor, table, column, method, search)


def _counted(seen: Values) -> str:
    texts = session.texts()
    facet = seen.facet
    parts = [
        texts.plural("{n} line", "{n} lines", facet.lines),
        texts.plural("{n} different value", "{n} different values", facet.distinct),
        texts.plural("{n} blank", "{n} blank", facet.blank),
    ]
    return " · ".join(parts)


def _clusters(job: ImportJob, place: int, column: str, found: list[Cluster]) -> None:
    texts = session.texts()
    if not found:
        st.info(texts.text("No values are alike in this way."), icon=":material/check:")
    for number, cluster in enumerate(found[:_CLUSTERS]):
        with st.container(border=True):
            _cluster(job, place, column, cluster, number)
    if len(found) > _CLUSTERS:
        more = len(found) - _CLUSTERS
        st.caption(plain(texts.plural("{n} more after these", "{n} more after these", more)))


def _cluster(job: ImportJob, place: int, column: str, cluster: Cluster, number: int) -> None:
    text = session.texts().text
    counted = dict(cluster.values)
    key = f"values-{column}-{number}-{hash(cluster.values)}"
    chosen = st.pills(
        text("These values"),
        list(counted),
        default=list(counted),
        selection_mode="multi",
        format_func=lambda value: f"{plain(value)} · {counted[value]}",
        key=f"{key}-chosen",
        label_visibility="collapsed",
    )
    _make_all(job, place, column, chosen, cluster.values[0][0], key)


def _make_all(
    job: ImportJob, place: int, column: str, chosen: list[str], proposed: str, key: str
) -> None:
    """A field for the value that all of the chosen ones become; left blank, they become blank."""
    assert job.upload
    text = session.texts().text
    table = job.upload.tables[place]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(text("Make all of these"), value=proposed, key=f"{key}-value", width=320)
        st.button(
            text("Make them one"),
            key=f"{key}-make",
            disabled=not chosen,
            on_click=lambda: _acting.change(
                job,
                steps.make_all,
                table,
                column,
                list(chosen),
                st.session_state[f"{key}-value"].strip() or None,
            ),
        )


def _all(job: ImportJob, place: int, column: str, seen: Values) -> None:
    assert job.upload
    text = session.texts().text
    rows = pd.DataFrame(seen.facet.values[:_SHOWN], columns=["value", "lines"])
    heads = [
        Column("value", text("Value"), width="large"),
        Column("lines", text("Lines"), "number"),
    ]
    chosen = table_of_several(rows, heads, key=f"values-all-{column}", height=320)
    values = [str(rows["value"][at]) for at in chosen]
    proposed = values[0] if values else ""
    _make_all(job, place, column, values, proposed, f"values-all-{column}-{proposed}")
    table = job.upload.tables[place]
    blank: list[str | None] = [None]
    drop = {"do": "drop_lines", "column": column, "values": values or blank}
    st.button(
        text("Leave out these lines") if values else text("Leave out lines without a value"),
        type="tertiary",
        icon=":material/filter_alt_off:",
        key=f"values-drop-{column}",
        on_click=_acting.change,
        args=(job, steps.add, table, drop),
    )


def _other(job: ImportJob, place: int, column: str) -> None:
    """A form for the steps that are not made from values."""
    assert job.upload
    text = session.texts().text
    table = job.upload.tables[place]
    titles = list(table.plan.titles().values())
    do = st.selectbox(
        text("Step"),
        list(_step_form.KINDS),
        format_func=lambda code: text(_step_form.KINDS[code]),
        key="values-do",
    )
    step = {"do": do, "column": column, **_step_form.fields(do, None, titles, "values")}
    # No callback: it would be given what the fields said before this run.
    if st.button(
        text("Add the step"),
        type="primary",
        disabled=not _step_form.complete(step),
        key="values-add",
    ):
        _acting.change(job, steps.add, table, step)
        if not _acting.refused():
            st.session_state[_ADDED] = cleaning.step(session.texts(), table.plan.steps[-1])
        st.rerun(scope="fragment")


def _show_added() -> None:
    """The step that was just added: the list of them is behind the dialog."""
    if said := st.session_state.pop(_ADDED, None):
        st.success(plain(said), icon=":material/playlist_add_check:")
