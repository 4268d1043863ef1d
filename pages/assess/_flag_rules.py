"""The rules that raise red flags: what each looks for, its limits, who changed them and why."""

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm_core.domain.described import Unit
from crm_core.domain.flags import Limit
from crm_core.domain.problems import Refused
from crm_core.services import flags
from crm_core.services.flags import RuleState
from pages._ui import filters, kept, session, workspace
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import form
from pages._ui.register.words import written_by
from pages._ui.tables import Column, row_for, table
from pages.assess import _flag_replay
from pages.assess import _flag_words as words

_RULE = "rule"
_KEPT = "_flag_rule_kept"
"""The rule that was changed just now."""
_ON, _OFF = "on", "off"
_RULE_ROOM, _LIMITS_ROOM = 260, 390
"""Pixels of their columns."""


def show(failed: Mapping[str, str]) -> None:
    """Every rule, and the one that is chosen; `failed`: rules whose query could not be run."""
    states = list(kept.read(flags.states).values())
    state = _list(states, failed)
    texts = session.texts()
    facts = words.severity(state.rule.severity), words.option("category", state.rule.category)
    section(texts.label(state.rule.label), " · ".join(facts))
    if reason := failed.get(state.rule.id):
        told = texts.text("This rule could not be evaluated: {reason}", reason=reason)
        st.error(plain(told), icon=":material/error:")
    _limits(state)
    _history(state)
    _flag_replay.show(state)


def _list(states: list[RuleState], failed: Mapping[str, str]) -> RuleState:
    """The rules, those with most flags first; the one that was clicked, else that of the address,
    else the first."""
    text = session.texts().text
    standing = [one.rule.id for one in kept.read(flags.listed) if one.rule]
    states = sorted(states, key=lambda one: -standing.count(one.rule.id))
    heads = [
        Column("flags", text("Flags now"), "number", width=85),
        Column("rule", text("Rule"), width=_RULE_ROOM),
        Column("severity", text("Severity"), width=95),
        Column("category", text("Category"), width=90),
        Column("limits", text("Limits"), width=_LIMITS_ROOM),
        Column("state", text("State"), width=55),
    ]
    rows = pd.DataFrame(
        {
            "rule": session.texts().label(one.rule.label),
            "flags": standing.count(one.rule.id),
            "severity": words.severity(one.rule.severity),
            "category": words.option("category", one.rule.category),
            "limits": words.limits(one),
            "state": _state(one, failed),
        }
        for one in states
    )
    rules, limits = list(rows["rule"]), list(rows["limits"])
    row = max(row_for(rules, _RULE_ROOM), row_for(limits, _LIMITS_ROOM))
    at = table(rows, heads, key="flag-rules", select=True, height=440, row=row)
    if at is not None:
        filters.put(_RULE, states[at].rule.id)
    asked = st.query_params.get(_RULE)
    return next((one for one in states if one.rule.id == asked), states[0])


def _state(state: RuleState, failed: Mapping[str, str]) -> str:
    text = session.texts().text
    if state.rule.id in failed:
        return text("cannot be run")
    return text("off") if state.is_off else text("on")


def _limits(state: RuleState) -> None:
    """The limits to change and the switch, with the reason that goes with either."""
    texts, rule = session.texts(), state.rule
    text = texts.text
    if st.session_state.pop(_KEPT, None) == rule.id:
        # The next change has a reason of its own. Of a deleted key the browser hears nothing.
        st.session_state[_reason(state)] = ""
    with st.form(f"flag-rule-{rule.id}", border=True):
        grid = st.grid(2, min_column_width=240)
        chosen = {}
        for one in rule.thresholds:
            label = texts.label(one.label)
            with grid:
                chosen[one.name] = _limit(one, one.name, label, state)
            if one.clears in state.limits:
                label = texts.text("{label}: a flag clears at", label=label)
                with grid:
                    chosen[one.clears] = _limit(one, one.clears, label, state)
        with grid:
            switch = st.segmented_control(
                text("The rule is"),
                [_ON, _OFF],
                default=_OFF if state.is_off else _ON,
                format_func={_ON: text("on"), _OFF: text("off")}.__getitem__,
                required=True,
                key=f"flag-off-{rule.id}",
            )
        reason = st.text_input(
            text("Reason"),
            placeholder=text("Why it is changed; kept with who and when"),
            key=_reason(state),
        )
        if st.form_submit_button(text("Save"), type="primary", shortcut="Ctrl+Enter"):
            _choose(state, chosen, reason, is_off=switch == _OFF)


def _limit(one: Limit, name: str, label: str, state: RuleState) -> Decimal:
    """A limit as its unit is typed: a share in percent."""
    scale = 100 if one.unit is Unit.RATIO else 1
    label += " (%)" if scale > 1 else ""
    typed = st.number_input(
        plain(label),
        min_value=float(one.least) * scale,
        max_value=float(one.most) * scale,
        value=float(state.limits[name]) * scale,
        step=1.0,
        format="%g",
        key=f"flag-limit-{state.rule.id}-{name}",
    )
    return Decimal(str(round(typed, 6))) / scale


def _choose(state: RuleState, chosen: Mapping[str, Decimal], reason: str, *, is_off: bool) -> None:
    store, actor = workspace.store(), workspace.actor()
    try:
        flags.choose(store, actor, state.rule.id, chosen, reason, is_off=is_off)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.session_state[_KEPT] = state.rule.id
    form.say(session.texts().text("The rule is kept; the flags follow it from now on."))
    st.rerun()


def _reason(state: RuleState) -> str:
    """The key of the field for why a rule is changed."""
    return f"flag-reason-{state.rule.id}"


def _history(state: RuleState) -> None:
    """Who changed the rule, when and why."""
    text = session.texts().text
    for one in kept.read(flags.choices, state.rule.id):
        limits = words.limits(RuleState(state.rule, one.limits))
        what = text("switched off") if one.is_off else limits
        by = written_by(one.by, one.at)
        st.caption(plain(text("{by}: {what}. Why: {reason}", by=by, what=what, reason=one.reason)))
