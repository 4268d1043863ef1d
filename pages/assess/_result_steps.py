"""What to do next, in order of effect, and what in the store speaks against the answers."""

from fractions import Fraction

import streamlit as st

from crm_core.domain.flags import REGISTER as RED_FLAG
from crm_core.domain.pain_points import REGISTER as PAIN_POINT
from crm_core.domain.results import Step
from crm_core.domain.scoring import Rules
from crm_core.services import cross_check
from crm_core.services.checklists.results import Shown
from crm_core.services.cross_check import Checked, LooseEnd
from crm_core.services.initiatives import Source
from pages._ui import answering, filters, kept, links, session
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import places
from pages.assess import _flag_words
from pages.assess import _result_acts as acts
from pages.assess import _result_words as words

_MOST = 8


def show(found: Shown, _rules: Rules) -> None:
    """All steps, and the contradictions."""
    text, steps = session.texts().text, found.result.steps
    if steps:
        some(found, _MOST)
        if len(steps) > _MOST and st.toggle(text("Show all {n}", n=len(steps)), key="all-steps"):
            _steps(found, steps[_MOST:], _MOST)
    else:
        empty_state(
            text("Nothing has to be done"),
            text("No answer leads to a recommendation."),
            icon=":material/task_alt:",
        )
    _contradictions(found)


def some(found: Shown, most: int) -> None:
    """The first steps."""
    steps = found.result.steps[:most]
    with st.container(gap="small"):
        section(
            _finding(found, steps),
            session.texts().text(
                "What mends a missed gate stands first, then what would lift the score most."
            ),
        )
        _steps(found, steps, 0)


def _finding(found: Shown, steps: tuple[Step, ...]) -> str:
    """What the first steps would bring; items count once, however much follows from them."""
    texts, now = session.texts(), found.result.whole.share or Fraction(0)
    gain = sum({one.item: one.gain for one in steps}.values(), Fraction(0))
    return texts.plural(
        "The first step would lift the score from {now} to {then}",
        "The first {n} steps would lift the score from {now} to {then}",
        len(steps),
        now=words.percent(now),
        then=words.percent(now + gain),
    )


def _steps(found: Shown, steps: tuple[Step, ...], before: int) -> None:
    raised = acts.raised(found.assessment.id)
    for number, one in enumerate(steps, start=before + 1):
        _step(found, one, number, raised)


def _step(found: Shown, one: Step, number: int, raised: dict[str, str]) -> None:
    label = session.texts().label
    item = next(each for each in found.checklist.items if each.id == one.item)
    what = item.leads_to[one.place]
    title = label(what.flag or what.recommendation)
    key = f"{one.item}-{one.place}"
    with st.container(border=True, gap="small", key=f"step-{key}"):
        st.markdown(f"**{number}. {plain(label(what.recommendation))}**")
        st.caption(plain(" · ".join(_facts(found, one))))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                session.texts().text("See the answers"),
                icon=":material/forum:",
                key=f"see-{key}",
                type="tertiary",
                on_click=filters.put,
                args=(places.ITEM, one.item),
            )
            told = f"{found.assessment.id} · {label(item.text)}\n{label(what.recommendation)}"
            known = raised.get(one.item) if what.flag else None
            acts.offer(RED_FLAG, title, told, severity=what.severity, key=key, known=known)
            acts.offer(PAIN_POINT, title, told, severity=what.severity, key=key)
            called = label(what.initiative or what.recommendation)
            made_from = f"{found.assessment.id}/{one.item}/{one.place}"
            answering.ways(Source.ANSWER, made_from, called, is_short=True)


def _facts(found: Shown, one: Step) -> list[str]:
    texts = session.texts()
    item = next(each for each in found.checklist.items if each.id == one.item)
    what = item.leads_to[one.place]
    return [
        *([texts.text("✕ gate missed")] if one.is_gate else []),
        texts.text("+{points}", points=words.points(one.gain)),
        texts.label(item.text),
        texts.text("{told} of {people} say so", told=one.says.told, people=one.says.people),
        *(
            [texts.text("initiative: {title}", title=texts.label(what.initiative))]
            if what.initiative
            else []
        ),
    ]


def _contradictions(found: Shown) -> None:
    """What the rest of the store says otherwise."""
    texts = session.texts()
    checked = kept.until(
        (*kept.AREAS, "checklist"),
        cross_check.of_assessment,
        session.today(),
        found.assessment.id,
    )
    if not checked:
        return
    count = sum(one.count for one in checked)
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} answer is contradicted by the rest of the company's records",
                "{n} answers are contradicted by the rest of the company's records",
                count,
            ),
            texts.text("Either the answer is not true, or the record is not up to date."),
        )
        for one in checked:
            for end in one.ends:
                _contradiction(one, end)


def _contradiction(one: Checked, end: LooseEnd) -> None:
    texts = session.texts()
    said = one.sentence(texts, end)
    with st.container(border=True, gap="small"):
        st.markdown(f"{_flag_words.severity(one.check.severity)} **{plain(said)}**")
        st.caption(plain(f"{texts.label(one.check.why)} {texts.label(one.check.advice)}"))
        with st.container(horizontal=True, vertical_alignment="center"):
            if one.check.against:
                to = one.against(end)
                links.address_link(to, texts.text("Look at the records"), ":material/search:")
            acts.offer(
                RED_FLAG,
                said,
                f"{texts.label(one.check.why)} {texts.label(one.check.advice)}",
                severity=one.check.severity,
                key=f"{one.check.id}-{end.facts['item']}",
            )
