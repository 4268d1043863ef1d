"""What ranking and planning read: the registers beside the initiatives, what nobody said yet, and
the goals that are the lens."""

import pandas as pd
import streamlit as st

from crm_core.services import priorities, registers
from crm_core.services.priorities import Asked, Placed, Room
from crm_core.services.registers import Query
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import Column, table, table_to_open
from pages.plan import _ranking_words as words

_LISTS = ("capacity", "change_load", "phase", "stakeholder_group", "stakeholder_value")


def show() -> None:
    """The view."""
    found = kept.read(priorities.room, session.today(), Asked())
    _lists()
    if found.placed:
        _inputs(found)
    if found.goals:
        _goals(found)


def _lists() -> None:
    """The small registers, each with how many rows it has."""
    texts = session.texts()
    with st.container(gap="small"):
        section(
            texts.text("What initiatives are planned against"),
            texts.text("What no row names does not bind the plan."),
        )
        grid = st.grid(3, min_column_width=240, gap="small")
        for name in _LISTS:
            register = registers.known(name)
            _, every = kept.read(registers.listed, name, Query(limit=0))
            rows = texts.plural("{n} row", "{n} rows", every)
            with grid, st.container(border=True, height="stretch", gap="xxsmall"):
                links.address_link(places.home(name), texts.label(register.plural))
                st.caption(plain(f"{rows} · {texts.label(register.about)}"))


def _inputs(found: Room) -> None:
    """Each initiative with what is known of it; those with most gaps first."""
    text = session.texts().text
    rows = sorted(found.placed, key=lambda one: -len(one.missing))
    unit = session.formats().unit(found.currency) or "–"
    heads = [
        Column("title", text("Initiative"), width=260),
        Column("missing", text("Missing"), "number", width=80),
        Column("remark", text("Remark"), width=260),
        Column("fit", text("Fit to goals"), "percent"),
        Column("value", text("Value a year ({unit})", unit=unit), "number"),
        Column("effort", text("Effort (people × periods)"), "number"),
        Column("coverage", text("Weight on what is known"), "percent"),
    ]
    with st.container(gap="small"):
        section(
            _finding(found),
            text(
                "What is missing is never taken for nothing: RICE, WSJF and value for effort place "
                "no initiative that lacks one of their inputs; the weighted score leaves it out of "
                "the mean, and places none of which less than half of the weight is known."
            ),
        )
        shown = pd.DataFrame([_row(one) for one in rows])
        numbers = ["fit", "value", "effort", "coverage"]
        shown[numbers] = shown[numbers].astype("float64")
        at = table_to_open(shown, heads, key="ranking-inputs")
        if at is not None:
            places.show_row(rows[at].id)


def _finding(found: Room) -> str:
    texts = session.texts()
    lacking = sum(bool(one.missing) for one in found.placed)
    if not lacking:
        return texts.text("Every initiative says all that the methods look at")
    return texts.plural(
        "{n} of {all} initiatives lacks something that the methods look at",
        "{n} of {all} initiatives lack something that the methods look at",
        lacking,
        all=len(found.placed),
    )


def _row(one: Placed) -> dict[str, object]:
    return {
        "title": f"{one.id} {one.title}",
        "missing": len(one.missing),
        "remark": words.remark(one) or None,
        "fit": one.fit,
        "value": one.value,
        "effort": one.effort,
        "coverage": one.coverage,
    }


def _goals(found: Room) -> None:
    """The goals with their weights: the lens."""
    texts = session.texts()
    text = texts.text
    unweighted = sum(one.weight is None for one in found.goals)
    said = text("An initiative fits by the weight of the goals that it serves.")
    if unweighted:
        said += " " + texts.plural(
            "{n} has no weight and counts as the others on average.",
            "{n} have no weight and count as the others on average.",
            unweighted,
        )
    factor = session.formats().percent(found.factor, 0)
    said += " " + text("What is being phased out counts {factor} (a setting).", factor=factor)
    rows = pd.DataFrame(
        [{"title": f"{one.id} {one.title}", "weight": one.weight} for one in found.goals]
    )
    rows["weight"] = rows["weight"].astype("float64")
    heads = [
        Column("title", text("Goal"), width=250),
        Column("weight", text("Weight"), "number"),
    ]
    with st.container(gap="small"):
        section(text("The goals are the lens"), said)
        table(rows, heads, key="ranking-goals")
        links.address_link("goals", text("Change the weights at the goals"), ":material/flag:")
