"""Checklists in the reader's words."""

from datetime import date
from decimal import Decimal

from crm_core.domain.assessments import State
from crm_core.domain.checklists import CHOSEN, Checklist, Item, Scope, Voice
from crm_core.domain.scoring import Value
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.words import SCOPES, STATES, VOICES, number
from pages._ui import session

_SECONDS = 20
"""That a question takes who knows the matter, its help unread: of those in the product most have
four levels of a line each."""


def voice(code: Voice) -> str:
    """A group of people who answer."""
    return session.texts().text(VOICES[code])


def scope(code: Scope) -> str:
    """What an assessment may be of."""
    return session.texts().text(SCOPES[code])


def state(code: State) -> str:
    """How far an assessment is."""
    return session.texts().text(STATES[code])


def subject(one: Assessment) -> str:
    """What an assessment is of, by its name."""
    return one.subject or scope(one.scope)


def minutes(questions: int) -> int:
    """How long so many questions take about, in whole minutes."""
    return max(1, round(questions * _SECONDS / 60))


def length(questions: int) -> str:
    """How many questions there are, and how long they take."""
    texts = session.texts()
    asked = texts.plural("{n} question to answer", "{n} questions to answer", questions)
    took = texts.plural("about {n} minute", "about {n} minutes", minutes(questions))
    return f"{asked} · {took}"


def parts(checklist: Checklist, ids: tuple[str, ...]) -> str:
    """A respondent's part of a checklist."""
    texts = session.texts()
    named = [texts.label(one.title) for one in checklist.sections if one.id in ids]
    return texts.formats.listing(named) if named else texts.text("All sections")


def answer(item: Item, value: Value | None) -> str:
    """What was answered; None: that it does not apply."""
    texts = session.texts()
    if value is None:
        return texts.text("Does not apply")
    if item.kind in CHOSEN:
        chosen = value if isinstance(value, tuple) else (value,)
        labels = [texts.label(one.label) for one in item.options if one.code in chosen]
        return texts.text("; ").join(labels)
    if isinstance(value, Decimal):
        return number(item, value, texts)
    return texts.formats.day(value) if isinstance(value, date) else str(value)
