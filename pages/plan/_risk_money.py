"""How probable it is that the money is enough, and what the plan brings where things go wrong."""

import pandas as pd
import streamlit as st

from crm_core.domain.planning.odds import Money
from crm_core.domain.planning.risk import Risk
from crm_core.services import settings
from crm_core.services.planning import Plan
from pages._ui import kept, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.plan import _risk_words as words


def show(plan: Plan, found: Risk) -> None:
    """Budgets as a table, then the value in words."""
    currency = kept.read(settings.read)["home_currency"]
    _budgets(plan, found, currency)
    _value(found, currency)


def _budgets(plan: Plan, found: Risk, currency: str | None) -> None:
    text = session.texts().text
    rows = [one for one in found.money if one.phase or len(found.money) > 1 or one.budget]
    if not rows:
        return
    unit = session.formats().unit(currency) or text("in the currency of the registers")
    counted = text("One-off costs and what risk events add; {unit}", unit=unit)
    section(_finding(plan, found), counted)
    table(
        pd.DataFrame([_row(plan, one) for one in rows]),
        [
            Column("phase", text("Phase")),
            Column("budget", text("Budget"), "written"),
            Column("planned", text("Planned"), "written"),
            Column("expected", text("Expected"), "written"),
            Column("likely", text("In nine of ten cases at most"), "written"),
            Column("chance", text("Chance of staying in it"), "written"),
        ],
        key="risk-money",
    )


def _finding(plan: Plan, found: Risk) -> str:
    """Which budget is most in danger."""
    text = session.texts().text
    known = [one for one in found.money if one.phase and one.chance is not None]
    weakest = min(known, key=lambda one: one.chance or 0.0, default=None)
    if weakest is None:
        return text("No phase has a budget")
    if weakest.chance == 1:
        return text("Every phase stays in its budget")
    return text(
        "{phase} stays in its budget with a chance of {chance}",
        phase=words.name(plan, weakest.phase),
        chance=words.chance(weakest.chance or 0.0),
    )


def _row(plan: Plan, one: Money) -> dict[str, str]:
    formats = session.formats()

    def money(value: float | None) -> str:
        return formats.number(None if value is None else round(value))

    return {
        "phase": words.name(plan, one.phase) if one.phase else session.texts().text("In all"),
        "budget": money(one.budget),
        "planned": money(one.planned),
        "expected": money(_about(one.expected)),
        "likely": money(_about(one.likely)),
        "chance": words.chance(one.chance) if one.chance is not None else formats.number(None),
    }


def _about(value: float) -> float:
    """An estimate in three significant digits: it knows no more."""
    return float(f"{value:.3g}")


def _value(found: Risk, currency: str | None) -> None:
    text, formats = session.texts().text, session.formats()

    def money(value: float) -> str:
        return formats.compact(value, currency)

    value = found.value
    low, high = money(value.low), money(value.high)
    section(
        text("Worth {low} to {high} in eight of ten cases", low=low, high=high),
        text("Present value by the end of what is planned, costs deducted"),
    )
    said = text(
        "The plan promises {planned}. With delays, risk events and values that do not come, "
        "{expected} can be expected.",
        planned=money(value.planned),
        expected=money(value.expected),
    )
    st.markdown(plain(said))
