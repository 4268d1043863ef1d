"""What a widget does to the import, with what it was refused for shown at the top of the page."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from crm_core.domain.problems import Problem, Refused
from crm_core.services.imports import jobs
from crm_core.services.imports.jobs import ImportJob
from pages._ui.notices import problem_box

_PROBLEM = "_import_problem"


def attempt(act: Callable[..., Any], *args: Any) -> Any:
    """Do it; a refusal is kept for the run that follows. None if it was refused."""
    try:
        return act(*args)
    except Refused as refusal:
        st.session_state[_PROBLEM] = refusal.problem
        return None


def change(job: ImportJob, act: Callable[..., Any], *args: Any) -> Any:
    """Correct the proposal of the import."""
    return attempt(jobs.change, job, act, *args)


def refused() -> bool:
    """Whether an action of this run was refused."""
    return _PROBLEM in st.session_state


def show_problem() -> None:
    """Why the last action was refused, once."""
    problem = st.session_state.pop(_PROBLEM, None)
    if isinstance(problem, Problem):
        problem_box(problem)
