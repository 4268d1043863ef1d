"""Processes in the reader's words."""

from decimal import Decimal

from crm_core.domain.comparison import Cell, Comparison, Mark
from crm_core.domain.variant import Step, Variant, timed
from crm_core.services.processes import Compared, Logged
from pages._ui import session

SIGNS = {
    Mark.SAME: "=",
    Mark.MISSING: "∅",
    Mark.EXTRA: "+",
    Mark.MOVED: "⇅",
    Mark.OTHER_TOOL: "≠",
    Mark.OTHER_DURATION: "◷",
}
"""With the word beside it: no reader has to know them."""
SUFFERS = "☹\ufe0e"
WASTES = "⚠\ufe0e"


def mark(one: Mark) -> str:
    """How a step stands to the reference's."""
    text = session.texts().text
    return {
        Mark.SAME: text("same"),
        Mark.MISSING: text("missing"),
        Mark.EXTRA: text("extra step"),
        Mark.MOVED: text("moved"),
        Mark.OTHER_TOOL: text("other tool"),
        Mark.OTHER_DURATION: text("other duration"),
    }[one]


def minutes(value: Decimal | None) -> str:
    """A duration; from two working days of hours on in hours."""
    texts = session.texts()
    if value is None:
        return "–"
    if value >= 960:
        return texts.text("{n} h", n=texts.formats.compact(value / 60))
    return texts.text("{n} min", n=texts.formats.compact(value))


def whole(variant: Variant) -> str:
    """What all steps take; at least, where some do not say it, and whether they wait in it."""
    text, said = session.texts().text, minutes(variant.minutes)
    if variant.minutes is not None and variant.untimed:
        said = text("at least {time}", time=said)
    return text("{time} with waiting", time=said) if variant.with_waiting else said


def cost(value: Decimal | None, currency: str | None) -> str:
    """What one run costs; "" while that is not known."""
    return "" if value is None else session.formats().compact(value, currency)


def percent(share: float) -> str:
    """A share in whole percent."""
    return session.formats().percent(share, 0)


def steps(count: int) -> str:
    """So many steps."""
    return session.texts().plural("{n} step", "{n} steps", count)


def log(said: Logged) -> str:
    """Where steps come from that an event log told."""
    return session.texts().plural(
        "from a log: {share} of {cases} cases, {n} path",
        "from a log: {share} of {cases} cases, {n} paths",
        said.paths,
        share=percent(said.share),
        cases=said.cases,
    )


def about(step: Step) -> str:
    """Everything that is known of a step, a line each."""
    text = session.texts().text
    said = [
        step.what,
        step.who and text("Who: {who}", who=step.who),
        step.tool and text("Tool: {tool}", tool=step.tool),
        "" if step.minutes is None else minutes(step.minutes),
        step.hand_over and text("Handed over to {who}", who=step.hand_over),
        "" if step.experience is None else text("Experience {n} of 5", n=step.experience),
        text("; ").join(step.waste),
    ]
    return "\n".join(one for one in said if one)


def told(cell: Cell) -> str:
    """How a cell differs and all that is known of it, a line each."""
    if cell.step is None:
        return mark(Mark.MISSING)
    said = [mark(one) for one in cell.marks]
    if Mark.MOVED in cell.marks:
        moved = session.texts().text("moved: step {place}", place=cell.place)
        said[cell.marks.index(Mark.MOVED)] = moved
    return "\n".join([" · ".join(said), about(cell.step)])


def legend() -> str:
    """What the signs of a comparison mean."""
    text = session.texts().text
    shown = (Mark.MOVED, Mark.OTHER_DURATION, Mark.OTHER_TOOL, Mark.EXTRA)
    signs = [f"{SIGNS[one]} {mark(one)}" for one in shown]
    suffers, wastes = text("customers suffer"), text("work is wasted")
    return " · ".join([*signs, f"{SUFFERS} {suffers}", f"{WASTES} {wastes}"])


def finding(found: Compared) -> str:
    """What the comparison says, in one sentence."""
    texts = session.texts()
    seen = found.comparison
    assert seen is not None
    if len(seen.variants) == 1:
        [one] = seen.variants
        return texts.text(
            "So far only {team} is described: {steps}, {time}",
            team=one.name,
            steps=steps(len(one.steps)),
            time=whole(one),
        )
    if seen.spread == 0:
        return texts.text("All {n} teams do it the same way", n=len(seen.variants))
    return _teams(seen)


def _teams(seen: Comparison) -> str:
    text = session.texts().text
    apart = seen.differences[seen.reference]
    far = max(range(len(apart)), key=lambda place: apart[place])
    if apart[far] == 0:
        far = max(range(len(apart)), key=lambda place: sum(seen.differences[place]))
    held = timed(seen.variants)
    names = {
        "team": seen.variants[far].name,
        "reference": seen.variants[seen.reference].name,
        "share": percent(apart[far]),
    }
    if len(held) < 2 or min(map(_time, held)) == max(map(_time, held)):
        return text("{team} does {share} differently from {reference}", **names)
    quick, slow = min(held, key=_time), max(held, key=_time)
    return text(
        "{quick} needs {least}, {slow} {most}; {team} does {share} differently from {reference}",
        quick=quick.name,
        least=minutes(quick.minutes),
        slow=slow.name,
        most=minutes(slow.minutes),
        **names,
    )


def changed(found: Compared, team: str) -> str:
    """What has changed since a baseline, in one sentence."""
    seen = found.comparison
    assert seen is not None
    text = session.texts().text
    if len(seen.variants) == 1:
        return text("{team} has no steps today", team=team)
    if seen.spread == 0:
        return text("{team} works as it did then", team=team)
    then, now = seen.variants
    return text(
        "{team}: {then} then, {now} now; {share} is done differently",
        team=team,
        then=whole(then),
        now=whole(now),
        share=percent(seen.spread),
    )


def _time(variant: Variant) -> Decimal:
    return variant.minutes or Decimal(0)
