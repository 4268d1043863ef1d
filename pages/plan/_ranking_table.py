"""The initiatives with their place by every method, side by side, and what they rest on."""

import pandas as pd

from crm_core.domain.priorities.methods import Method
from crm_core.i18n import ranking
from crm_core.services.priorities import Asked, Placed, Room
from pages._ui import session
from pages._ui.register import places
from pages._ui.tables import Column, table_to_open
from pages.plan import _ranking_words as words


def show(found: Room, asked: Asked) -> None:
    """The method that was chosen stands first; a click opens the initiative."""
    rows = pd.DataFrame([_row(one, asked) for one in found.placed])
    numbers = [str(name) for name in rows if name not in ("title", "span", "owner", "remark")]
    rows[numbers] = rows[numbers].astype("float64")
    at = table_to_open(rows, _heads(found, asked), key="ranked", saved_as="ranking")
    if at is not None:
        places.show_row(found.placed[at].id)


def _heads(found: Room, asked: Asked) -> list[Column]:
    text = session.texts().text
    unit = session.formats().unit(found.currency) or "–"
    others = [one for one in Method if one is not asked.method]
    return [
        Column("place", text("Place"), "identifier", width=65, pinned=True),
        Column("title", text("Initiative"), width=300),
        Column("front", text("Among the first {top}", top=asked.top), "percent", width=130),
        Column("span", text("8 of 10 cases"), "written", width=105),
        *(
            Column(one.value, words.method(one), "identifier", text(ranking.RULES[one]), 125)
            for one in others
        ),
        Column("fit", text("Fit to goals"), "percent", text(
            "Share of the goals' weight that it serves, times how strongly."), 110),
        Column("value", text("Value a year ({unit})", unit=unit), "number"),
        Column("effort", text("Effort (people × periods)"), "number"),
        Column("delay", text("Cost of delay a period ({unit})", unit=unit), "number"),
        Column("owner", text("Owner")),
        Column("remark", text("Remark"), width="large"),
    ]  # fmt: skip


def _row(one: Placed, asked: Asked) -> dict[str, object]:
    return {
        "place": one.places[asked.method],
        "title": f"{one.id} {one.title}",
        "front": one.in_front,
        "span": words.span(one),
        **{method.value: place for method, place in one.places.items()},
        "fit": one.fit,
        "value": one.value,
        "effort": one.effort,
        "delay": None if one.delay_cost is None else round(one.delay_cost),
        "owner": one.owner,
        "remark": words.remark(one) or None,
    }
