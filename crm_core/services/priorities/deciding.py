"""The order that was decided on, as a row of the register of decisions."""

from datetime import date

from crm_core.domain.priorities.methods import CRITERIA, Method
from crm_core.i18n import Texts, ranking
from crm_core.services.priorities.room import Asked, Room
from crm_core.services.registers.values import Values

REGISTER = "decision"
_OF_OPTION = 3


def decision(found: Room, asked: Asked, today: date, texts: Texts) -> Values:
    """What is to be kept of an order: by which method, which order, with which weights. Why is for
    people to say."""
    name = ranking.method(texts, asked.method)
    return {
        "title": texts.text("Order of the initiatives by {method}", method=name),
        "question": texts.text("In which order are the initiatives done?"),
        "options": tuple(_option(found, method, texts) for method in Method),
        "decided": "\n".join(
            f"{place}. {one.id} {one.title}" for place, one in enumerate(found.ranked, 1)
        ),
        "decided_on": today,
        "notes": _basis(found, asked, texts),
    }


def _option(found: Room, method: Method, texts: Texts) -> str:
    """A method with the first of its order."""
    placed = [one for one in found.placed if one.places[method]]
    placed.sort(key=lambda one: one.places[method] or 0)
    first = texts.formats.listing([one.id for one in placed[:_OF_OPTION]])
    name = ranking.method(texts, method)
    return texts.text("{method}: first {first}", method=name, first=first)


def _basis(found: Room, asked: Asked, texts: Texts) -> str:
    """What the order rests on."""
    lines = [texts.text(ranking.RULES[asked.method])]
    if asked.method is Method.WEIGHTED:
        named = zip(CRITERIA, asked.weights, strict=True)
        shares = [
            texts.text(
                "{criterion} {weight}",
                criterion=texts.text(ranking.INPUTS[one]),
                weight=round(w, 1),
            )
            for one, w in named
        ]
        lines.append(texts.text("Weights: {weights}", weights=texts.formats.listing(shares)))
    if asked.has_lens and any(one.phasing_out for one in found.placed):
        share = texts.formats.percent(found.factor, 0)
        lines.append(texts.text("What is being phased out counts {factor}.", factor=share))
    return "\n".join(lines)
