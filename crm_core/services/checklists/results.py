"""What an assessment comes to, and how its subject developed from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import fewest_together
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.domain.results import Following, Result, Told, result
from crm_core.domain.scoring import Panel, Rules, Score
from crm_core.services.checklists import answers, assessments, editions
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.assessments import Assessment
from crm_core.store import Store

MOST = 24
"""Assessments of a course, the latest."""


@dataclass(frozen=True)
class Shown:
    """An assessment with what it comes to."""

    assessment: Assessment
    checklist: Checklist
    people: int
    result: Result


@dataclass(frozen=True)
class Point:
    """How one assessment of a course came out."""

    assessment: Assessment
    whole: Score
    sections: Mapping[str, Fraction | None]


def of_assessment(store: Store, _actor: Actor, key: str, rules: Rules | None = None) -> Shown:
    """What an assessment comes to. Refused("assessment_unknown")."""
    with store.snapshot() as cursor:
        found = assessments.one(cursor, key)
        sheets = answers.of(cursor, found)
        made = panel(cursor, found, sheets, rules)
        return Shown(found, made.checklist, len(sheets), result(made, _following(cursor, key)))


def course(store: Store, _actor: Actor, key: str, rules: Rules | None = None) -> list[Point]:
    """How the assessments of the same checklist and subject came out, the earliest first; those
    in which nothing counts are left out. Refused("assessment_unknown")."""
    with store.snapshot() as cursor:
        points = [_point(cursor, one, rules) for one in _alike(cursor, key)]
    return [one for one in points if one.whole.share is not None]


def newest(store: Store, actor: Actor, checklist: str) -> str:
    """The assessment of a checklist with the latest day. Refused: checklist_unknown;
    assessment_none where nobody began one."""
    found = assessments.listed(store, actor, checklist)
    if not found:
        with store.read() as cursor:
            editions.newest(cursor, checklist)
        raise Refused("assessment_none", value=checklist)
    latest = [one for one in found if one.day == found[0].day]
    return latest[-1].id


def panel(
    cursor: duckdb.DuckDBPyConnection,
    found: Assessment,
    sheets: list[Filled],
    rules: Rules | None = None,
) -> Panel:
    """The sheets of an assessment as they are shown: without names only in groups."""
    checklist = editions.edition(cursor, found.checklist, found.edition)
    fewest = fewest_together(found.state, is_unnamed=found.is_unnamed)
    return Panel(checklist, [one.sheet for one in sheets], rules or Rules(), fewest)


def _following(cursor: duckdb.DuckDBPyConnection, key: str) -> Following:
    """The consequences that stand; see the view."""
    rows = cursor.execute(
        "SELECT stated_at, place, told, people FROM checklist.standing WHERE assessment = ?", [key]
    ).fetchall()
    return {(item, place): Told(told, people) for item, place, told, people in rows}


def _alike(cursor: duckdb.DuckDBPyConnection, key: str) -> list[Assessment]:
    """The assessments of the same checklist and subject, the earliest first."""
    one = assessments.one(cursor, key)
    ids = cursor.execute(
        "SELECT id FROM checklist.assessment WHERE (checklist, scope, lower(subject)) = (?, ?, ?)"
        " ORDER BY day DESC, length(id) DESC, id DESC LIMIT ?",
        [one.checklist, one.scope, one.subject.lower(), MOST],
    ).fetchall()
    return [assessments.one(cursor, found) for (found,) in reversed(ids)]


def _point(cursor: duckdb.DuckDBPyConnection, found: Assessment, rules: Rules | None) -> Point:
    made = panel(cursor, found, answers.of(cursor, found), rules)
    sections = {one.id: made.section(one).share for one in made.checklist.sections}
    return Point(found, made.whole(), sections)
