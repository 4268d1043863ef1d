"""The result at a glance: score and light with reasons, sections, and what to do first."""

import streamlit as st

from crm_core.domain.results import OfSection
from crm_core.domain.scoring import Light, Rules
from crm_core.i18n import DASH
from crm_core.services.checklists.results import Shown
from pages._ui import filters, session
from pages._ui.cards import Card, cards
from pages._ui.charts import Bullet, bullet_chart, show_chart
from pages._ui.head import section
from pages._ui.palette import LIGHTS
from pages._ui.plain import plain
from pages.assess import _result_steps, _result_voices
from pages.assess import _result_words as words

_FIRST = 3


def show(found: Shown, rules: Rules) -> None:
    """Headline, sections, the picture of all, the first steps."""
    _headline(found, rules)
    left, right = st.columns([5, 4], gap="medium")
    with left:
        _sections(found)
    with right:
        _result_voices.radar(found)
    _reasons(found)
    if found.result.steps:
        _result_steps.some(found, _FIRST)


def _headline(found: Shown, rules: Rules) -> None:
    text, come = session.texts().text, found.result
    whole = come.whole
    wanting = {one.id for one in found.checklist.items if one.evidence}
    wanted = any(one.answered for one in come.items if one.item in wanting)
    section(_finding(found), " · ".join(words.rests_on(found, rules)))
    cards(
        [
            Card(text("Score"), words.percent(whole.share), words.light(whole.light)),
            Card(
                text("Answered"),
                words.percent(whole.coverage),
                help=text("Of what is asked, by weight; “does not apply” counts as answered."),
            ),
            Card(
                text("Shown by evidence"),
                words.percent(whole.evidence) if wanted else DASH,
                help=text("Of the answers that should be proven, by weight."),
            ),
            Card(
                text("Confidence"),
                words.sure(come.confidence),
                words.percent(come.confidence),
                help=text(
                    "What was answered, an answer without the evidence that it needs counting half."
                ),
            ),
            Card(text("Respondents"), session.formats().number(found.people)),
        ]
    )


def _finding(found: Shown) -> str:
    """The message: light, score, and what pulls it down."""
    texts, come = session.texts(), found.result
    if come.whole.share is None:
        return texts.text("Nothing can be said yet")
    told = [
        texts.text(
            "{light}: {score}",
            light=words.light(come.whole.light),
            score=words.percent(come.whole.share),
        )
    ]
    if missed := len(come.whole.missed_gates):
        told.append(texts.plural("{n} gate is missed", "{n} gates are missed", missed))
    if weak := _weakest(found):
        told.append(texts.text("weakest: {section}", section=_title(found, weak)))
    return texts.text("; ").join(told)


def _weakest(found: Shown) -> OfSection | None:
    """The section with the lowest score, where there are several and it is not green."""
    known = [one for one in found.result.sections if one.score.share is not None]
    lowest = min(known, key=lambda one: one.score.share or 0, default=None)
    is_told = lowest and len(known) > 1 and lowest.score.light is not Light.GREEN
    return lowest if is_told else None


def _title(found: Shown, one: OfSection) -> str:
    titles = {each.id: each.title for each in found.checklist.sections}
    return session.texts().label(titles[one.section])


def _sections(found: Shown) -> None:
    texts = session.texts()
    come, green = found.result, float(found.checklist.green_from)
    known = [one for one in come.sections if one.score.share is not None]
    in_order = sum(one.score.light is Light.GREEN for one in known)
    show_chart(
        bullet_chart([_bullet(found, one, green) for one in known]) if known else None,
        key="result-sections",
        finding=texts.plural(
            "{green} of {n} section is in order",
            "{green} of {n} sections are in order",
            len(known),
            green=in_order,
        ),
        counted=texts.text("Bar: score of the section; mark: from where it is green."),
        empty=(
            texts.text("No section has a score yet"),
            texts.text("It shows once something that counts was answered."),
        ),
        on_click=lambda chosen: _open_section(chosen.key),
    )


def _open_section(key: str | None) -> None:
    filters.put("part", "answers")
    filters.put("section", key)


def _bullet(found: Shown, one: OfSection, green: float) -> Bullet:
    texts, score = session.texts(), one.score
    told = [
        _title(found, one),
        f"{words.percent(score.share)} · {words.light(score.light)}",
        *(words.reason(found.checklist, why) for why in one.reasons),
        texts.text("{share} answered", share=words.percent(score.coverage)),
    ]
    return Bullet(
        one.section,
        _title(found, one),
        float(score.share or 0),
        green,
        f"{words.percent(score.share)} {words.light(score.light)}",
        "\n".join(told),
        late=False,
        colour=LIGHTS[score.light],
    )


def _reasons(found: Shown) -> None:
    """Why sections are red or amber, in words: a colour alone says nothing."""
    text = session.texts().text
    told = [
        f"- {words.light(one.score.light)} **{plain(_title(found, one))}** · "
        + plain(text("; ").join(words.reason(found.checklist, why) for why in one.reasons))
        for one in found.result.sections
        if one.reasons and one.score.light is not Light.GREY
    ]
    unanswered = [one for one in found.result.sections if one.score.light is Light.GREY]
    if told:
        with st.container(gap="small"):
            section(text("Why they are not green"))
            st.markdown("\n".join(told))
    if unanswered:
        names = session.formats().listing([_title(found, one) for one in unanswered])
        st.caption(plain(text("Without a result: {sections}", sections=names)))
