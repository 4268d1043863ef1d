"""Above a goal's own fields: what the data say of it, and where it stands."""

import streamlit as st

from crm_core.domain.goals import Line
from crm_core.services import goals
from crm_core.services.initiatives import Source
from crm_core.services.registers import Row
from pages._ui import answering, kept, session
from pages._ui.plain import plain
from pages.assess import _goal_words as words
from pages.assess import _phasing_out as phasing_out


def show(row: Row) -> None:
    """Where it stands, unless it is over or nothing is known of it; and its initiatives."""
    _stands(row)
    answering.show(Source.GOAL, row.id)


def _stands(row: Row) -> None:
    one = next((one for one in kept.read(goals.placed, session.today()) if one.id == row.id), None)
    if one is None:
        return
    text, formats = session.texts().text, session.formats()
    with st.container(gap="xxsmall"):
        if one.points:
            day, value = one.points[-1]
            said = text(
                "{day}: {value}, {stands}.",
                day=formats.day(day),
                value=words.value(one, value),
                stands=words.stands(one),
            )
            until = one.line.until if isinstance(one.line, Line) else None
            forecast = words.forecast(one, until)
            if forecast:
                said += " " + text("At the pace so far: {forecast}.", forecast=forecast)
            st.markdown(plain(said))
        unread = one.unread and text("Not read from the data: {reason}", reason=words.unread(one))
        if told := [said for said in (unread, words.last_value(one, session.today())) if said]:
            st.warning(plain(" · ".join(told)), icon=":material/database_off:")
        small = [
            said for said in (words.measured_by(one), phasing_out.served(one.phasing_out)) if said
        ]
        if small:
            st.caption(plain(" · ".join(small)))
