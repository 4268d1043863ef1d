"""What an assessment comes to: overview, next steps, voices, changes, answers."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.assessments import FEWEST_UNNAMED, OPEN
from crm_core.domain.scoring import Counted, Rules
from crm_core.i18n import Texts, mark
from crm_core.services.checklists import results
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.results import Shown
from crm_core.store import Store
from pages._ui import filters, kept, session
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import form, places
from pages.assess import (
    _result_changes,
    _result_item,
    _result_overview,
    _result_steps,
    _result_table,
    _result_voices,
)
from pages.assess import _result_words as words

_PARTS: dict[str, tuple[str, Callable[[Shown, Rules], None]]] = {
    "overview": (mark("Overview"), _result_overview.show),
    "next": (mark("Next steps"), _result_steps.show),
    "voices": (mark("Voices"), _result_voices.show),
    "changes": (mark("What changed"), _result_changes.show),
    "answers": (mark("Answers"), _result_table.show),
}


def show(texts: Texts, _store: Store, assessment: Assessment) -> None:
    """The view of one assessment; its part, its rules and the open item stand in the address."""
    named = {name: texts.text(label) for name, (label, _) in _PARTS.items()}
    part = filters.choice(texts.text("Show"), named, name="part")
    rules = _rules()
    found = kept.until(("checklist",), results.of_assessment, assessment.id, rules)
    form.show_done()
    if not any(one.answered for one in found.result.items):
        empty_state(
            texts.text("Nobody has answered yet"),
            texts.text("The result shows with the first answer."),
            icon=":material/speed:",
        )
        return
    if assessment.is_unnamed:
        _withheld(found)
    _PARTS[part][1](found, rules)
    if key := st.query_params.get(places.ITEM):
        _result_item.open_item(found, key)


def _rules() -> Rules:
    """How what was not answered and what does not apply count."""
    text = session.texts().text
    options = {one.value: text(label) for one, label in words.COUNTED.items()}
    with st.popover(text("How it is counted"), icon=":material/tune:"):
        missing = filters.select(text("What was not answered"), options, name="missing")
        other = filters.select(text("What does not apply"), options, name="na")
    return Rules(Counted(missing), Counted(other))


def _withheld(found: Shown) -> None:
    """What is not shown where names are hidden, and why."""
    texts = session.texts()
    if found.assessment.state in OPEN:
        told = texts.text(
            "Names are hidden here. The result shows once it is handed in: until then each new "
            "answer could be told from the one before."
        )
    else:
        hidden = sum(one.is_withheld for one in found.result.items)
        few = texts.plural(
            "{n} question is left out, since fewer than {least} answered it.",
            "{n} questions are left out, since fewer than {least} answered them.",
            hidden,
            least=FEWEST_UNNAMED,
        )
        told = texts.text(
            "Names are hidden here. Groups of fewer than {least} are shown together with others.",
            least=FEWEST_UNNAMED,
        )
        told += f" {few}" if hidden else ""
    st.info(plain(told), icon=":material/visibility_off:")
