"""Phases and their gates in the reader's words."""

from collections.abc import Sequence

from crm_core.domain.gates import End, Lack, Missing, Way
from crm_core.domain.registers import RegisterField
from crm_core.i18n import mark
from crm_core.services import registers
from crm_core.services.gates import Gate, Phase
from pages._ui import session

_MOST = 2
"""Questions that are named; the assessment has all."""
_ENDS = {End.ENTRY: mark("Entry gate"), End.EXIT: mark("Exit gate")}
_WAYS = {
    Way.BY_SCORE: (mark("Open by its score"), ":material/check_circle:", "green"),
    Way.BY_HAND: (mark("Opened by hand"), ":material/pan_tool:", "orange"),
    Way.CLOSED: (mark("Not open yet"), ":material/lock:", "red"),
}
_LACKS = {
    Lack.NO_CHECKLIST: mark("It has no checklist, or one that is not there"),
    Lack.NOT_BEGUN: mark("Nobody has filled in its checklist yet"),
    Lack.NOT_HANDED_IN: mark("The assessment is not handed in yet"),
    Lack.NOTHING: mark("Nothing that counts was answered"),
    Lack.BELOW: mark("The score is below {least}"),
    Lack.MISSED: mark("Below what must be reached: {questions}"),
    Lack.UNANSWERED: mark("Still to be answered: {questions}"),
    Lack.INCOMPLETE: mark("Not every question is answered"),
}


def end(code: End) -> str:
    """Which gate it is."""
    return session.texts().text(_ENDS[code])


def way(gate: Gate) -> tuple[str, str, str]:
    """How a gate stands: the words, a sign, and a colour that never says it alone."""
    label, icon, colour = _WAYS[gate.verdict.way]
    return session.texts().text(label), icon, colour


def lack(gate: Gate, one: Missing) -> str:
    """What keeps the score from opening a gate."""
    least = session.formats().percent(float(gate.least), 0) if gate.least is not None else ""
    return session.texts().text(_LACKS[one.code], least=least, questions=_questions(gate, one))


def score(gate: Gate) -> str:
    """What its checklist comes to, and how much of it was answered; "" without an assessment."""
    text, percent = session.texts().text, session.formats().percent
    told = gate.verdict.told_by
    if told is None or told.score.share is None or gate.least is None:
        return ""
    return text(
        "Score {share}, {least} needed; {answered} answered",
        share=percent(float(told.score.share), 0),
        least=percent(float(gate.least), 0),
        answered=percent(float(told.score.coverage), 0),
    )


def checklist(gate: Gate) -> str:
    """What it asks by; "" where nobody chose anything."""
    return session.texts().label(gate.checklist.title) if gate.checklist else ""


def status(one: Phase) -> str:
    """How far a phase is; "" where nobody said."""
    return _option("status", one.status)


def kind(one: Phase) -> str:
    """Of which kind it is; "" where nobody said."""
    return _option("kind", one.kind)


def days(one: Phase) -> str:
    """From its first day to its last."""
    return session.formats().days(one.first, one.last)


def gates(one: Phase) -> str:
    """How both gates stand, in short: for the row of a picture."""
    text = session.texts().text
    said = {
        (End.ENTRY, True): text("entry open"),
        (End.ENTRY, False): text("entry closed"),
        (End.EXIT, True): text("exit open"),
        (End.EXIT, False): text("exit closed"),
    }
    return text(", ").join(said[gate.end, is_open(gate)] for gate in one.gates)


def is_open(gate: Gate) -> bool:
    """Whether the way is open, by whatever."""
    return gate.verdict.way is not Way.CLOSED


def next_closed(found: Sequence[Phase]) -> tuple[Phase, Gate] | None:
    """The gate that comes next and is closed; None: all are open. A phase that is done is past."""
    return next(
        (
            (one, gate)
            for one in found
            if one.status != "done"
            for gate in one.gates
            if not is_open(gate)
        ),
        None,
    )


def _questions(gate: Gate, one: Missing) -> str:
    """The first of them in quotation marks, and how many more there are."""
    texts = session.texts()
    items = {item.id: item for item in gate.checklist.items} if gate.checklist else {}
    asked = [texts.label(items[key].text) for key in one.items if key in items]
    named = [texts.text("“{question}”", question=said) for said in asked[:_MOST]]
    if rest := len(asked) - _MOST:
        named += [texts.plural("{n} more", "{n} more", rest)] if rest > 0 else []
    return texts.text(", ").join(named)


def _option(name: str, code: str | None) -> str:
    field: RegisterField = registers.known("phase").field(name)
    return session.texts().label(field.options[code]) if code in field.options else ""
