"""Variants side by side: a row a step, a column a team, each cell with its sign and word."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm_core.domain.comparison import Cell, Comparison, Mark
from crm_core.domain.variant import POOR
from crm_core.services.processes import Compared
from pages._ui import session
from pages._ui.process import words

_CLASSES = {Mark.MISSING: "missing", Mark.EXTRA: "extra", Mark.SAME: ""}


def show(found: Compared, reference: str, names: Sequence[str]) -> None:
    """The comparison, its columns under these names; `reference` says what the marked one is.

    On a phone a step's name stands above its cells.
    """
    seen = found.comparison
    assert seen is not None
    rows = "".join(_row(place, row.name, row.cells) for place, row in enumerate(seen.rows, 1))
    st.html(
        f'<div class="crm-variants"><table style="--teams: {len(seen.variants)}">'
        f"<thead><tr>{_corner()}{_heads(found, seen, reference, names)}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _corner() -> str:
    return f'<th scope="col">{escape(session.texts().text("Step"))}</th>'


def _heads(found: Compared, seen: Comparison, reference: str, names: Sequence[str]) -> str:
    return "".join(
        f'<th scope="col" class="{"reference" if place == seen.reference else ""}">'
        f"{escape(name)}<small>{_sums(found, place)}</small>"
        f"<small>{_apart(seen, place, reference)}</small></th>"
        for place, name in enumerate(names)
    )


def _sums(found: Compared, place: int) -> str:
    assert found.comparison is not None
    variant = found.comparison.variants[place]
    cost = words.cost(found.costs[place], found.currency)
    said = [words.whole(variant), cost and session.texts().text("costs {cost}", cost=cost)]
    return escape(" · ".join(one for one in said if one))


def _apart(seen: Comparison, place: int, reference: str) -> str:
    """How far a team is from the reference, as a figure and a bar."""
    if place == seen.reference:
        return f"<b>{escape(reference)}</b>"
    share = seen.differences[seen.reference][place]
    said = session.texts().text("{share} different", share=words.percent(share))
    return f'{escape(said)}<i class="bar" style="--share: {share:.3f}"></i>'


def _row(place: int, name: str, cells: tuple[Cell, ...]) -> str:
    head = f'<th scope="row"><small>{place}</small> {escape(name)}</th>'
    return f"<tr>{head}{''.join(map(_cell, cells))}</tr>"


def _cell(cell: Cell) -> str:
    kind = next((_CLASSES[one] for one in cell.marks if one in _CLASSES), "differs")
    if not cell.marks:
        return '<td class="none"></td>'
    signs = " ".join(words.SIGNS[one] for one in cell.marks if one is not Mark.SAME)
    told = escape(words.told(cell))
    if cell.step is None:
        return f'<td class="{kind}"><b>{signs}</b> <small>{told}</small></td>'
    time = escape(words.minutes(cell.step.minutes))
    return (
        f'<td class="{kind}" title="{escape(words.about(cell.step))}">'
        f"<b>{signs}</b> {time}{_suffering(cell)} <small>{told}</small></td>"
    )


def _suffering(cell: Cell) -> str:
    """A sign where the customer suffers, another one where work is wasted."""
    step = cell.step
    said = ""
    if step and step.experience is not None and step.experience <= POOR:
        said += f' <em class="poor">{words.SUFFERS} {step.experience}/5</em>'
    if step and step.waste:
        said += f' <em class="waste">{words.WASTES}</em>'
    return said
