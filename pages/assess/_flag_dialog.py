"""Above a flag's own fields: why a rule raised it, where that is seen, and what would clear it."""

import streamlit as st

from crm_core.services import flags
from crm_core.services.initiatives import Source
from crm_core.services.registers import Row
from pages._ui import answering, links, session, workspace
from pages._ui.plain import plain
from pages.assess import _flag_words as words


def why(row: Row) -> None:
    """What the rule says of the flag, unless a person raised it; and what is done about it."""
    _rule(row)
    answering.show(Source.RED_FLAG, row.id)


def _rule(row: Row) -> None:
    one = flags.flag(workspace.store(), workspace.actor(), row.id)
    if one.rule is None or one.address is None:
        return
    texts = session.texts()
    text = texts.text
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(one.title(texts))}**")
        st.markdown(plain(one.why(texts)))
        st.markdown(plain(one.clears(texts)))
        with st.container(horizontal=True):
            links.address_link(one.address, text("Look at the evidence"), ":material/search:")
            to_rule = f"red-flags?view=rules&rule={one.rule.id}"
            links.address_link(to_rule, text("The rule and its limits"), ":material/rule:")
        raised = session.formats().day(session.local(one.raised_at))
        facts = [
            words.severity(row.values.get("severity")),
            text("raised {day}", day=raised),
            texts.label(one.rule.label),
        ]
        st.caption(plain(" · ".join(facts)))
