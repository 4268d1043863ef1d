"""Above an initiative's own fields: where it ranks, and what is wrong with it; and above the list,
how many serve no goal."""

from collections.abc import Mapping

import streamlit as st

from crm_core.domain.registers import OVER
from crm_core.i18n import ranking
from crm_core.services import priorities, registers
from crm_core.services.initiatives.making import REGISTER
from crm_core.services.priorities import Asked, Placed
from crm_core.services.registers import Row
from pages._ui import kept, session
from pages._ui.plain import plain
from pages.plan import _ranking_words as words


def show(row: Row) -> None:
    """Nothing of its place for one that is over."""
    found = kept.read(priorities.room, session.today(), Asked())
    one = next((one for one in found.placed if one.id == row.id), None)
    with st.container(gap="xxsmall"):
        if _serves_nothing(row.values):
            said = session.texts().text("It serves no goal: link the goals it is for.")
            st.warning(plain(said), icon=":material/flag:")
        if one:
            st.markdown(plain(_places(one)))
            if told := [said for said in (_delay(one, found.currency), words.remark(one)) if said]:
                st.caption(plain(" · ".join(told)))


def _places(one: Placed) -> str:
    texts = session.texts()
    said = [
        texts.text("{method}: place {place}", method=ranking.method(texts, method), place=place)
        for method, place in one.places.items()
        if place
    ]
    return " · ".join(said) or texts.text("No method can place it yet.")


def _delay(one: Placed, currency: str | None) -> str:
    """What each period costs that it waits."""
    if one.delay_cost is None:
        return ""
    texts = session.texts()
    cost = texts.formats.mark(one.delay_cost, currency)
    return texts.text("each period of delay costs {cost}", cost=cost)


def goalless() -> None:
    """How many of the initiatives that are under way serve no goal."""
    rows, _ = kept.read(registers.listed, REGISTER)
    count = sum(_serves_nothing(row.values) for row in rows)
    if count:
        said = session.texts().plural(
            "{n} initiative serves no goal: ✕ marks it in the list.",
            "{n} initiatives serve no goal: ✕ marks them in the list.",
            count,
        )
        st.warning(plain(said), icon=":material/flag:")


def _serves_nothing(values: Mapping[str, object]) -> bool:
    return not values.get("goals") and values.get("status") not in OVER
