"""A new edition of a checklist taken into an assessment: which answers go along, which do not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.answers import value_of, wrong_answer
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklist_changes import Changed, changes
from crm_core.domain.checklists import Checklist, Item
from crm_core.domain.problems import Refused
from crm_core.domain.scoring import Answer, Sheet, Value, asked, worth
from crm_core.services.checklists import answer_rows, answers, assessments, editions, respondents
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.respondents import Respondent
from crm_core.store import Change, Store

_ACTION = "assessment.carry_over"


@dataclass(frozen=True)
class Aside:
    """An answer that the new edition has no place for; it stays in the history."""

    respondent: str
    item: Item
    """As it was when it was answered."""
    value: Value | None
    note: str


@dataclass(frozen=True)
class Newer:
    """What taking a newer edition into an assessment would do."""

    before: Checklist
    after: Checklist
    changes: list[Changed]
    carried: int
    """Answers that go along."""
    aside: list[Aside]


def newer(store: Store, _actor: Actor, key: str) -> Newer | None:
    """What carrying an assessment over to the newest edition would do; None where it has that.
    Refused("assessment_unknown")."""
    with store.snapshot() as cursor:
        return _newer(cursor, key)


def carry_over(store: Store, actor: Actor, key: str, version: int) -> Newer:
    """Take the newest edition into an open assessment, `version` being the one that the caller saw.

    An answer goes along where its item is there by the same id and the answer is still possible;
    else it is set aside. Who had handed in and has something left to answer can do so again.
    Refused: assessment_unknown, assessment_changed, assessment_not_open, assessment_newest.
    """
    with store.change(actor, _ACTION, area=AREA, subject=key) as change:
        now = assessments.of_version(change.cursor, key, version)
        if now.state not in OPEN:
            raise Refused("assessment_not_open", id=key, value=now.state)
        found = _newer(change.cursor, key)
        if found is None:
            raise Refused("assessment_newest", id=key)
        change.detail = {
            "edition": [found.before.version, found.after.version],
            "carried": found.carried,
            "aside": len(found.aside),
        }
        editions.keep(change, found.after, is_own=False)
        for sheet in answers.of(change.cursor, now):
            _carry(change, sheet, found.after)
        assessments.write(change, now, replace(now, edition=found.after.version))
    return found


def set_aside(store: Store, _actor: Actor, key: str) -> list[Aside]:
    """Answers that an edition had no place for, and that were not answered anew since."""
    with store.snapshot() as cursor:
        assessment = assessments.one(cursor, key)
        rows = cursor.execute(
            """
            SELECT old.edition, was.respondent, was.item, was.value, was.note
            FROM checklist_history.answer AS was
            JOIN app.change ON app.change.change_id = was.superseded_by AND action = $2
            JOIN checklist_history.assessment AS old
                ON old.id = was.assessment AND old.superseded_by = was.superseded_by
            WHERE was.assessment = $1 AND NOT EXISTS (
                FROM (
                    SELECT respondent, item, change_id FROM checklist.answer
                    UNION ALL
                    SELECT respondent, item, change_id FROM checklist_history.answer
                ) AS later
                WHERE later.respondent = was.respondent AND later.item = was.item
                    AND later.change_id >= was.superseded_by
            )
            ORDER BY was.superseded_by, was.respondent, was.item
            """,
            [key, _ACTION],
        ).fetchall()
        found = []
        for edition, who, item, kept, note in rows:
            old = _items(editions.edition(cursor, assessment.checklist, edition))[item]
            value = value_of(old, simplejson.loads(kept) if kept else None)
            found.append(Aside(who, old, value, note))
    return found


def _newer(cursor: duckdb.DuckDBPyConnection, key: str) -> Newer | None:
    now = assessments.one(cursor, key)
    before = editions.edition(cursor, now.checklist, now.edition)
    after = editions.newest(cursor, now.checklist)
    if after.version <= now.edition:
        return None
    sheets = answers.of(cursor, now)
    aside = [
        Aside(sheet.respondent.id, _items(before)[item], given.value, given.note)
        for sheet in sheets
        for item, given in sheet.answers.items()
        if item not in _going_along(sheet, after)
    ]
    given = sum(len(sheet.answers) for sheet in sheets)
    return Newer(before, after, changes(before, after), given - len(aside), aside)


def _carry(change: Change, sheet: Filled, after: Checklist) -> None:
    """The answers of one respondent, as the new edition has them."""
    along = _going_along(sheet, after)
    who = _with_part(sheet.respondent, after)
    said = {item: Answer(sheet.answers[item].value) for item in along}
    now = asked(after, Sheet(said, who.voice, frozenset(who.sections)))
    for item in sheet.answers.keys() - along.keys():
        answer_rows.retire(change, who.id, [item])
    for item, one in along.items():
        share, is_asked = worth(one, said[item].value), item in now
        before = (worth(_items(sheet.checklist)[item], said[item].value), item in sheet.asked)
        if (share, is_asked) != before:
            answer_rows.restate(change, who.id, item, share, is_asked=is_asked)
    if who.submitted_at is not None and now.keys() - along.keys():
        who = replace(who, submitted_at=None)
    if who != sheet.respondent:
        respondents.write(change, who)


def _going_along(sheet: Filled, after: Checklist) -> dict[str, Item]:
    """The items of the new edition whose answers are still possible."""
    items = _items(after)
    return {
        item: items[item]
        for item, given in sheet.answers.items()
        if item in items and wrong_answer(items[item], given.value, given.note) is None
    }


def _with_part(who: Respondent, after: Checklist) -> Respondent:
    """The respondent's part without sections that are gone; all of them gone, it stays as it is:
    no section named would mean every one."""
    there = {one.id for one in after.sections}
    kept = tuple(one for one in who.sections if one in there)
    return replace(who, sections=kept or who.sections)


def _items(checklist: Checklist) -> Mapping[str, Item]:
    return {one.id: one for one in checklist.items}
