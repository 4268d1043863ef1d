"""One question: what was answered, by whom, with which note and evidence."""

import streamlit as st

from crm_core.domain.checklists import CHOSEN
from crm_core.domain.problems import Refused
from crm_core.domain.results import OfItem
from crm_core.i18n import DASH
from crm_core.services.checklists import evidence, results_answers
from crm_core.services.checklists.evidence import Evidence
from crm_core.services.checklists.results import Shown
from crm_core.services.checklists.results_answers import Detail, Said
from pages._ui import filters, kept, session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.register import words as register_words
from pages.assess import _result_words as words

_MOST = 30


def open_item(found: Shown, key: str) -> None:
    """Open the dialog of a question of the assessment; nothing for one that it has not."""
    one = next((each for each in found.result.items if each.item == key), None)
    if one is None:
        return
    label = session.texts().label
    title = next(label(part.title) for part in found.checklist.sections if part.id == one.section)
    st.dialog(plain(title), width="large", on_dismiss=_closed)(_body)(found, one)


def _closed() -> None:
    filters.clear(places.ITEM)


def _body(found: Shown, one: OfItem) -> None:
    texts = session.texts()
    try:
        detail = kept.until(("checklist",), results_answers.of_item, found.assessment.id, one.item)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.markdown(f"##### {plain(texts.label(detail.item.text))}")
    st.caption(plain(" · ".join(_facts(one, detail))))
    if detail.is_withheld:
        st.info(
            plain(texts.text("Too few answered for this to be shown without names.")),
            icon=":material/visibility_off:",
        )
        return
    if detail.item.kind in CHOSEN:
        _options(detail)
    _said(detail)
    for step in (each for each in found.result.steps if each.item == one.item):
        what = detail.item.leads_to[step.place]
        st.markdown(f":material/arrow_forward: {plain(texts.label(what.recommendation))}")


def _facts(one: OfItem, detail: Detail) -> list[str]:
    texts = session.texts()
    voices = [f"{words.group(each)} {words.percent(share)}" for each, share in one.by_group.items()]
    return [
        texts.text("score {score}", score=words.percent(one.share)),
        texts.text("{n} of {all} people answered", n=one.answered, all=one.asked),
        *(voices if len(voices) > 1 else []),
        texts.plural("{n} piece of evidence", "{n} pieces of evidence", detail.proofs),
    ]


def _options(detail: Detail) -> None:
    """How many chose which answer."""
    label = session.texts().label
    told = [
        f"- **{detail.chosen[one.code] or DASH}** · {plain(label(one.label))}"
        for one in detail.item.options
    ]
    st.markdown("\n".join(told))


def _said(detail: Detail) -> None:
    """Who said what, with notes and evidence; without names the notes alone."""
    texts = session.texts()
    told = [one for one in detail.said if one.who or one.note or not detail.item.options]
    for one in told[:_MOST]:
        with st.container(border=True, gap="xxsmall"):
            if one.who:
                who = words.by(one)
                when = register_words.moment(one.at) if one.at else ""
                st.caption(plain(f"{who} · {when}"))
            st.markdown(plain(words.answer(detail.item, one)))
            if one.note:
                st.markdown(f":material/notes: {plain(one.note)}")
            _evidence(one)
    if len(told) > _MOST:
        st.caption(plain(texts.text("The first {n} of {all} are shown.", n=_MOST, all=len(told))))


def _evidence(one: Said) -> None:
    texts = session.texts()
    for proof in one.evidence:
        until = texts.text("until {day}", day=proof.expires) if proof.expires else ""
        said = f"{plain(proof.title)} {plain(until)}".strip()
        if proof.link:
            st.link_button(said, proof.link, icon=":material/link:", type="tertiary")
        else:
            _file(proof, said)


def _file(proof: Evidence, said: str) -> None:
    """Whoever approves looks at what shows an answer."""
    store, actor = workspace.store(), workspace.actor()
    st.download_button(
        said,
        lambda: evidence.content(store, actor, proof.sha256),
        proof.title,
        key=f"result-evidence-{proof.id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )
