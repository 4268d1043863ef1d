"""Load curves: how much of each skill and of each department's patience the plan uses."""

from collections.abc import Sequence

import streamlit as st

from crm_core.domain.planning import usage
from crm_core.domain.planning.usage import Usage
from crm_core.services.planning.roadmap import Roadmap
from pages._ui import session
from pages._ui.charts import Curve, curves_chart, show_chart

_MOST = 12
"""Curves; of more the fullest ones."""


def show(found: Roadmap) -> None:
    """People and change beside each other, each skill and department a small curve."""
    programme, spans = found.plan.programme, found.plan.spans
    parts = (
        ("skills", usage.skills(programme, spans)),
        ("loads", usage.loads(programme, spans)),
    )
    for column, (key, uses) in zip(st.columns(2), parts, strict=True):
        with column:
            _part(found, key, [one for one in uses if any(one.used)])


def _finding(key: str, name: str) -> str:
    text = session.texts().text
    if key == "skills":
        return text("{name} is the tightest skill", name=name)
    return text("{name} bears the most change", name=name)


def _part(found: Roadmap, key: str, uses: Sequence[Usage]) -> None:
    texts, calendar = session.texts(), found.plan.calendar
    ordered = sorted(uses, key=lambda one: -(one.peak or 0))[:_MOST]
    last = max((end for _, end in found.plan.spans.values()), default=1)
    moments = [calendar.day(period) for period in range(last)]
    curves = [
        Curve(
            found.plan.titles.get(one.name, one.name),
            one.used[:last],
            one.available[:last] if one.available is not None else None,
            _told(one),
        )
        for one in ordered
    ]
    show_chart(
        curves_chart(moments, curves, session.formats().number, session.formats().month)
        if curves
        else None,
        key=f"plan-{key}",
        finding=_finding(key, curves[0].name) if ordered else texts.text("No load"),
        counted=texts.text("Used per period; the dashed line is what is available."),
        empty=(texts.text("Nothing is used"), ""),
    )


def _told(one: Usage) -> str:
    """The share that is used in the fullest period."""
    texts = session.texts()
    if one.peak is None:
        return texts.text("no limit known")
    return texts.text("{share} at the most", share=texts.formats.percent(one.peak, 0))
