"""Whether each goal is on its line: how far it has come, how far it should have, and its course."""

from collections.abc import Callable, Sequence

import pandas as pd

from crm_core.domain.goals import REGISTER, Line, Standing
from crm_core.services import goals, registers
from crm_core.services.goals import Placed
from pages._ui import filters, kept, session
from pages._ui.charts import Bullet, bullet_chart, show_chart
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.register import form, places
from pages._ui.tables import Column, table_to_open
from pages.assess import _goal_words as words
from pages.assess import _phasing_out as phasing_out

_DRAWN = 20


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the other one."""
    texts = session.texts()
    text = texts.text
    found = kept.read(goals.placed, session.today())
    read = sum(one.measure is not None and one.unread is None for one in found)
    page_head(
        texts.label(registers.known(REGISTER).plural),
        text("Where each goal stands on the straight line from its baseline to its target."),
        [
            texts.plural("{n} goal", "{n} goals", len(found)),
            text("{n} read from the data", n=read),
        ],
    )
    choose()
    form.show_done()
    if not found:
        empty_state(
            text("No goal is under way"),
            text(
                "Add a goal with a baseline, a target and their days; or let a metric measure it."
            ),
            icon=":material/flag:",
        )
        return
    placed = [one for one in found if isinstance(one.stands, Standing)][:_DRAWN]
    show_chart(
        bullet_chart([_bullet(one) for one in placed]) if placed else None,
        key="goal-lines",
        finding=_finding(found),
        counted=text(
            "Bar: how much of the way is gone; mark: how much should be by now. Those farthest "
            "behind stand first."
        ),
        empty=(
            text("No goal can be put on a line"),
            text("A line needs a baseline, a target, their days and a value."),
        ),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )
    _table(found)


def _finding(found: Sequence[Placed]) -> str:
    texts = session.texts()
    placed = [one for one in found if isinstance(one.stands, Standing)]
    late = [one for one in placed if words.is_late(one)]
    if not placed:
        return texts.text("Nobody can tell yet whether a goal is on its line")
    if not late:
        return texts.plural(
            "The {n} goal that has a line is on it or ahead",
            "All {n} goals that have a line are on it or ahead",
            len(placed),
        )
    said = texts.plural(
        "{n} of {all} goals is behind its line",
        "{n} of {all} goals are behind their line",
        len(late),
        all=len(placed),
    )
    return texts.text("{finding}: {title} most", finding=said, title=late[0].title)


def _bullet(one: Placed) -> Bullet:
    assert isinstance(one.stands, Standing)
    return Bullet(
        one.id,
        one.title,
        one.stands.done,
        one.stands.planned,
        words.stands(one),
        "\n".join(_told(one)),
        words.is_late(one),
    )


def _told(one: Placed) -> list[str]:
    text, formats = session.texts().text, session.formats()
    lines = [f"{one.id} {one.title}", words.measured_by(one)]
    if isinstance(one.stands, Standing) and isinstance(one.line, Line):
        day, value = one.points[-1]
        lines += [
            text("{day}: {value}", day=formats.day(day), value=words.value(one, value)),
            text(
                "{done} of the way gone, {planned} planned",
                done=formats.percent(one.stands.done, 0),
                planned=formats.percent(one.stands.planned, 0),
            ),
            text("Target: {value} by {day}", value=words.value(one, one.line.target),
                 day=formats.day(one.line.until)),
            text("At the pace so far: {forecast}", forecast=words.forecast(one, one.line.until)),
        ]  # fmt: skip
    return [line for line in (*lines, phasing_out.served(one.phasing_out)) if line]


def _table(found: Sequence[Placed]) -> None:
    text = session.texts().text
    heads = [
        Column("stands", text("Stands"), width=150, pinned=True),
        Column("title", text("Goal"), width=240),
        Column("now", text("Now"), "written"),
        Column("target", text("Target"), "written"),
        Column("course", text("Course"), "line", width=120),
        Column("forecast", text("Reached at this pace"), width=170),
        Column("until", text("By"), "day"),
        Column("baseline", text("Baseline"), "written"),
        Column("weight", text("Weight"), "number"),
        Column("remark", text("Remark"), width="large"),
    ]
    rows = pd.DataFrame([_row(one) for one in found])
    rows["until"] = pd.to_datetime(rows["until"])
    rows["weight"] = rows["weight"].astype("float64")
    at = table_to_open(rows, heads, key="goal-table", saved_as="goals-on-line")
    if at is not None:
        places.show_row(found[at].id)


def _row(one: Placed) -> dict[str, object]:
    today = session.today()
    agreed = one.line if isinstance(one.line, Line) else None
    return {
        "title": f"{one.id} {one.title}",
        "stands": words.stands(one),
        "baseline": words.value(one, agreed.baseline) if agreed else None,
        "now": words.value(one, one.points[-1][1]) if one.points else None,
        "target": words.value(one, agreed.target) if agreed else None,
        "until": agreed.until if agreed else None,
        "forecast": words.forecast(one, agreed.until if agreed else None) or None,
        "course": [value for _, value in one.points] if len(one.points) > 1 else None,
        "weight": one.weight,
        "remark": " · ".join(filter(None, (words.unread(one), words.last_value(one, today))))
        or phasing_out.served(one.phasing_out)
        or words.measured_by(one)
        or None,
    }
