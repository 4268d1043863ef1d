"""A process as a picture: what follows what, how many teams go which way, where customers suffer.

Graphviz lays it out in the browser. Boxes have a fixed size and lines of our own, since its tables
of letter widths know no Chinese; letters and lines take the theme's colours from the style sheet.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from crm_core.domain.comparison import Comparison
from crm_core.domain.variant import Step, Variant
from pages._ui import session
from pages._ui.dot import is_wide, label, quoted, wrapped
from pages._ui.palette import COLOURS, GREY
from pages._ui.process import words

_POOR = COLOURS[1]
_NARROW, _WIDE = 1.75, 2.7
"""Inches of a box: of all teams three stand side by side on a phone, of one team one does."""
_LETTERS = 9.2
"""Half-width letters on an inch of a box."""
_NAME_LINES = 2


def of_all(seen: Comparison) -> str:
    """The rows of a comparison in DOT: the thicker a line, the more teams go that way.

    What only others than the reference do has a broken frame.
    """
    count = len(seen.variants)
    lines = []
    for place, row in enumerate(seen.rows):
        held = [cell.step for cell in row.cells if cell.step]
        said = session.texts().text("{n} of {all}", n=len(held), all=count)
        look = ["group=main"] if row.cells[seen.reference].step else ['style="rounded,dashed"']
        lines.append(_box(place, row.name, said, held, _NARROW, look))
    ways = Counter(way for variant in range(count) for way in pairwise(_way(seen, variant)))
    for (one, other), teams in sorted(ways.items()):
        lines.append(_arrow(one, other, teams, str(teams) if teams < count else ""))
    return _graph(lines, _NARROW)


def of_one(variant: Variant) -> str:
    """A team's steps in DOT: who does each with what, and where it changes hands."""
    lines = []
    for place, step in enumerate(variant.steps):
        known = [step.who, step.tool, "" if step.minutes is None else words.minutes(step.minutes)]
        said = " · ".join(one for one in known if one)
        lines.append(_box(place, step.what, said, [step], _WIDE))
    for place, step in enumerate(variant.steps[:-1]):
        [to] = _wrapped(step.hand_over, _NARROW, 1)
        lines.append(_arrow(place, place + 1, 2, f" → {to}" if to else ""))
    return _graph(lines, _WIDE)


def show(dot: str, said: str) -> None:
    """The picture; `said` tells it to those who do not see it."""
    with st.container(key="crm-flow"):
        st.graphviz_chart(dot, alt=said)


def _graph(lines: Sequence[str], width: float) -> str:
    return (
        "digraph { rankdir=TB; bgcolor=transparent; nodesep=0.15; ranksep=0.3; "
        f"node [shape=box, fixedsize=true, width={width}, height=0.8, "
        f'style="rounded,filled", color="{GREY}", fillcolor="{GREY}18"]; '
        f'edge [color="{GREY}", arrowsize=0.7]; {" ".join(lines)} }}'
    )


def _way(seen: Comparison, variant: int) -> list[int]:
    """The rows that a team goes through, in its own order."""
    held = [(row.cells[variant].place, place) for place, row in enumerate(seen.rows)]
    return [place for step, place in sorted((s, p) for s, p in held if s is not None)]


def _box(
    place: int, name: str, said: str, held: Sequence[Step], width: float, look: Sequence[str] = ()
) -> str:
    """A step: its name, and a line on it; with colour and sign where customers suffer."""
    hurts = any(step.hurts for step in held)
    told = f"{words.SUFFERS} {said}" if hurts else said
    lines = [*_wrapped(name, width, _NAME_LINES), *_wrapped(told, width, 1)]
    colours = [f'color="{_POOR}"', f'fillcolor="{_POOR}2e"', "penwidth=2"] if hurts else []
    return f"n{place} [label={label(lines)}, {', '.join([*look, *colours, 'margin=0'])}];"


def _arrow(one: int, other: int, teams: int, said: str) -> str:
    """The more teams, the straighter; a way back takes no part in the order of boxes."""
    look = f"penwidth={0.8 + 0.6 * teams:.1f}, weight={teams * teams}, label={quoted(said)}"
    back = other <= one
    return f"n{one} -> n{other} [{look}{', constraint=false' if back else ''}];"


def _wrapped(text: str, width: float, most: int) -> list[str]:
    """At most so many lines that fit a box; what is cut off ends in three dots."""
    plain = " ".join(text.split())
    wide = sum(map(is_wide, plain))
    letters = width * _LETTERS / (2 if 2 * wide > len(plain) else 1)
    return wrapped(plain, int(letters), most) or [""]
