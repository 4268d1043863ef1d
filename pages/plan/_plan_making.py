"""Making a plan: for what, how long to look, how far it is, what came of it."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.planning.build import Objective
from crm_core.services import planning
from crm_core.services.planning import jobs
from crm_core.services.planning.jobs import Job
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.plan import _plan_words as words

_POLLED = 1.0
"""Seconds between two looks."""
_TOLD = "_plan_told"
_SECONDS = (10, 30, 60, 300)


def offer(scenario: str, *, is_first: bool) -> None:
    """The button that makes a plan, and behind it what it is for and how long it may take."""
    text = session.texts().text
    label = text("Make a plan") if is_first else text("Plan anew")
    with st.popover(label, icon=":material/route:", type="primary" if is_first else "secondary"):
        goals: dict[Objective, str] = {
            "value": text("The most value"),
            "finish": text("The earliest finish of everything"),
        }
        goal = st.radio(text("For"), list(goals), format_func=lambda one: goals[one])
        seconds = st.select_slider(
            text("Search at most"), _SECONDS, 30, format_func=lambda n: text("{n} s", n=n)
        )
        if st.button(text("Start"), type="primary", key="plan-start"):
            _begin(scenario, goal, seconds)


def _begin(scenario: str, goal: Objective, seconds: float) -> None:
    try:
        jobs.begin(
            workspace.store(), workspace.actor(), scenario, session.today(), goal, float(seconds)
        )
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.query_params.pop("plan", None)
    st.rerun()


def show(job: Job) -> None:
    """A search under way: the best plan so far, how good a plan could be at most, and a stop."""
    with st.container(border=True):
        st.fragment(_look, run_every=_POLLED)(job)
        st.caption(
            plain(
                session.texts().text(
                    "You may leave this page; the search goes on, and you find its plan here."
                )
            )
        )


def _look(job: Job) -> None:
    if not job.busy:
        st.rerun()
    text = session.texts().text
    spent = text("{n} s", n=round(job.seconds))
    st.progress(min(1.0, job.seconds / job.limit), plain(f"{_best(job)} · {spent}"))
    if job.stopping.is_set():
        st.caption(plain(text("Stopping; the best plan so far is kept …")))
    else:
        st.button(
            text("Stop and keep the best"), icon=":material/stop:", key="plan-stop",
            on_click=jobs.stop, args=(job,),
        )  # fmt: skip


def _best(job: Job) -> str:
    text = session.texts().text
    if job.best is None or job.bound is None:
        return text("Looking for a first plan")
    if job.objective == "finish":
        return text(
            "Best so far ends after {n} periods; none ends before {bound}",
            n=round(job.best),
            bound=round(job.bound),
        )
    return text(
        "Best so far is worth {best}; none is worth more than {bound}",
        best=words.money(job.best),
        bound=words.money(job.bound),
    )


def show_done(job: Job | None) -> None:
    """What a search that is over came to: to each reader once, and to who comes later too."""
    if job is None or job.busy or st.session_state.get(_TOLD) == job.started:
        return
    st.session_state[_TOLD] = job.started
    if job.problem:
        problem_box(job.problem)
        return
    assert job.plan_id is not None
    plan = planning.whole(workspace.store(), workspace.actor(), job.plan_id)
    if plan.header.status in ("optimal", "feasible"):
        st.success(plain(quality(plan)), icon=":material/check_circle:")
    else:
        nothing_fits(plan)


def quality(plan: planning.Plan) -> str:
    """How sure it is that no plan is better."""
    texts, answer = session.texts(), plan.answer
    if plan.header.status == "optimal":
        return texts.text("It is proved that no plan is better.")
    best, bound = answer["objective"], answer["bound"]
    gap = abs(bound - best) / max(1.0, abs(best))
    return texts.text(
        "The best plan found in time; a better one could be {gap} better at most.",
        gap=texts.formats.percent(gap),
    )


def nothing_fits(plan: planning.Plan) -> None:
    """That there is no plan, and which constraints stand against each other."""
    text = session.texts().text
    if plan.header.status != "infeasible":
        st.warning(
            plain(text("No plan was found in time. Search longer, or ask for less.")),
            icon=":material/hourglass_disabled:",
        )
        return
    with st.container(border=True):
        title = plain(text("Nothing fits"))
        st.markdown(f"#### :material/block: {title}")
        conflicts = plan.answer["conflicts"]
        said = text("These cannot all hold. Change one of them, then plan anew.")
        unknown = text("What stands against each other was not found in time. Search longer.")
        st.markdown(plain(said if conflicts else unknown))
        for one in conflicts:
            st.markdown(f"- {plain(words.conflict(plan, one))}")
