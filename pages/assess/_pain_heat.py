"""Where it hurts: a field of teams by what pain points are about, darker where it hurts more."""

import math
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from crm_core.domain.pain_points import REGISTER
from crm_core.services import pain_points, registers
from crm_core.services.pain_points import Cell, Evidence, Hurting
from pages._ui import filters, kept, session
from pages._ui.charts import Chosen, cell_of, matrix_chart, show_chart
from pages._ui.head import section
from pages._ui.plain import plain
from pages.assess import _pain_cell
from pages.assess import _pain_words as words

_MOST = 30
_COST, _PEOPLE = "cost", "people"


def show() -> None:
    """The view."""
    found = kept.read(pain_points.hurting)
    if not found.cells:
        words.nothing()
        return
    measure = _measure(found)
    cells = {(cell.team, cell.about): cell for cell in found.cells}
    every = _teams(found.cells, measure)
    teams = every[:_MOST]
    columns = _columns(found.cells)
    suffering = {one.team for one in found.evidence}
    made = matrix_chart(
        [words.team(one) + (" ▲" if one in suffering else "") for one in teams],
        [words.about(one) for one in columns],
        [[_amount(cells.get((team, one)), measure) for one in columns] for team in teams],
        [[_told(found, cells.get((team, one))) for one in columns] for team in teams],
        lambda value: "?" if math.isnan(value) else session.formats().mark(value),
    )

    def choose(chosen: Chosen) -> None:
        if at := cell_of(chosen):
            _pain_cell.choose(teams[at[0]], columns[at[1]])

    finding = _finding(found, measure)
    counted = _counted(found, measure, len(every) - len(teams))
    show_chart(made, key="pain-heat", finding=finding, counted=counted, on_click=choose)
    _pain_cell.show(cells)
    _evidence(found.evidence)


def _measure(found: Hurting) -> str:
    """By cost where anything is priced, else by people; the reader may choose the other one."""
    text = session.texts().text
    names = {_COST: text("Cost a year"), _PEOPLE: text("People affected")}
    if all(cell.cost is None for cell in found.cells):
        names = dict(reversed(names.items()))
    return filters.choice(text("Darker by"), names, name="by")


def _value(cell: Cell, measure: str) -> float | None:
    return cell.cost if measure == _COST else cell.people


def _amount(cell: Cell | None, measure: str) -> float | None:
    """None for a cell without pain points; NaN where nobody knows how much."""
    if cell is None:
        return None
    value = _value(cell, measure)
    return math.nan if value is None else float(value)


def _teams(cells: Sequence[Cell], measure: str) -> list[str | None]:
    """The one that suffers most first; pain points of no team last."""
    sums: dict[str | None, float] = {}
    for cell in cells:
        sums[cell.team] = sums.get(cell.team, 0.0) + (_value(cell, measure) or 0.0)
    return sorted(sums, key=lambda team: (team is None, -sums[team], team or ""))


def _columns(cells: Sequence[Cell]) -> list[str | None]:
    every = {cell.about for cell in cells}
    known = [*registers.known(REGISTER).field("about").options]
    return [*known, *([None] if None in every else [])]


def _finding(found: Hurting, measure: str) -> str:
    text, formats = session.texts().text, session.formats()
    priced = [(value, cell) for cell in found.cells if (value := _value(cell, measure))]
    if not priced:
        return text("Nobody has said yet how much it hurts")
    value, worst = max(priced, key=lambda pair: pair[0])
    names = {"team": words.team(worst.team), "about": words.about(worst.about)}
    if measure == _PEOPLE:
        return text(
            "{team} · {about} hurts most: {n} people affected",
            n=formats.number(value),
            **names,
        )
    share = formats.percent(value / sum(one for one, _ in priced), 0)
    cost = formats.mark(value, found.currency)
    return text(
        "{team} · {about} hurts most: {cost} a year, {share} of all",
        cost=cost,
        share=share,
        **names,
    )


def _counted(found: Hurting, measure: str, left_out: int) -> str:
    texts = session.texts()
    if measure == _PEOPLE:
        said = texts.text("People affected; a group is counted once in a cell.")
    else:
        unit = words.unit(found.currency)
        said = texts.text("Cost a year ({unit}), the middle of each range.", unit=unit)
        unpriced = sum(cell.unpriced for cell in found.cells)
        if unpriced:
            said += " " + texts.plural(
                "{n} pain point has no estimate.", "{n} pain points have no estimate.", unpriced
            )
    if left_out:
        said += " " + texts.plural(
            "{n} team that suffers less is left out.",
            "{n} teams that suffer less are left out.",
            left_out,
        )
    marked = texts.text("▲ more evidence below.") if found.evidence else ""
    return " ".join([said, texts.text("Click a cell to see its pain points."), marked]).strip()


def _told(found: Hurting, cell: Cell | None) -> str:
    texts, formats = session.texts(), session.formats()
    if cell is None:
        return texts.text("No pain point")
    lines = [
        f"{words.team(cell.team)} · {words.about(cell.about)}",
        texts.plural("{n} pain point", "{n} pain points", len(cell.items)),
    ]
    if cell.cost is not None:
        cost = formats.money(Decimal(round(cell.cost)), found.currency)
        lines.append(texts.text("{cost} a year", cost=cost))
    if cell.people is not None:
        lines.append(texts.plural("{n} person affected", "{n} people affected", cell.people))
    return "\n".join(lines)


def _evidence(found: Sequence[Evidence]) -> None:
    """Teams of which more than figures is known."""
    if not found:
        return
    text, formats = session.texts().text, session.formats()
    with st.container(gap="small"):
        section(
            text("What else speaks for change"),
            text("Teams that lose people over it, never meet expectations, or press for change."),
        )
        for one in found:
            said = []
            if one.leaving:
                said.append(text("people leave over it ({rows})", rows=list(one.leaving)))
            if one.missed:
                said.append(text("never meets expectations ({rows})", rows=list(one.missed)))
            if one.pressed_by:
                said.append(text("pressed for by {names}", names=formats.listing(one.pressed_by)))
            st.markdown(f"▲ **{plain(one.team)}** · {plain(' · '.join(said))}")
