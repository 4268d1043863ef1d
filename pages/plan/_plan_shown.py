"""The plan: its figures, the bars, what binds people and change, and the reasons."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from crm_core.services import planning
from crm_core.services.planning.comparing import Side, side
from crm_core.services.planning.roadmap import Bar, Roadmap, roadmap
from pages._ui import kept, session
from pages._ui.cards import Card, cards
from pages._ui.charts.base import text_width
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import ONE_LINE, TWO_LINES, Column, table_to_open_or_narrow
from pages.plan import _plan_gantt, _plan_item, _plan_loads, _plan_making, _warnings
from pages.plan import _plan_words as words
from pages.plan import _risk_words as risk_words
from pages.plan._plan_kept import read

_REASON = 385
"""Pixels of a reason."""


def show(header: planning.Header) -> None:
    """The view of a plan."""
    found = read(roadmap, header.plan_id)
    one = side(found.plan)
    _figures(found, one)
    st.caption(plain(_plan_making.quality(found.plan)))
    _plan_gantt.show(found)
    _plan_loads.show(found)
    _reasons(found)
    _left_out(found)
    _warnings.show()
    _plan_item.open_wished(found)


def _figures(found: Roadmap, one: Side) -> None:
    texts, formats = session.texts(), session.formats()
    row = [
        Card(
            texts.text("Net value"),
            words.money(one.value),
            texts.text("present value"),
            help=texts.text(
                "What it brings until the end of what is planned, weighed with the risk, less cost "
                "and running cost, discounted to the start"
            ),
        ),
        Card(
            texts.text("Done by"),
            formats.month(one.finish),
            help=formats.day(one.finish) if one.finish else None,
        ),
        Card(
            texts.text("Initiatives"),
            formats.number(len(found.bars)),
            texts.text("of {all}", all=len(found.bars) + len(found.left_out)),
        ),
        Card(texts.text("Cost once"), words.money(one.cost)),
        _danger(found),
    ]
    cards(row)


def _danger(found: Roadmap) -> Card:
    """How probable the end is; where nobody said what could go otherwise, how many can delay it."""
    texts = session.texts()
    if found.bars:
        risk = kept.until(("plan",), planning.risk, found.plan.header.plan_id)
        if len(risk.fixed) < len(found.plan.spans) or risk.events:
            return Card(
                texts.text("On-time chance"),
                risk_words.chance(risk.finish.chance),
                help=texts.text("What endangers it stands under Risk."),
            )
    return Card(
        texts.text("Critical"),
        texts.formats.number(sum(bar.is_critical for bar in found.bars)),
        help=texts.text("The plan ends later as soon as one of these does"),
    )


def _reasons(found: Roadmap) -> None:
    texts = session.texts()
    with st.container(gap="small"):
        section(
            texts.text("Why each one comes then"),
            texts.text("Choose a row to see more, or to move it."),
        )
        rows = pd.DataFrame(_row(found, bar) for bar in found.bars)
        title = Column("title", texts.text("Initiative"), width=225)
        why = Column("why", texts.text("Why then"), width=_REASON)
        heads = [
            title,
            Column("first", texts.text("First day"), "day", width=122),
            Column("last", texts.text("Last day"), "day", width=122),
            Column("slack", texts.text("Slack (periods)"), "number", width=118),
            why,
        ]
        is_long = any(text_width(one) > _REASON - 15 for one in rows["why"])
        row = TWO_LINES if is_long else ONE_LINE
        narrow = [replace(title, name="name", width=115), replace(why, width=209)]
        at = table_to_open_or_narrow(rows, heads, narrow, key="plan-reasons", row=row)
        if at is not None:
            _plan_item.open_item(found.bars[at].id)


def _row(found: Roadmap, bar: Bar) -> dict[str, object]:
    return {
        "title": f"{bar.id} {bar.title}",
        "name": bar.title,
        "first": bar.first,
        "last": bar.last,
        "slack": bar.slack,
        "why": words.why(found.plan, bar.reason, is_placed=True),
    }


def _left_out(found: Roadmap) -> None:
    if not found.left_out:
        return
    texts = session.texts()
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} initiative is left out", "{n} initiatives are left out", len(found.left_out)
            )
        )
        lines: Sequence[str] = [
            f"- **{plain(one.title)}** ({plain(one.id)}): "
            f"{plain(words.why(found.plan, one.reason, is_placed=False))}"
            for one in found.left_out
        ]
        st.markdown("\n".join(lines))
