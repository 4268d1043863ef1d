"""Ranking in words: methods, what they look at, and why two of them disagree."""

from crm_core.domain.priorities.differing import Difference
from crm_core.domain.priorities.methods import Method
from crm_core.domain.priorities.portfolio import Input
from crm_core.i18n.catalogue import mark
from crm_core.i18n.texts import Texts

METHODS = {
    Method.WEIGHTED: mark("Weighted score"),
    Method.RICE: mark("RICE"),
    Method.WSJF: mark("WSJF"),
    Method.RATIO: mark("Value for effort"),
}
RULES = {
    Method.WEIGHTED: mark("The mean of the criteria by their weights."),
    Method.RICE: mark("Reach × impact × confidence ÷ effort; impact is value times fit to goals."),
    Method.WSJF: mark("Cost of delay ÷ duration: what loses most while it waits, and is short."),
    Method.RATIO: mark("Value a year ÷ effort."),
}
INPUTS = {
    Input.VALUE: mark("Value a year"),
    Input.FIT: mark("Fit to goals"),
    Input.REACH: mark("People reached"),
    Input.CONFIDENCE: mark("Confidence"),
    Input.URGENCY: mark("Urgency by deadline"),
    Input.FLAGS: mark("Red flags removed"),
    Input.EFFORT: mark("Little effort"),
    Input.DURATION: mark("Short duration"),
    Input.COST: mark("Low cost"),
}
"""As criteria: the more, the better."""
MISSING = {
    Input.VALUE: mark("value a year"),
    Input.FIT: mark("goals and how strongly it serves them"),
    Input.REACH: mark("people of the groups that it touches"),
    Input.CONFIDENCE: mark("risk"),
    Input.EFFORT: mark("effort"),
    Input.DURATION: mark("duration"),
    Input.COST: mark("cost"),
}
_WHY = {
    (Input.VALUE, True): mark("it is worth much"),
    (Input.VALUE, False): mark("it is worth little"),
    (Input.FIT, True): mark("it serves the goals strongly"),
    (Input.FIT, False): mark("it serves the goals little"),
    (Input.REACH, True): mark("it reaches many people"),
    (Input.REACH, False): mark("it reaches few people"),
    (Input.CONFIDENCE, True): mark("its value is rather sure"),
    (Input.CONFIDENCE, False): mark("its value is rather unsure"),
    (Input.URGENCY, True): mark("its deadline is near"),
    (Input.URGENCY, False): mark("no deadline presses"),
    (Input.FLAGS, True): mark("it removes red flags"),
    (Input.FLAGS, False): mark("it removes no red flag, or small ones"),
    (Input.EFFORT, True): mark("it takes much work"),
    (Input.EFFORT, False): mark("it takes little work"),
    (Input.DURATION, True): mark("it takes long"),
    (Input.DURATION, False): mark("it is done soon"),
    (Input.COST, True): mark("it is expensive"),
    (Input.COST, False): mark("it is cheap"),
}


_AGAINST = (Input.EFFORT, Input.DURATION, Input.COST)
"""The more of it, the worse."""


def method(texts: Texts, one: Method) -> str:
    """A method's name."""
    return texts.text(METHODS[one])


def difference(texts: Texts, title: str, one: Difference) -> str:
    """Which method places it how much higher than which, and why; where the reason speaks against
    it, which places it lower."""
    higher, lower = method(texts, one.higher), method(texts, one.lower)
    if one.why is None:
        return texts.plural(
            "{method} puts “{title}” {n} place higher than {other}: several things together.",
            "{method} puts “{title}” {n} places higher than {other}: several things together.",
            one.by,
            title=title,
            method=higher,
            other=lower,
        )
    why = texts.text(_WHY[one.why, one.is_more])
    if one.is_more is (one.why in _AGAINST):
        return texts.plural(
            "{method} puts “{title}” {n} place lower than {other}, because {why}.",
            "{method} puts “{title}” {n} places lower than {other}, because {why}.",
            one.by,
            title=title,
            method=lower,
            other=higher,
            why=why,
        )
    return texts.plural(
        "{method} puts “{title}” {n} place higher than {other}, because {why}.",
        "{method} puts “{title}” {n} places higher than {other}, because {why}.",
        one.by,
        title=title,
        method=higher,
        other=lower,
        why=why,
    )


def missing(texts: Texts, found: tuple[Input, ...]) -> str:
    """What nobody said, as a list; "" for nothing."""
    return texts.formats.listing([texts.text(MISSING[one]) for one in found]) if found else ""
