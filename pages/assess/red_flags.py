"""Red flags that people and rules raised, and the rules with their limits and their past."""

import streamlit as st

from crm_core.domain.flags import REGISTER, RULES
from crm_core.domain.problems import Refused
from crm_core.services import flags, registers
from crm_core.services.clock import utc_now
from crm_core.services.flags import Evaluation
from pages._ui import filters, kept, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import problem_box
from pages._ui.register import form, places
from pages.assess import _flag_dialog, _flag_list, _flag_rules


def show() -> None:
    """The page. A look at it brings the flags up to what the store says now."""
    texts = session.texts()
    text = texts.text
    evaluated = _evaluated()
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


def _evaluated() -> Evaluation:
    """What the rules say now; where it cannot be kept (a full disk) the page shows what is."""
    try:
        return flags.keep_up(workspace.store(), RULES, utc_now())
    except Refused as refusal:
        problem_box(refusal.problem)
        return Evaluation()


show()
