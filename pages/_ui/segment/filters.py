"""What is asked of the segment page: everything in the address, so that a view is a link."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm_core.domain.periods import Choice, Compare
from crm_core.services.segments import UNCLASSIFIED, Asked, Ground
from crm_core.services.segments.words import basis_name, choices, compares, currency_name
from pages._ui import filters, session
from pages._ui.segment import words

NONE = "~"
"""In the address: what has no segment, region, team or currency."""
SEGMENT = "segment"


def ask(ground: Ground, tools: DeltaGenerator) -> Asked:
    """The filter row, and what it asks; a filter with nothing to choose from is left out.

    Basis and currency fold away among the page's `tools`.
    """
    texts = session.texts()
    text = texts.text
    with filters.filter_row():
        period = filters.select(text("Period"), _periods(ground), name="period")
        compare = Compare.BEFORE
        if period != Choice.ALL.value:
            compare = Compare(filters.select(text("Compare with"), compares(texts), name="compare"))
        regions = _places(text("Region"), text("All regions"), "region", ground.regions)
        teams = _places(text("Owner's team"), text("All teams"), "team", ground.teams)
    with tools:
        basis, currency = _money(ground)
    return Asked(
        period=Choice(period),
        compare=compare,
        regions=regions,
        teams=teams,
        segment=segment(ground),
        currency=currency,
        basis=basis,
    )


def _money(ground: Ground) -> tuple[str | None, str | None]:
    """Basis and currency, folded away: the small type says which they are."""
    text = session.texts().text
    currencies = {cover.currencies for cover in ground.covers.values()}
    if len(ground.covers) < 2 and all(len(each) < 2 for each in currencies):
        return None, None
    basis, currency = None, None
    with st.popover(text("Basis and currency"), icon=":material/tune:"):
        if len(ground.covers) > 1:
            options = {each: basis_name(session.texts(), each) for each in _store_first(ground)}
            basis = filters.select(text("Revenue from"), options, name="basis")
        known = ground.cover(basis).currencies
        if len(known) > 1:
            options = {code or NONE: currency_name(session.texts(), code) for code in known}
            currency = _meant(filters.select(text("Currency"), options, name="currency"))
    return basis, currency


def segment(ground: Ground) -> str | None:
    """The segment in the address; one that the store does not know is none."""
    wished = st.query_params.get(SEGMENT)
    if wished == NONE:
        return UNCLASSIFIED
    return wished if wished in ground.names else None


def choose_segment(chosen: str | None) -> None:
    """Look at one segment only (None: what is unclassified), or at all if it is the one shown."""
    wished = chosen or NONE
    filters.put(SEGMENT, None if st.query_params.get(SEGMENT) == wished else wished)


def chip(asked: Asked) -> None:
    """The segment everything is filtered to, with a way back to all."""
    if asked.segment is None:
        return
    st.button(
        session.texts().text("Only {segment}", segment=words.name(asked.segment)),
        key="segment-chip",
        icon=":material/close:",
        icon_position="right",
        type="primary",
        help=session.texts().text("Show all segments again"),
        on_click=filters.clear,
        args=(SEGMENT,),
    )


def _periods(ground: Ground) -> dict[str, str]:
    """All time alone where no row is dated."""
    every = choices(session.texts())
    if any(cover.calendar for cover in ground.covers.values()):
        return every
    return {Choice.ALL.value: every[Choice.ALL.value]}


def _store_first(ground: Ground) -> list[str]:
    return sorted(ground.covers, key=lambda basis: basis != ground.basis)


def _places(label: str, every: str, name: str, known: tuple[str | None, ...]) -> tuple[str, ...]:
    """Any of the regions or teams; none is all of them."""
    if len(known) < 2:
        return ()
    options = {each or NONE: each or session.texts().text("Not given") for each in known}
    chosen = filters.select_many(label, options, name=name, all_text=every)
    return tuple(_meant(code) for code in chosen)


def _meant(code: str) -> str:
    return UNCLASSIFIED if code == NONE else code
