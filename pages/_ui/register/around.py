"""What lies around a row, as a picture: the rows that it is linked to, and those linked to them.

Graphviz lays it out in the browser, from what refers to what is referred to. A click on a box opens
its row. Letters take the theme's colour from the style sheet.
"""

import streamlit as st

from crm_core.domain.registers import Register
from crm_core.reference.registers import registers
from crm_core.services.registers import Row
from crm_core.services.registers.links import Neighbourhood, Place, neighbourhood
from pages._ui import kept, links, session
from pages._ui.dot import escaped, is_wide, label, quoted, wrapped
from pages._ui.palette import COLOURS, GREY
from pages._ui.register import places

_LETTERS = 18
"""Half-width letters on a line of a box."""
_HEAD, _LINES = 21, 3
"""Letters of what a row is, with its number, and lines that a box has room for."""
_MOST = 18
"""Boxes around the row; more are a ball of wool."""
_STEPS = (1, 2)


def show(register: Register, row: Row) -> None:
    """The picture, in one step or two; nothing where the row is linked to nothing."""
    texts = session.texts()
    text = texts.text
    if not _found(register, row, 1).edges:
        return
    steps = st.segmented_control(
        text("How far"),
        _STEPS,
        default=_STEPS[0],
        required=True,
        format_func=lambda steps: texts.plural("{n} step", "{n} steps", steps),
        key=f"item-steps-{row.id}",
    )
    found = _found(register, row, steps if steps in _STEPS else _STEPS[0])
    with st.container(key="crm-around"):
        st.graphviz_chart(_dot(found, (register.name, row.id)), alt=text("Links of this row"))
    if found.left_out:
        st.caption(
            texts.plural("{n} more row has no room here.", "{n} more rows have no room here.",
            found.left_out)
        )  # fmt: skip


def _found(register: Register, row: Row, steps: int) -> Neighbourhood:
    return kept.read(neighbourhood, register.name, row.id, steps, _MOST)


def _dot(found: Neighbourhood, centre: Place) -> str:
    """The rows in DOT, each a box; those of one register have one colour."""
    number = {place: at for at, place in enumerate(found.titles)}
    boxes = [
        _box(number[place], place, places.titled(*place, title), centre)
        for place, title in found.titles.items()
    ]
    arrows = dict.fromkeys((number[one.source], number[one.target]) for one in found.edges)
    return (
        "digraph { rankdir=LR; bgcolor=transparent; nodesep=0.12; ranksep=0.35; "
        'node [shape=box, style="rounded,filled", fixedsize=true, width=1.5, height=0.62, '
        f'fontsize=10]; edge [arrowsize=0.6, color="{GREY}"]; '
        f"{' '.join(boxes)} {' '.join(f'n{a} -> n{b};' for a, b in arrows)} }}"
    )


def _box(number: int, place: Place, title: str, centre: Place) -> str:
    """What it is and its number, then its title, in lines of our own: Graphviz knows no widths of
    Chinese letters."""
    register, key = place
    kind = session.texts().label(registers()[register].label)
    letters = _LETTERS // 2 if any(map(is_wide, title)) else _LETTERS
    head = wrapped(f"{kind} {key}", _HEAD, 2)
    lines = [*head, *wrapped(" ".join(title.split()), letters, _LINES - len(head))]
    colour = _colour(register)
    wide = 2.5 if place == centre else 1
    address = links.whole(places.address(register, key))
    return (
        f'n{number} [label={label(lines)}, color="{colour}", fillcolor="{colour}22", '
        f'penwidth={wide}, URL="{escaped(address)}", target="_self", tooltip={quoted(title)}];'
    )


def _colour(register: str) -> str:
    return COLOURS[list(registers()).index(register) % len(COLOURS)]
