"""What is worth its effort: value against effort, the four corners named."""

import pandas as pd

from crm_core.services.priorities import Placed, Room
from pages._ui import filters, session
from pages._ui.charts import Corners, Spot, quadrant_chart, show_chart
from pages._ui.register import places


def show(found: Room) -> None:
    """The chart; those of which value or effort is not known are counted below its finding."""
    texts = session.texts()
    text, formats = texts.text, texts.formats
    known = [one for one in found.placed if one.value is not None and one.effort is not None]
    efforts = pd.Series([one.effort for one in known], dtype="float64")
    values = pd.Series([one.value for one in known], dtype="float64")
    middle = (efforts.median(), values.median())
    unknown = len(found.placed) - len(known)
    said = text("Each dot an initiative; the lines are the medians.")
    if unknown:
        said += " " + texts.plural(
            "{n} of which value or effort is unknown is left out.",
            "{n} of which value or effort is unknown are left out.",
            unknown,
        )
    show_chart(
        quadrant_chart(
            [_spot(found, one) for one in known],
            middle,
            _corners(),
            (
                lambda value: formats.number(value),
                lambda value: formats.mark(value, found.currency),
            ),
            (text("Effort (people × periods)"), text("Value a year")),
        )
        if known
        else None,
        key="value-effort",
        finding=_finding(known, middle),
        counted=said,
        empty=(
            text("Nothing can be drawn yet"),
            text("Say what an initiative is worth a year, how long it takes and who works on it."),
        ),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )


def _corners() -> Corners:
    text = session.texts().text
    return Corners(text("Do first"), text("Plan well"), text("Fill gaps with"), text("Think twice"))


def _finding(known: list[Placed], middle: tuple[float, float]) -> str:
    """How many are worth much for little effort."""
    texts = session.texts()
    cheap = [one for one in known if (one.effort or 0) <= middle[0]]
    both = [one for one in cheap if (one.value or 0) >= middle[1]]
    if not both:
        return texts.text("No initiative is worth much for little effort")
    best = max(both, key=lambda one: (one.value or 0) / (one.effort or 1))
    return texts.plural(
        "{n} initiative is worth much for little effort: “{title}”",
        "{n} initiatives are worth much for little effort, “{title}” most",
        len(both),
        title=best.title,
    )


def _spot(found: Room, one: Placed) -> Spot:
    text, formats = session.texts().text, session.formats()
    lines = [
        f"{one.id} {one.title}",
        text("{value} a year", value=formats.mark(one.value, found.currency)),
        text("effort: {effort}", effort=one.effort),
    ]
    return Spot(
        one.id,
        one.title,
        one.effort or 0.0,
        one.value or 0.0,
        "\n".join(lines),
        faint=bool(one.phasing_out),
    )
