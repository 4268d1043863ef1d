"""Red flags that people and rules raised, and the rules with their limits and their past."""

import streamlit as st

from crm_core.domain.flags import REGISTER, RULES
from crm_core.services import flags, registers
from crm_core.services.clock import utc_now
from pages._ui import filters, kept, session, workspace
from pages._ui.head import page_head
from pages._ui.register import form, places
from pages.assess import _flag_dialog, _flag_list, _flag_rules


def show() -> None:
    """The page. A look at it brings the flags up to what the store says now."""
    texts = session.texts()
    text = texts.text
    evaluated = flags.keep_up(workspace.store(), RULES, utc_now())
    register = registers.known(REGISTER)
    standing = kept.read(flags.listed)
    high = sum(one.values.get("severity") == "high" for one in standing)
    page_head(
        texts.label(register.plural),
        text("What endangers the programme: raised by rules from the data, and by people."),
        [
            texts.plural("{n} flag stands", "{n} flags stand", len(standing)),
            texts.plural("{n} of high severity", "{n} of high severity", high),
        ],
    )
    names = {"flags": text("Flags"), "rules": text("Rules")}
    form.show_done()
    if filters.choice(text("View"), names, name="view") == "rules":
        _flag_rules.show(evaluated.failed)
    else:
        _flag_list.show(register, standing)
    if key := st.query_params.get(places.ITEM):
        form.open_row(REGISTER, key, _flag_dialog.why)


show()
