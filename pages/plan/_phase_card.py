"""A phase: its days and money, its gates, what each group gets, and the work that lies in it."""

import pandas as pd
import streamlit as st

from crm_core.services.gates import Phase
from pages._ui import links, session
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import Column, table_to_open
from pages.plan import _phase_gate as gate
from pages.plan import _phase_words as words
from pages.plan import _plan_words as plan_words


def show(one: Phase, *, is_planned: bool) -> None:
    """The phase in a box of its own. `is_planned`: a plan says what lies in it; before that, and
    as long as nothing does, nobody can say that a group gets nothing."""
    with st.container(border=True, gap="small", key=f"phase-{one.id}"):
        _head(one)
        _money(one)
        grid = st.grid(2, min_column_width=270, gap="small")
        for each in one.gates:
            with grid:
                gate.show(one, each)
        if is_planned or one.initiatives:
            _groups(one)
        _initiatives(one)


def _head(one: Phase) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall"):
            st.subheader(plain(one.title), anchor=False)
            told = [one.id, words.days(one), words.status(one), words.kind(one), one.owner or ""]
            st.caption(plain(" · ".join(part for part in told if part)))
        if st.button(
            session.texts().text("Edit"),
            key=f"phase-change-{one.id}",
            type="tertiary",
            icon=":material/edit:",
        ):
            places.show_row(one.id)


def _money(one: Phase) -> None:
    """What is booked of the budget; a phase without one says so."""
    text, money = session.texts().text, plan_words.money
    if one.budget is None:
        st.markdown(plain(text("{booked} booked, no budget is set", booked=money(one.booked))))
        return
    budget = float(one.budget)
    over = one.booked - budget
    said = (
        text("{booked} booked, {over} above the budget of {budget}", booked=money(one.booked),
             over=money(over), budget=money(budget))
        if over > 0
        else text("{booked} of {budget} booked", booked=money(one.booked), budget=money(budget))
    )  # fmt: skip
    icon = ":material/warning: " if over > 0 else ""
    st.progress(min(1.0, one.booked / budget) if budget else 1.0, f"{icon}{plain(said)}")


def _groups(one: Phase) -> None:
    """What each group gets, those with nothing last and marked."""
    texts = session.texts()
    with st.container(gap="xxsmall"):
        st.caption(plain(texts.text("What each group gets")))
        for each in one.given:
            if each.what:
                what = texts.text("; ").join(each.what)
                st.markdown(f"**{plain(each.title)}** · {plain(what)}")
        if one.without:
            named = texts.formats.listing([each.title for each in one.without])
            said = texts.text("Nothing yet for {groups}", groups=named)
            st.markdown(f":material/warning: {plain(said)}")


def _initiatives(one: Phase) -> None:
    texts = session.texts()
    text = texts.text
    if not one.initiatives:
        st.caption(plain(text("No initiative lies in it yet.")))
        return
    label = texts.plural("{n} initiative", "{n} initiatives", len(one.initiatives))
    with st.expander(plain(label), icon=":material/task_alt:"):
        heads = [
            Column("title", text("Initiative"), width="large"),
            Column("starts", text("Starts"), "day", width=122),
            Column("ends", text("Ends"), "day", width=122),
            Column("cost", text("Cost once"), "number"),
            Column("booked", text("Paid by this phase"), "flag", width="small"),
        ]
        rows = pd.DataFrame(
            {
                "title": f"{each.id} {each.title}",
                "starts": each.starts,
                "ends": each.ends,
                "cost": each.cost,
                "booked": each.is_booked,
            }
            for each in one.initiatives
        )
        at = table_to_open(rows, heads, key=f"phase-rows-{one.id}")
        if at is not None:
            links.go_to_address(places.address("initiative", one.initiatives[at].id))
