"""Variants side by side: a row a step, a column a team, each cell with its sign and word."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm_core.domain.comparison import Cell, Comparison, Mark
from crm_core.domain.variant import POOR
from crm_core.services.processes import Compared
from pages._ui import session
from pages._ui.process import words

_FITTING = 5
"""Columns that fit a phone; more scroll inside the table."""
_CLASSES = {Mark.MISSING: "missing", Mark.EXTRA: "extra", Mark.SAME: ""}


def show(found: Compared, reference: str, names: Sequence[str]) -> None:
    """The comparison, its columns under these names; `reference` says what the marked one is.

    On a phone a step's name stands above its cells.
    """
    seen = found.comparison
    assert seen is not None
    rows = "".join(_row(place, row.name, row.cells) for place, row in enumerate(seen.rows, 1))
    wide = "wide" if len(names) > _FITTING else ""
    st.html(
        f'<div class="crm-variants {wide}"><table style="--teams: {len(names)}">'
        f"<thead><tr>{_corner()}{_heads(found, seen, reference, names)}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _corner() -> str:
    head = session.texts().text("Step")
    return f'<th scope="col">{escape(head)}</th>'


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
    if not cell.marks:
        return '<td class="none"></td>'
    kind = next((_CLASSES[one] for one in cell.marks if one in _CLASSES), "differs")
    parts = _parts(cell)
    told = escape(words.told(cell))
    return f'<td class="{kind}" title="{told}" aria-label="{told}">{" ".join(parts)}</td>'


def _parts(cell: Cell) -> list[str]:
    """What is seen in a cell: each sign stands at what differs."""
    step = cell.step
    if step is None:
        return [_part(Mark.MISSING, words.mark(Mark.MISSING), "small")]
    parts = [_part(Mark.EXTRA, "")] if Mark.EXTRA in cell.marks else []
    if Mark.MOVED in cell.marks:
        parts.append(_part(Mark.MOVED, f"#{cell.place}"))
    slow = Mark.OTHER_DURATION if Mark.OTHER_DURATION in cell.marks else None
    parts.append(_part(slow, words.minutes(step.minutes)))
    if step.tool:
        other = Mark.OTHER_TOOL if Mark.OTHER_TOOL in cell.marks else None
        parts.append(_part(other, step.tool, "span" if other else "small"))
    if step.experience is not None and step.experience <= POOR:
        parts.append(f"<em>{words.SUFFERS} {step.experience}/5</em>")
    return [*parts, f"<em>{words.WASTES}</em>"] if step.waste else parts


def _part(mark: Mark | None, said: str, tag: str = "span") -> str:
    sign = f"<b>{words.SIGNS[mark]}</b>" if mark else ""
    return f"<{tag}>{sign}{escape(said)}</{tag}>"
