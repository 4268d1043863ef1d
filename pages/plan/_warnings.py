"""What the plan forgets, each with what shows it and the red flag that says so."""

import streamlit as st

from crm_core.services import planning
from crm_core.services.planning import Warned
from pages._ui import links, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.register import places
from pages.plan._plan_kept import read


def found() -> list[Warned]:
    """The warnings of today."""
    return read(planning.planning_warnings, session.today())


def show() -> None:
    """The warnings; nothing where the plan forgets nothing."""
    texts = session.texts()
    warned = found()
    if not warned:
        return
    with st.container(gap="small"):
        section(texts.plural("The plan lacks {n} thing", "The plan lacks {n} things", len(warned)))
        for one in warned:
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f":material/warning: **{plain(one.title(texts))}**")
                st.markdown(plain(one.why(texts)))
                if one.flag:
                    address = places.address("red_flag", one.flag)
                    links.address_link(address, texts.text("Red flag"), ":material/flag:")
