"""What is asked of the segment page: everything in the address, so that a view is a link."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm_core.domain.periods import Choice, Compare
from crm_core.services.segments import UNCLASSIFIED, Asked, Ground, Report
from crm_core.services.segments.words import (
    basis_name,
    choices,
    compares,
    currency_name,
    period_name,
    places,
)
from pages._ui import filters, session
from pages._ui.plain import plain
from pages._ui.segment import words

NONE = "~"
"""In the address: what has no segment, region, team or currency."""
SEGMENT = "segment"
CURRENCY = "currency"


def ask(ground: Ground, tools: DeltaGenerator) -> Asked:
    """The filter row, and what it asks; a filter with nothing to choose from is left out.

    Basis and currency fold away among the page's `tools`.
    """
    texts = session.texts()
    text = texts.text
    regions: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    def chosen() -> str:
        names = [places(texts, each) for each in (regions, teams) if each]
        return " · ".join([_periods(ground)[period], *names])

    with filters.folding_row(chosen):
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
            options = {
                each: _option(basis_name(session.texts(), each)) for each in _store_first(ground)
            }
            basis = filters.select(text("Revenue from"), options, name="basis")
        known = ground.cover(basis).currencies
        if len(known) > 1:
            options = {
                code or NONE: _option(currency_name(session.texts(), code)) for code in known
            }
            currency = _meant(filters.select(text("Currency"), options, name=CURRENCY))
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


def other_currencies(report: Report) -> None:
    """What was sold in other currencies, each a link that shows it."""
    sums = words.sums_of_others(report)
    if not sums:
        return
    with st.container(horizontal=True, key="segment-currencies", gap="small"):
        for place, (currency, told) in enumerate(sums.items()):
            st.button(
                plain(told),
                key=f"currency-{place}",
                type="tertiary",
                icon=":material/currency_exchange:",
                on_click=filters.put,
                args=(CURRENCY, currency or NONE),
            )


def elsewhere(report: Report) -> None:
    """Where the period has no revenue but another has: said, with a way there."""
    if report.elsewhere is None:
        return
    texts = session.texts()
    with st.container(
        key="segment-elsewhere", border=True, horizontal=True, vertical_alignment="center"
    ):
        period = period_name(texts, report.period)
        st.markdown(
            plain(texts.text("There is no revenue in {period}.", period=period)), width="stretch"
        )
        st.button(
            plain(texts.text("Show: {period}", period=choices(texts)[report.elsewhere.value])),
            key="elsewhere",
            icon=":material/history:",
            on_click=filters.put,
            args=("period", report.elsewhere.value),
        )


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
    if any(cover.calendars for cover in ground.covers.values()):
        return every
    return {Choice.ALL.value: every[Choice.ALL.value]}


def _option(name: str) -> str:
    """A name as an option has it, its first letter large."""
    return name[:1].upper() + name[1:]


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
