"""The roadmap: what comes when and why, told, compared, followed."""

from collections.abc import Callable

import streamlit as st

from crm_core.services import planning
from crm_core.services.planning import jobs
from pages._ui import filters, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.register import form
from pages.plan import (
    _exports,
    _plan_making,
    _plan_progress,
    _plan_scenarios,
    _plan_shown,
    _plan_story,
    _risk,
)
from pages.plan import _plan_words as words
from pages.plan._plan_kept import read

_VIEWS: dict[str, Callable[[planning.Header], None]] = {
    "plan": _plan_shown.show,
    "story": _plan_story.show,
    "scenarios": _plan_scenarios.show,
    "progress": _plan_progress.show,
    "risk": lambda header: _risk.show(read(planning.whole, header.plan_id)),
}


def page() -> None:
    """The page: a scenario, its newest plan, and one of several views of it."""
    text = session.texts().text
    headers = read(planning.listed)
    scenario = _scenario_of_address(headers)
    shown = _newest(headers, scenario)
    page_head(
        text("Roadmap"),
        text("What comes when, and why then: the most value, soonest, at the least risk."),
        words.facts(shown) if shown else (),
    )
    form.show_done()
    with filters.filter_row():
        _plan_scenarios.choose()
        view = filters.choice(text("View"), _names(), name="view")
    job = jobs.current(workspace.store(), scenario)
    running = job if job is not None and job.busy else None
    if running is not None:
        _plan_making.show(running)
    else:
        _plan_making.show_done(job)
    with st.container(horizontal=True):
        if running is None and scenario not in _plan_scenarios.removed():
            _plan_making.offer(scenario, is_first=shown is None)
        if shown is not None:
            _exports.show(read(planning.whole, shown.plan_id))
    seen = shown or next(iter(headers), None) if view == "scenarios" else shown
    if seen is not None:
        _VIEWS[view](seen)
    elif running is None:
        _empty()


def _scenario_of_address(headers: list[planning.Header]) -> str:
    """The scenario that the address names, else that of the plan that it names."""
    named = _named(headers)
    if named and _plan_scenarios.PARAMETER not in st.query_params:
        st.query_params[_plan_scenarios.PARAMETER] = named.scenario
    wished = st.query_params.get(_plan_scenarios.PARAMETER, "")
    return wished if wished in _plan_scenarios.titles() | _plan_scenarios.removed() else ""


def _newest(headers: list[planning.Header], scenario: str) -> planning.Header | None:
    """The plan that the address names, else the newest one of the scenario that has something."""
    of_it = [
        one for one in headers if one.scenario == scenario and one.status in ("optimal", "feasible")
    ]
    named = _named(of_it)
    return named or next(iter(of_it), None)


def _named(headers: list[planning.Header]) -> planning.Header | None:
    wished = st.query_params.get("plan", "")
    return next((one for one in headers if str(one.plan_id) == wished), None)


def _names() -> dict[str, str]:
    text = session.texts().text
    return {
        "plan": text("Plan"),
        "story": text("Story"),
        "scenarios": text("Scenarios"),
        "progress": text("Progress"),
        "risk": text("Risk"),
    }


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("There is no plan yet"),
        text(
            "The planner reads initiatives, capacities, phases, IT windows and change loads from "
            "their lists, decides what to do and when, and says why. Make the first plan above."
        ),
        icon=":material/map:",
    )


page()
