"""Every question with what was said to it."""

import pandas as pd
import streamlit as st

from crm_core.domain.results import OfItem
from crm_core.domain.scoring import Rules
from crm_core.i18n import DASH
from crm_core.services.checklists.results import Shown
from pages._ui import filters, session
from pages._ui.head import section
from pages._ui.register import places
from pages._ui.tables import Column, row_for, table_to_open
from pages.assess import _result_words as words

_QUESTION = 380
"""Pixels of the column of questions."""
_ALL = ""


def show(found: Shown, _rules: Rules) -> None:
    """The questions of the section that is chosen; one opens with its answers."""
    texts = session.texts()
    text, label = texts.text, texts.label
    sections = {one.id: label(one.title) for one in found.checklist.sections}
    with st.container(horizontal=True):
        wanted = filters.select(
            text("Section"), {_ALL: text("All sections")} | sections, name="section", width=300
        )
    items = [one for one in found.result.items if one.asked and wanted in (_ALL, one.section)]
    asked = {one.id: label(one.text) for one in found.checklist.items}
    heads = [
        Column("question", text("Question"), width=_QUESTION),
        Column("share", text("Score"), "percent", width=80),
        Column("range", text("Lowest to highest"), "written", width=140),
        Column("people", text("Answered"), "written", width=95),
        Column("gap", text("Voices apart"), "written", width=110),
        Column("evidence", text("Evidence"), "number", width=90),
        Column("section", text("Section"), width="medium"),
    ]
    rows = pd.DataFrame(
        [
            _row(found, one) | {"question": asked[one.item], "section": sections[one.section]}
            for one in items
        ],
        columns=[one.name for one in heads],
    )
    with st.container(gap="small"):
        answered = sum(one.answered > 0 for one in items)
        section(
            text("{answered} of {n} questions are answered", answered=answered, n=len(items)),
            text("Choose one to see its answers."),
        )
        row = row_for(list(rows["question"]), _QUESTION)
        at = table_to_open(rows, heads, key="result-items", row=row)
    if at is not None:
        places.show_row(items[at].item)


def _row(found: Shown, one: OfItem) -> dict[str, object]:
    gap = next((each for each in found.result.gaps if each.item == one.item), None)
    several = one.counted > 1 and one.lowest is not None
    return {
        "share": None if one.share is None else float(one.share),
        "range": f"{words.percent(one.lowest)} – {words.percent(one.highest)}" if several else DASH,
        "people": session.texts().text("{n} of {all}", n=one.answered, all=one.asked),
        "gap": words.points(gap.distance) if gap else DASH,
        "evidence": one.shown or None,
    }
