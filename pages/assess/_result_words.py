"""Results in the reader's words."""

from fractions import Fraction

from crm_core.domain.checklists import Checklist, Item
from crm_core.domain.pooling import Group
from crm_core.domain.results import Reason
from crm_core.domain.scoring import Counted, Light, Rules
from crm_core.i18n import DASH, mark
from crm_core.services.checklists.results import Shown
from crm_core.services.checklists.results_answers import Said
from crm_core.services.checklists.words import LIGHTS, with_more
from pages._ui import import_words, session
from pages._ui.checklist import words

_SIGNS = {Light.RED: "✕", Light.AMBER: "▲", Light.GREEN: "✓", Light.GREY: "○"}
COUNTED = {
    Counted.LEFT_OUT: mark("not counted"),
    Counted.AS_NOTHING: mark("counts as nothing"),
    Counted.AS_ALL: mark("counts as all"),
}
_SURE = ((Fraction(3, 4), mark("High")), (Fraction(1, 2), mark("Medium")), (0, mark("Low")))


def light(code: Light) -> str:
    """A light as sign and word."""
    return f"{_SIGNS[code]} {session.texts().text(LIGHTS[code])}"


def percent(share: Fraction | None) -> str:
    """A share of 1 in whole percent; a dash for none."""
    return DASH if share is None else session.formats().percent(float(share), 0)


def points(share: Fraction) -> str:
    """A difference of scores, in points of a hundred."""
    exact = float(share) * 100
    number = session.formats().number(round(exact, 1 if abs(exact) < 10 else None))
    return session.texts().text("{n} points", n=number)


def sure(confidence: Fraction) -> str:
    """How sure a score is, in a word."""
    word = next(word for least, word in _SURE if confidence >= least)
    return session.texts().text(word)


def group(voices: Group) -> str:
    """Voices that are shown together."""
    return " + ".join(words.voice(one) for one in voices)


def question(item: Item) -> str:
    """An item in quotation marks."""
    return session.texts().text("“{question}”", question=session.texts().label(item.text))


def reason(checklist: Checklist, one: Reason) -> str:
    """Why a light is not green."""
    texts = session.texts()
    items = {item.id: item for item in checklist.items}
    named = texts.text(", ").join(question(items[key]) for key in one.items)
    match one.code:
        case "missed_gate":
            return texts.text("below what must be reached: {questions}", questions=named)
        case "open_gate":
            return texts.text("still undecided: {questions}", questions=named)
        case "below":
            limit = percent(Fraction(one.limit or 0))
            return texts.text("score below {limit}", limit=limit)
        case _:
            return texts.text("nothing that counts was answered")


def rests_on(found: Shown, rules: Rules) -> list[str]:
    """How the figures were made: in small type under the headline."""
    text, checklist = session.texts().text, found.checklist
    return [
        text("Green from {limit}", limit=percent(Fraction(checklist.green_from))),
        text("amber from {limit}", limit=percent(Fraction(checklist.amber_from))),
        text("each voice counts alike"),
        text("not answered: {how}", how=text(COUNTED[rules.missing])),
        text("does not apply: {how}", how=text(COUNTED[rules.not_applicable])),
    ]


def answer(item: Item, one: Said) -> str:
    """What was answered."""
    return words.answer(item, one.value)


def answers(item: Item, said: tuple[Said, ...]) -> str:
    """What several answered, with how many of each; a dash for nobody."""
    told = [answer(item, one) for one in said]
    if len(told) == 1:
        return told[0]
    counted = sorted({one: told.count(one) for one in told}.items(), key=lambda one: -one[1])
    times = [f"{count} × {one}" for one, count in counted]
    return session.texts().text("; ").join(times) or DASH


def by(one: Said) -> str:
    """Who answered, and by whose hand where that is another's; "" where names are hidden."""
    if one.who is None or one.voice is None:
        return ""
    who = with_more(one.who, words.voice(one.voice), session.texts())
    return f"{who} · {import_words.person(one.by)}" if one.by and one.by != one.who else who
