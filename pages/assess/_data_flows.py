"""How customer data get from their master into other applications, as a picture.

Graphviz lays it out in the browser, from left to right: so a master and those that take from it
fit a phone. Letters take the theme's colour from the style sheet.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from crm_core.services.applications import CustomerData, Flow
from pages._ui import session
from pages._ui.dot import escaped, is_wide, label, wrapped
from pages._ui.head import section
from pages._ui.palette import ACCENT, COLOURS, GREY

_TYPED = COLOURS[1]
_LETTERS = 16
"""Half-width letters on a line of a box."""
_MOST = 30
"""Arrows; more of them are a ball of wool."""


def show(found: CustomerData) -> None:
    """The picture under its finding; nothing flows where no field has a master."""
    text = session.texts().text
    flows = sorted(found.flows, key=lambda one: -(one.copied + one.typed))[:_MOST]
    finding = _finding(found.flows)
    with st.container(gap="small"):
        section(
            finding,
            text(
                "An arrow leads from the master to those that keep the same fields, with how many "
                "there are; a broken one is typed by hand."
            ),
        )
        if flows:
            with st.container(key="crm-data-flow"):
                st.graphviz_chart(_dot(flows, found.applications), alt=finding)


def _finding(flows: Sequence[Flow]) -> str:
    texts = session.texts()
    typed, every = sum(one.typed for one in flows), sum(one.typed + one.copied for one in flows)
    if not every:
        return texts.text("No application takes customer data from a master")
    return texts.plural(
        "{n} of {all} ways from a master is typed by hand",
        "{n} of {all} ways from a master are typed by hand",
        typed,
        all=every,
    )


def _dot(flows: Sequence[Flow], titles: Mapping[str, str]) -> str:
    """The flows in DOT, a box for each application that gives or takes."""
    keys = dict.fromkeys(key for one in flows for key in (one.source, one.target))
    number = {key: place for place, key in enumerate(keys)}
    boxes = [f"n{place} [label={_label(titles[key])}];" for key, place in number.items()]
    arrows = [
        line for one in flows for line in _arrows(one, number[one.source], number[one.target])
    ]
    return (
        "digraph { rankdir=LR; bgcolor=transparent; nodesep=0.15; ranksep=0.4; "
        f'node [shape=box, style="rounded,filled", color="{GREY}", fillcolor="{GREY}22", '
        "fixedsize=true, width=1.3, height=0.5, fontsize=10]; edge [arrowsize=0.7, fontsize=10];"
        f" {' '.join(boxes)} {' '.join(arrows)} }}"
    )


def _arrows(one: Flow, source: int, target: int) -> list[str]:
    text = session.texts().text
    kinds = (
        (one.copied, text("{n} copied", n=one.copied), f'color="{ACCENT}"'),
        (one.typed, text("{n} typed", n=one.typed), f'color="{_TYPED}", style=dashed'),
    )
    return [
        f"n{source} -> n{target} [{look}, penwidth={min(1 + 0.3 * count, 4):.1f}, "
        f'label=" {escaped(said)} "];'
        for count, said, look in kinds
        if count
    ]


def _label(title: str) -> str:
    """Lines of our own: Graphviz knows no widths of Chinese letters."""
    letters = _LETTERS // 2 if any(map(is_wide, title)) else _LETTERS
    return label(wrapped(" ".join(title.split()), letters, 2) or ["–"])
