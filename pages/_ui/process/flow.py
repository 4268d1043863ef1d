"""A process as a picture: what follows what, how many teams go which way, where customers suffer.

Graphviz lays it out in the browser. Boxes have a fixed size and lines of our own, since its tables
of letter widths know no Chinese; letters and lines take the theme's colours from the style sheet.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import streamlit as st

from crm_core.domain.comparison import Comparison
from crm_core.domain.variant import Step, Variant
from pages._ui import session
from pages._ui.palette import GREY
from pages._ui.process import words

_POOR = "#d9822b"
_LINE = 26
"""Half-width letters on a line of a box."""
_LINES = 3
_HEAD = (
    'digraph { bgcolor="transparent"; rankdir=TB; nodesep=0.25; ranksep=0.3; '
    'node [shape=box, style="rounded,filled", fixedsize=true, width=2.5, height=0.78, '
    f'fillcolor="{GREY}18", color="{GREY}", fontsize=11]; '
    f'edge [color="{GREY}", arrowsize=0.7, fontsize=10]; '
)


def of_all(seen: Comparison) -> str:
    """The rows of a comparison in DOT: the thicker a line, the more teams go that way.

    What only others than the reference do has a broken frame.
    """
    count = len(seen.variants)
    lines = []
    for place, row in enumerate(seen.rows):
        held = [cell.step for cell in row.cells if cell.step]
        said = session.texts().text("{n} of {all} teams", n=len(held), all=count)
        in_reference = row.cells[seen.reference].step is not None
        lines.append(_box(place, row.name, _hurting(said, held), held, in_reference=in_reference))
    ways = Counter(way for variant in range(count) for way in pairwise(_way(seen, variant)))
    for (one, other), teams in sorted(ways.items()):
        lines.append(_arrow(one, other, teams, str(teams) if teams < count else ""))
    return f"{_HEAD}{' '.join(lines)} }}"


def of_one(variant: Variant) -> str:
    """A team's steps in DOT: who does each with what, and where it changes hands."""
    lines = []
    for place, step in enumerate(variant.steps):
        known = [step.who, step.tool, "" if step.minutes is None else words.minutes(step.minutes)]
        said = " · ".join(one for one in known if one)
        lines.append(_box(place, step.what, _hurting(said, [step]), [step]))
    for place, step in enumerate(variant.steps[:-1]):
        lines.append(_arrow(place, place + 1, 2, f" → {step.hand_over}" if step.hand_over else ""))
    return f"{_HEAD}{' '.join(lines)} }}"


def show(dot: str, said: str) -> None:
    """The picture; `said` tells it to those who do not see it."""
    with st.container(key="crm-flow"):
        st.graphviz_chart(dot, alt=said)


def quoted(text: str) -> str:
    """A text as DOT takes it for nothing but a text: no escape, no entity, no end of the string."""
    plain = " ".join(text.split()).replace("&", "&amp;")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _way(seen: Comparison, variant: int) -> list[int]:
    """The rows that a team goes through, in its own order."""
    held = [(row.cells[variant].place, place) for place, row in enumerate(seen.rows)]
    return [place for step, place in sorted((s, p) for s, p in held if s is not None)]


def _box(
    place: int, name: str, said: str, held: Iterable[Step], *, in_reference: bool = True
) -> str:
    lines = [*_wrapped(name), *_wrapped(said)[:1]]
    label = "\\n".join(quoted(line)[1:-1] for line in lines)
    style = "rounded,filled" if in_reference else "rounded,filled,dashed"
    look = f'style="{style}"' + (', group="main"' if in_reference else "")
    if any(step.hurts for step in held):
        look += f', color="{_POOR}", fillcolor="{_POOR}2e", penwidth=2'
    return f'n{place} [label="{label}", {look}];'


def _arrow(one: int, other: int, teams: int, label: str) -> str:
    """A way back takes no part in the order from top to bottom."""
    look = f"penwidth={0.8 + 0.6 * teams:.1f}, label={quoted(label)}"
    back = other <= one
    return f"n{one} -> n{other} [{look}{', constraint=false' if back else ''}];"


def _hurting(said: str, held: Iterable[Step]) -> str:
    """With the sign that customers suffer, so that the colour is not alone."""
    return f"{words.SUFFERS} {said}" if any(step.hurts for step in held) else said


def _wrapped(text: str) -> list[str]:
    """At most so many lines that fit a box; what is cut off ends in three dots."""
    plain = " ".join(text.split())
    wide = any(ord(letter) > 0x2E80 for letter in plain)
    width = _LINE // 2 if wide else _LINE
    return textwrap.wrap(plain, width, max_lines=_LINES - 1, placeholder="…") or [""]
