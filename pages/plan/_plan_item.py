"""One initiative of a plan: why it lies there, and what moving it would do before it is agreed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services.planning import jobs, moving
from crm_core.services.planning.moving import Effect
from crm_core.services.planning.roadmap import Bar, Roadmap
from pages._ui import links, session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import form, places
from pages.plan import _plan_scenarios
from pages.plan import _plan_words as words

PARAMETER = "initiative"
_SECONDS = 30.0
_AGREED, _REFUSED = "_plan_item_agreed", "_plan_item_refused"
"""Left by a button of the dialog for its next run: that the whole page is to run again, or why
nothing was changed."""


def open_item(key: str) -> None:
    """Open an initiative: from the next run on the address names it."""
    st.query_params[PARAMETER] = key
    st.rerun()


def open_wished(found: Roadmap) -> None:
    """The dialog of the initiative that the address names, if the plan has it."""
    wished = st.query_params.get(PARAMETER)
    bar = next((one for one in found.bars if one.id == wished), None)
    if bar is not None:
        st.dialog(plain(bar.title), width="large", on_dismiss=_close)(_body)(found, bar)


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def _body(found: Roadmap, bar: Bar) -> None:
    if st.session_state.pop(_AGREED, False):
        st.rerun()
    if refused := st.session_state.pop(_REFUSED, None):
        problem_box(refused)
    texts = session.texts()
    st.markdown(f"**{plain(words.span((bar.first, bar.last)))}**")
    st.markdown(plain(words.why(found.plan, bar.reason, is_placed=True)))
    if bar.slack is not None:
        said = texts.plural(
            "It can start {n} period later without the plan ending later.",
            "It can start {n} periods later without the plan ending later.",
            bar.slack,
        )
        critical = texts.text("It is critical: the plan ends later as soon as it does.")
        held = texts.text("It cannot start later within its phase, its deadline and its people.")
        st.caption(plain(critical if bar.is_critical else said if bar.slack else held))
    links.address_link(
        places.address("initiative", bar.id), texts.text("Open the initiative"), ":material/edit:"
    )
    if bar.is_begun:
        st.caption(plain(texts.text("It has begun, so its start stays as it was.")))
    elif found.plan.header.scenario in _plan_scenarios.removed():
        st.caption(plain(texts.text("Its scenario was removed, so nothing is moved in it.")))
    else:
        _move(found, bar)


def _move(found: Roadmap, bar: Bar) -> None:
    """Another start, its effect, and the two ways to agree to it."""
    text, plan = session.texts().text, found.plan
    periods = words.told(plan)
    try:
        now = moving.pinned(workspace.store(), workspace.actor(), plan, bar.id)
    except Refused as refusal:  # it was taken out of its register meanwhile
        problem_box(refusal.problem)
        return
    start = st.selectbox(
        text("Start it instead in"), moving.starts(plan, bar.id), index=None,
        format_func=periods.period, placeholder=text("Choose a period"), key=f"move-{bar.id}",
    )  # fmt: skip
    if now != plan.programme.initiative(bar.id).pinned:
        st.caption(plain(_since(found, now)))
    if now is not None:
        st.button(
            text("Let the planner decide again"), icon=":material/lock_open:",
            on_click=_pin, args=(found, bar, None, now),
        )  # fmt: skip
    if start is None or start == bar.start:
        return
    try:
        with st.spinner(plain(text("Working out what that does"))):
            effect = moving.effect(plan, bar.id, start)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _effect(found, bar, effect)
    if effect.answer["status"] in ("optimal", "feasible"):
        st.button(
            text("Start it then, and plan anew"), type="primary", icon=":material/push_pin:",
            on_click=_pin, args=(found, bar, start, now),
        )  # fmt: skip


def _effect(found: Roadmap, bar: Bar, effect: Effect) -> None:
    texts = session.texts()
    told = words.told(found.plan)
    alone = [told.obstacle(one.code, one.params) for one in effect.obstacles]
    if alone:
        st.markdown(plain(texts.text("With all others where they are it does not fit:")))
        st.markdown("\n".join(f"- {plain(one)}" for one in alone))
    if effect.answer["status"] not in ("optimal", "feasible"):
        st.warning(plain(texts.text("Even if the others make room, no plan was found with it.")))
        for one in effect.answer["conflicts"]:
            st.markdown(f"- {plain(told.conflict(one))}")
        return
    st.markdown("\n".join(f"- {plain(one)}" for one in _changes(found, bar, effect.answer)))


def _changes(found: Roadmap, bar: Bar, answer: Mapping[str, Any]) -> list[str]:
    """What the plan would be, against what it is."""
    texts, before = session.texts(), found.plan.answer
    spans = {one["id"]: one["start"] for one in answer["items"]}
    others = [
        one.title for one in found.bars if one.id != bar.id and spans.get(one.id) != one.start
    ]
    lines = [_worth(found, answer["objective"] - before["objective"])]
    later = answer["finish"] - before["finish"]
    if later:
        lines.append(
            texts.plural("It ends {n} period later.", "It ends {n} periods later.", later)
            if later > 0
            else texts.plural("It ends {n} period earlier.", "It ends {n} periods earlier.", -later)
        )
    if others:
        which = texts.formats.listing(others[:5])
        lines.append(
            texts.plural(
                "{n} other moves: {which}", "{n} others move: {which}", len(others), which=which
            )
        )
    else:
        lines.append(texts.text("Nothing else moves."))
    return lines


def _worth(found: Roadmap, more: float) -> str:
    texts = session.texts()
    if found.plan.header.goal == "finish":
        return texts.text("The plan is made for the earliest finish.")
    if abs(more) < 0.5:
        return texts.text("The plan is worth the same.")
    if more > 0:
        return texts.text("The plan is worth {more} more.", more=words.money(more))
    return texts.text("The plan is worth {less} less.", less=words.money(-more))


def _since(found: Roadmap, now: int | None) -> str:
    """What was decided about its start since the plan was made."""
    text = session.texts().text
    if now is None:
        return text("Since this plan was made its start has been left to the planner.")
    period = words.told(found.plan).period(now)
    return text("Since this plan was made it has been pinned to {period}.", period=period)


def _pin(found: Roadmap, bar: Bar, start: int | None, seen: int | None) -> None:
    """Keep it and plan anew."""
    plan, store, actor = found.plan, workspace.store(), workspace.actor()
    text = session.texts().text
    try:
        moving.pin(store, actor, plan, bar.id, start, seen=seen)
    except Refused as refusal:
        st.session_state[_REFUSED] = refusal.problem
        return
    said = (
        text("The planner decides again when {title} starts.", title=bar.title)
        if start is None
        else text("{title} is pinned to the start that you chose.", title=bar.title)
    )
    try:
        jobs.begin(store, actor, plan.header.scenario, session.today(), plan.header.goal, _SECONDS)
    except Refused:
        said += " " + text("The plan that is being made does not know it yet; plan again after it.")
    form.say(said)
    st.query_params.pop("plan", None)
    _close()
    st.session_state[_AGREED] = True
