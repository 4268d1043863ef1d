"""The ranking room: the order, how sure it is, where methods disagree, what is worth its effort."""

import streamlit as st

from crm_core.domain.priorities.methods import Method
from crm_core.i18n import ranking
from crm_core.services import priorities
from crm_core.services.priorities import Asked, Room
from pages._ui import dialogs, filters, kept, links, session
from pages._ui.charts import Range, range_chart, show_chart
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import form, places
from pages.plan import _ranking_asked, _ranking_matrix, _ranking_table
from pages.plan import _ranking_words as words

_DRAWN = 12
_SURE = 0.9
_DECIDE = "decide"


def show() -> None:
    """The view."""
    text = session.texts().text
    asked = _ranking_asked.asked()
    found = kept.read(priorities.room, session.today(), asked)
    if not found.placed:
        empty_state(
            text("There is nothing to rank yet"),
            text(
                "Add initiatives with what they are worth a year, how long they take and how much "
                "of which skill they need; or make them from what is not answered yet."
            ),
            icon=":material/leaderboard:",
        )
        return
    _acts(asked)
    _order(found, asked)
    _ranking_table.show(found, asked)
    _disagreements(found)
    _ranking_matrix.show(found)
    if dialogs.opened() == _DECIDE:
        given = priorities.decision(found, asked, session.today(), session.texts())
        form.open_row("decision", None, given=given)


def _order(found: Room, asked: Asked) -> None:
    """The first places with the span in which each lies when things turn out otherwise."""
    text, formats = session.texts().text, session.formats()
    rows = [
        Range(
            one.id,
            f"{one.id} {one.title}",
            float(one.low or 0),
            float(one.places[asked.method] or 0),
            float(one.high or 0),
            formats.percent(one.in_front, 0),
            "\n".join(_told(one, asked)),
            faint=bool(one.phasing_out),
        )
        for one in found.ranked[:_DRAWN]
    ]
    show_chart(
        range_chart(rows, formats.number) if rows else None,
        key="ranking",
        finding=_finding(found, asked),
        counted=_counted(found, asked),
        empty=(
            text("This method cannot place any initiative"),
            text("See below what nobody has said yet."),
        ),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )


def _told(one: priorities.Placed, asked: Asked) -> list[str]:
    text, formats = session.texts().text, session.formats()
    share = formats.percent(one.in_front, 0)
    lines = [
        f"{one.id} {one.title}",
        text("place {place}", place=one.places[asked.method]),
        text("8 of 10 cases: place {span}", span=words.span(one)),
        text("among the first {top} in {share} of cases", top=asked.top, share=share),
        words.remark(one),
    ]
    return [line for line in lines if line]


def _finding(found: Room, asked: Asked) -> str:
    """Who is first, and of how many of the first it is sure."""
    texts = session.texts()
    if not found.ranked:
        return texts.text("Nothing can be placed by this method")
    first = found.ranked[: asked.top]
    sure = sum((one.in_front or 0) >= _SURE for one in first)
    if len(found.ranked) <= asked.top:
        return texts.text("“{title}” comes first", title=first[0].title)
    return texts.text(
        "“{title}” comes first; {n} of the first {top} are sure to stay there",
        title=first[0].title,
        n=sure,
        top=len(first),
    )


def _counted(found: Room, asked: Asked) -> str:
    text, formats = session.texts().text, session.formats()
    said = [
        text(ranking.RULES[asked.method]),
        text(
            "Dot: the place. Line: its place in 8 of 10 of 2,000 cases. Share: the cases in which "
            "it is among the first {top}.",
            top=asked.top,
        ),
    ]
    if len(found.ranked) > _DRAWN:
        said.append(text("The first {n} are drawn; the table has all.", n=_DRAWN))
    if asked.has_lens and any(one.phasing_out for one in found.ranked):
        factor = formats.percent(found.factor, 0)
        said.append(text("Grey: serves what is being phased out; that counts {factor}.",
                         factor=factor))  # fmt: skip
    return " ".join(said)


def _acts(asked: Asked) -> None:
    """To weigh otherwise, to keep the order as a decision, and to see those that were made."""
    text = session.texts().text
    with st.container(horizontal=True, vertical_alignment="center"):
        if asked.method is Method.WEIGHTED:
            _ranking_asked.weights(asked)
        dialogs.offer(text("Record this order as a decision"), _DECIDE, icon=":material/gavel:")
        links.address_link("vendors?view=decisions", text("Decisions"), ":material/list:")


def _disagreements(found: Room) -> None:
    """Where methods place an initiative differently, and why."""
    texts = session.texts()
    with st.container(gap="small"):
        if not found.differences:
            section(
                texts.text("The methods agree within two places"),
                texts.text("Whichever of them is chosen, the order is much the same."),
            )
            return
        section(
            texts.text("Where the methods disagree most"),
            texts.text(
                "The reason is the input that, were it as with most others, would bring the two "
                "methods closest together."
            ),
        )
        lines = [ranking.difference(texts, title, one) for title, one in found.differences]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
