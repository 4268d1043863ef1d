"""The figures of the quality page: a few cards, and a line per table."""

from collections.abc import Sequence

import pandas as pd

from crm_core.services.quality import words
from crm_core.services.quality.standing import Moment, Score, Standing, total
from pages._ui import session
from pages._ui.cards import Card, cards
from pages._ui.head import section
from pages._ui.tables import Column, table

MOST_MOMENTS = 60
SAME = 0.0005
"""A change of less than a twentieth of a point is none."""
_TELLING = 0.005


def cards_of(now: Standing, course: Sequence[Moment]) -> None:
    """The few figures read first."""
    texts, number = session.texts(), session.formats().number
    text = texts.text
    score = total(now.scores.values())
    doubled = sum(column.duplicates or 0 for column in now.columns)
    waiting = sum(now.waiting.values())
    cards(
        [
            _share_card("completeness", text("Filled in"), score, course),
            _share_card("validity", text("Keeps the rules"), score, course),
            Card(
                text("Wrong values"),
                number(score.invalid) if score.invalid else "–",
                help=text("Values that break a rule, and cells that wait in quarantine."),
            ),
            Card(
                text("Lines in quarantine"),
                number(waiting) if waiting else "–",
                help=text(
                    "Lines that broke a rule. They are in no figure until they are corrected."
                ),
            ),
            Card(
                text("Doubled values"),
                number(doubled) if doubled else "–",
                help=text("Numbers, names, e-mails and phones that more than one row has."),
            ),
        ]
    )


def _share_card(measure: str, label: str, score: Score, course: Sequence[Moment]) -> Card:
    text = session.texts().text
    helps = {
        "completeness": text("Share of cells that are filled, in columns that any row fills."),
        "validity": text("Share of filled cells that break no rule."),
    }
    points = [getattr(moment.score, measure) for moment in course]
    known = [point for point in points if point is not None]
    change = known[-1] - known[-2] if len(known) > 1 else None
    return Card(
        label,
        words.share(session.texts(), getattr(score, measure)),
        change=_moved(change),
        direction=None
        if change is None or abs(change) < SAME
        else ("up" if change > 0 else "down"),
        history=_drawn(known[-MOST_MOMENTS:]),
        help=helps[measure],
    )


def _drawn(points: list[float]) -> list[float]:
    """A sparkline fills its height: where hardly anything moved it would show a fall or a rise."""
    moved = len(points) > 1 and max(points) - min(points) >= _TELLING
    return [100 * point for point in points] if moved else []


def _moved(change: float | None) -> str:
    text = session.texts().text
    if change is None:
        return ""
    if abs(change) < SAME:
        return text("as before the last load")
    points = session.formats().number(round(abs(change) * 100, 1), 1)
    if change > 0:
        return text("{points} points more than before the last load", points=points)
    return text("{points} points less than before the last load", points=points)


def tables(now: Standing, course: Sequence[Moment]) -> None:
    """A line per table."""
    text = session.texts().text
    section(text("Each table"), text("Filled and valid cells of the columns in use, as of now."))
    before = course[-2].scores if len(course) > 1 else {}
    after = course[-1].scores if len(course) > 1 else {}
    shown = [
        {
            "table": words.table_name(session.texts(), name),
            "rows": now.rows[name],
            "filled": now.scores[name].completeness,
            "change": _points(before.get(name), after.get(name)),
            "valid": now.scores[name].validity,
            "invalid": now.scores[name].invalid,
            "waiting": now.waiting.get(name, 0),
            "doubled": sum(one.duplicates or 0 for one in now.columns if one.entity == name),
        }
        for name in now.rows
    ]
    heads = [
        Column("table", text("Table"), pinned=True),
        Column("rows", text("Number of rows"), "number"),
        Column("filled", text("Filled in"), "percent"),
        Column("change", text("Points since the last load"), "number"),
        Column("valid", text("Keeps the rules"), "percent"),
        Column("invalid", text("Wrong values"), "number"),
        Column("waiting", text("Lines in quarantine"), "number"),
        Column("doubled", text("Doubled values"), "number"),
    ]
    if not before:
        heads = [head for head in heads if head.name != "change"]
    table(pd.DataFrame(shown), heads, key="quality-tables")


def _points(before: Score | None, after: Score | None) -> float | None:
    first = before.completeness if before else None
    last = after.completeness if after else None
    return round(100 * (last - first), 1) if first is not None and last is not None else None
