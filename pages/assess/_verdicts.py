"""What is to become of the applications: four fields, by how they serve and how sound they are."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from crm_core.domain.applications import Verdict
from crm_core.services import applications, registers
from crm_core.services.applications import Judged
from pages._ui import filters, kept, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.register import places

_MOST = 5
"""Names in a field; the others unfold."""
_SIGNS = {
    Verdict.TOLERATE: ":material/pause_circle:",
    Verdict.INVEST: ":material/trending_up:",
    Verdict.ELIMINATE: ":material/delete:",
    Verdict.MIGRATE: ":material/move_item:",
}
"""In the order they are shown in: the sound ones above, those that serve well at the right."""


def show() -> None:
    """Nothing while the catalogue is empty."""
    found = kept.read(applications.portfolio, session.today())
    if not found:
        return
    text = session.texts().text
    with st.container(gap="small"):
        section(
            _finding(found),
            text("By functional fit (the owner's word) and technical fit (the expert's)."),
        )
        grid = st.grid(2, min_column_width=240, gap="small")
        for verdict in _SIGNS:
            with grid:
                _field(verdict, [one for one in found if one.verdict is verdict])
        _unknown([one for one in found if one.verdict is None])


def _finding(found: Sequence[Judged]) -> str:
    """The finding that calls for a decision."""
    texts = session.texts()
    judged = [one for one in found if one.verdict]
    go = [one for one in judged if one.verdict is Verdict.ELIMINATE]
    move = [one for one in judged if one.verdict is Verdict.MIGRATE]
    if not judged:
        return texts.text("No application can be judged yet")
    if go:
        said = texts.plural(
            "{n} of {all} applications should go", "{n} of {all} applications should go", len(go),
            all=len(found),
        )  # fmt: skip
        cost = _cost(go)
        return texts.text("{finding}: {cost} a year", finding=said, cost=cost) if cost else said
    if move:
        return texts.plural(
            "{n} of {all} applications serves well on a weak base",
            "{n} of {all} applications serve well on a weak base",
            len(move),
            all=len(found),
        )
    return texts.text("No application that is judged has to go or to move")


def _cost(found: Sequence[Judged]) -> str:
    """What they cost a year, in each currency; "" where nobody said."""
    sums: dict[str | None, Decimal] = {}
    for one in found:
        if one.cost is not None:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.cost
    formats = session.formats()
    return " + ".join(formats.mark(value, currency) for currency, value in sums.items())


def _field(verdict: Verdict, found: Sequence[Judged]) -> None:
    texts = session.texts()
    options = registers.known("application").field("verdict").options
    with st.container(border=True, gap="xxsmall", height="stretch"):
        name = plain(texts.label(options[verdict]))
        st.markdown(f"{_SIGNS[verdict]} **{name} · {len(found)}**")
        cost = _cost(found)
        told = _means(verdict)
        st.caption(
            plain(texts.text("{said} {cost} a year.", said=told, cost=cost) if cost else told)
        )
        for one in found[:_MOST]:
            _name(one)
        rest = found[_MOST:]
        if rest:
            with st.expander(texts.plural("{n} more", "{n} more", len(rest))):
                for one in rest:
                    _name(one)


def _name(one: Judged) -> None:
    """The application's name; a click opens its row."""
    said = session.texts().text("{title} (a person's verdict)", title=one.title)
    st.button(
        plain(said if one.reason else one.title),
        key=f"verdict-{one.id}",
        type="tertiary",
        help=plain(one.reason) if one.reason else None,
        on_click=filters.put,
        args=(places.ITEM, one.id),
    )


def _means(verdict: Verdict) -> str:
    text = session.texts().text
    return {
        Verdict.TOLERATE: text("Sound, but does not serve its users well."),
        Verdict.INVEST: text("Sound, and serves its users well."),
        Verdict.ELIMINATE: text("Neither sound nor of much use."),
        Verdict.MIGRATE: text("Serves its users well on a weak technical base."),
    }[verdict]


def _unknown(found: Sequence[Judged]) -> None:
    if not found:
        return
    texts = session.texts()
    said = texts.plural(
        "{n} application has no verdict: a fit is missing",
        "{n} applications have no verdict: a fit is missing",
        len(found),
    )
    names = texts.formats.listing([one.title for one in found[:_MOST]])
    rest = " …" if len(found) > _MOST else ""
    st.caption(plain(f"{said} · {names}{rest}"))
