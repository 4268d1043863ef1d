"""How much each criterion weighs: said by points or by pairs, by several people."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import vendors
from crm_core.services.vendors import Comparison, Criterion, Judgement, Key, Said
from pages._ui import filters, session, workspace
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, row_for, table
from pages.assess import _vendor_words as words

_TIMES = (9, 5, 3, 2, 1)
_STEPS = tuple(float(one) for one in _TIMES) + tuple(1 / one for one in reversed(_TIMES[:-1]))
_SAVED = "_vendor-weights-saved"
_CRITERION = 200
"""Pixels of the column of criteria."""


def show() -> None:
    """The weights in force, and the form for one's own."""
    found = words.comparison()
    text = session.texts().text
    if st.session_state.pop(_SAVED, None):
        st.toast(plain(text("Saved.")), icon=":material/check:")
    _in_force(found)
    with st.container(border=True):
        _own(found)


def _in_force(found: Comparison) -> None:
    text = session.texts().text
    people = list(found.weighed_by)
    heaviest = max(found.criteria, key=lambda one: found.weights.get(one.id, 0.0))
    section(
        text(
            "{criterion} weighs most: {share}",
            criterion=heaviest.title,
            share=words.share(found.weights.get(heaviest.id, 0.0)),
        ),
        text("The mean of all who weighed; each counts alike.")
        if people
        else text("Nobody has weighed yet: the points of the list below hold, else all alike."),
    )
    rows = pd.DataFrame(
        [
            {"title": one.title, "weight": found.weights.get(one.id, 0.0)}
            | {who: found.weighed_by[who].weights.get(one.id, 0.0) for who in people}
            for one in sorted(found.criteria, key=lambda one: -found.weights.get(one.id, 0.0))
        ]
    )
    heads = [
        Column("title", text("Criterion"), width=_CRITERION),
        Column("weight", text("Weight (%)"), "percent"),
        *(Column(who, who, "percent") for who in people),
    ]
    table(rows, heads, key="vendor-weights", row=row_for(list(rows["title"]), _CRITERION))
    for who in people:
        _agreement(found, who)
    if found.unweighed:
        told = text(
            "Not counted yet: {people}. Their points are all 0, or their comparisons do not link "
            "all criteria to each other.",
            people=list(found.unweighed),
        )
        st.warning(plain(told), icon=":material/link_off:")


def _agreement(found: Comparison, who: str) -> None:
    """How far somebody's comparisons can all be meant; of points nothing is said."""
    weights, text = found.weighed_by[who], session.texts().text
    if weights.inconsistency is None:
        return
    index = round(weights.inconsistency, 2)
    if weights.is_consistent or weights.worst is None:
        said = text(
            "{who}'s comparisons fit together: consistency index {index}, at most {limit}.",
            who=who,
            index=index,
            limit=weights.limit,
        )
        st.caption(plain(said))
        return
    one, other = (words.criteria(found)[name] for name in weights.worst[:2])
    said = text(
        "{who}'s comparisons contradict each other (index {index}, at most {limit}). Look at "
        "{one} against {other} first; by all together it would be: {said}.",
        who=who,
        index=index,
        limit=weights.limit,
        one=one,
        other=other,
        said=_said(weights.worst.times, one, other),
    )
    st.warning(plain(said), icon=":material/rule:")


def _own(found: Comparison) -> None:
    text = session.texts().text
    section(
        text("Your own weights"),
        text("Points are quick; comparing two at a time shows whether you contradict yourself."),
    )
    with st.container(horizontal=True):
        who = words.evaluator()
        way = filters.choice(
            text("How"), {"points": text("Points"), "pair": text("Pairs")}, name="how"
        )
    if not who:
        st.caption(plain(text("Say who is judging: then each criterion is there to be weighed.")))
        return
    kind: Literal["points", "pair"] = "pair" if way == "pair" else "points"
    seen = words.seen(who, kind)
    with st.form(f"weights-{who}-{kind}", border=False):
        said = _pairs(found, who, seen) if kind == "pair" else _points(found.criteria, who, seen)
        if st.form_submit_button(text("Save the weights"), type="primary"):
            _save(who, kind, said)


def _points(criteria: Sequence[Criterion], who: str, seen: Said) -> dict[Key, Judgement]:
    said, grid = {}, st.grid(3, min_column_width=220, gap="small")
    for one in criteria:
        with grid:
            now = seen.get((one.id, ""))
            points = st.number_input(
                plain(one.title),
                0,
                100,
                round(now.value) if now else None,
                5,
                placeholder=session.texts().text("0 to 100"),
                key=f"points-{who}-{one.id}-{words.turn(who, 'points')}",
            )
        if points is not None:
            said[one.id, ""] = Judgement(float(points))
    return said


def _pairs(found: Comparison, who: str, seen: Said) -> dict[Key, Judgement]:
    text = session.texts().text
    said = {}
    for one, other in combinations(found.criteria, 2):
        key = (one.id, other.id)
        now = seen.get(key)
        at = min(_STEPS, key=lambda step: abs(step - now.value)) if now else None
        times = st.selectbox(
            plain(text("{one} against {other}", one=one.title, other=other.title)),
            _STEPS,
            index=_STEPS.index(at) if at is not None else None,
            format_func=lambda step, one=one, other=other: _said(step, one.title, other.title),
            placeholder=text("not compared"),
            key=f"pair-{who}-{one.id}-{other.id}-{words.turn(who, 'pair')}",
        )
        if times is not None:
            said[key] = Judgement(times)
    return said


def _said(times: float, one: str, other: str) -> str:
    text = session.texts().text
    more, factor = (one, times) if times > 1 else (other, 1 / times)
    factor = round(factor, 1)
    if factor == 1:
        return text("both alike")
    return text("{criterion} {n} times as important", criterion=more, n=factor)


def _save(who: str, kind: Literal["points", "pair"], said: Said) -> None:
    """What was said in the other way before is replaced: `seen` is that where there is some."""
    other: Literal["points", "pair"] = "points" if kind == "pair" else "pair"
    seen = words.seen(who, kind) or words.seen(who, other)
    try:
        vendors.weigh(workspace.store(), workspace.actor(), who, kind, said, seen)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    words.forget(who, kind)
    words.forget(who, other)
    st.session_state[_SAVED] = True
    st.rerun()
