"""Answers: each saved at once, with its version, so that nobody's is lost to somebody else's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.answers import value_of, wrong_answer
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Checklist, Item
from crm_core.domain.problems import Refused
from crm_core.domain.scoring import Answer, Sheet, Value, asked, part, worth
from crm_core.reports.cells import printable
from crm_core.services.checklists import answer_rows as rows
from crm_core.services.checklists import assessments, editions, respondents
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.respondents import Respondent
from crm_core.store import Change, Store

_GIVEN = """
WITH given AS (
    SELECT respondent, item, version, min(change_id) AS change_id
    FROM (
        SELECT respondent, item, version, change_id FROM checklist.answer WHERE assessment = $1
        UNION ALL
        SELECT respondent, item, version, change_id FROM checklist_history.answer
        WHERE assessment = $1
    )
    GROUP BY ALL
), state AS (
    SELECT edition, change_id FROM checklist.assessment WHERE id = $1
    UNION ALL
    SELECT edition, change_id FROM checklist_history.assessment WHERE id = $1
)
SELECT
    respondent, item, value, note, version, committed_at, actor_name,
    (SELECT max(edition) FROM state WHERE state.change_id <= given.change_id)
FROM checklist.answer JOIN given USING (respondent, item, version)
LEFT JOIN app.change ON app.change.change_id = given.change_id
WHERE respondent IN (SELECT unnest($2::VARCHAR[]))
"""
"""Answers with who gave them and when: what is kept about one changes when others do."""


@dataclass(frozen=True)
class Given:
    """An answer as it is kept; `value` None: the item does not apply, and `note` says why."""

    value: Value | None
    note: str
    version: int
    at: datetime
    """UTC; when it was given, whatever was kept about it since."""
    by: str
    edition: int
    """Of the checklist, by which it was given."""


@dataclass(frozen=True)
class Said:
    """An answer that somebody gives or takes back."""

    item: str
    value: Value | None
    """None: the item does not apply, and the note says why."""
    note: str = ""
    version: int = 0
    """Of the answer that they saw; 0: none."""
    is_back: bool = False
    """Whether it is taken back."""


@dataclass(frozen=True)
class Filled:
    """A respondent's sheet: what is asked of them, and what they answered."""

    assessment: Assessment
    checklist: Checklist
    respondent: Respondent
    asked: Mapping[str, Item]
    """The items that are asked, by id, in order; which they are depends on the answers."""
    answers: Mapping[str, Given]
    """By item; of items that are no longer asked as well."""
    evidence: frozenset[str]
    """Items with something that shows the answer to be true, on the day of the assessment."""

    @property
    def open(self) -> list[str]:
        """The items that are asked and not answered, in order."""
        return [item for item in self.asked if item not in self.answers]

    @property
    def sheet(self) -> Sheet:
        """The same as scores are computed from."""
        return _sheet(self.respondent, self.answers, self.evidence)


def filled(store: Store, _actor: Actor, respondent: str) -> Filled:
    """The sheet of a respondent. Refused("respondent_unknown")."""
    with store.snapshot() as cursor:
        who = respondents.one(cursor, respondent)
        return _filled(cursor, assessments.one(cursor, who.assessment), [who])[0]


def all_filled(store: Store, _actor: Actor, assessment: str) -> list[Filled]:
    """Every sheet of an assessment. Refused("assessment_unknown")."""
    with store.snapshot() as cursor:
        return of(cursor, assessments.one(cursor, assessment))


def of(cursor: duckdb.DuckDBPyConnection, assessment: Assessment) -> list[Filled]:
    """The same, as a cursor sees it."""
    return _filled(cursor, assessment, respondents.of(cursor, assessment.id))


def save(
    store: Store,
    actor: Actor,
    respondent: str,
    item: str,
    value: Value | None,
    *,
    note: str = "",
    version: int = 0,
) -> int:
    """Keep an answer, `version` being that of the one which the respondent saw (0: none); the
    version that it has now. `value` None: the item does not apply, and the note says why.

    The same again changes nothing, whatever the version. Refused: respondent_unknown;
    assessment_not_open, answer_submitted; answer_item for an item that is not theirs;
    answer_changed where it was answered otherwise since; what `wrong_answer` tells.
    """
    with store.change(actor, "answer.save", area=AREA) as change:
        return put(change, respondent, [Said(item, value, note, version)])[item]


def clear(store: Store, actor: Actor, respondent: str, item: str, *, version: int) -> None:
    """Take an answer back; it stays in the history. Refused as `save`."""
    with store.change(actor, "answer.clear", area=AREA) as change:
        put(change, respondent, [Said(item, None, "", version, is_back=True)])


def put(change: Change, respondent: str, said: Sequence[Said]) -> dict[str, int]:
    """Keep and take back answers to several items, each named once, inside a larger change; the
    versions that they have now. Refused as `save`."""
    sheet = open_sheet(change, respondent)
    change.subject = sheet.assessment.id
    change.detail = {"respondent": respondent, "item": ", ".join(one.item for one in said)}
    theirs = {one.id: one for one in part(sheet.checklist, sheet.sheet)}
    last = rows.last_versions(change.cursor, respondent)
    now = sheet.answers
    kept = {one.item: now[one.item].version for one in said if one.item in now}
    others = [one for one in map(_cleaned, said) if _is_another(theirs, now.get(one.item), one)]
    for one in others:
        _require_seen(now.get(one.item), one, last.get(one.item, 0))
        kept[one.item] = last.get(one.item, 0) + (not one.is_back)
    after = dict(sheet.sheet.answers)
    for one in others:
        after.pop(one.item, None)
        if not one.is_back:
            after[one.item] = Answer(one.value)
    asked_for = asked(sheet.checklist, replace(sheet.sheet, answers=after))
    rows.retire(change, respondent, [one.item for one in others])
    for one in others:
        if not one.is_back:
            rows.write(
                change,
                (sheet.assessment.id, respondent, one.item),
                kept[one.item],
                (one.value, one.note),
                worth(theirs[one.item], one.value),
                is_asked=one.item in asked_for,
            )
    _ask_again(change, sheet, asked_for, {one.item for one in others})
    return kept


def _cleaned(one: Said) -> Said:
    value = printable(one.value) if isinstance(one.value, str) else one.value
    return replace(one, value=value, note=printable(one.note).strip())


def _is_another(theirs: Mapping[str, Item], now: Given | None, one: Said) -> bool:
    """Whether it says something else than what is kept. Refused: answer_item; what `wrong_answer`
    tells."""
    if one.item not in theirs:
        raise Refused("answer_item", value=one.item)
    if one.is_back:
        return now is not None
    if problem := wrong_answer(theirs[one.item], one.value, one.note):
        raise Refused(problem.code, **problem.params)
    return now is None or (now.value, now.note) != (one.value, one.note)


def open_sheet(change: Change, respondent: str) -> Filled:
    """A sheet that may be changed. Refused: respondent_unknown, assessment_not_open,
    answer_submitted."""
    who = respondents.one(change.cursor, respondent)
    found = assessments.one(change.cursor, who.assessment)
    if found.state not in OPEN:
        raise Refused("assessment_not_open", id=found.id, value=found.state)
    if who.submitted_at is not None:
        raise Refused("answer_submitted")
    return _filled(change.cursor, found, [who])[0]


def _require_seen(now: Given | None, one: Said, last: int) -> None:
    """What is to be overwritten must be what the writer saw."""
    if (now.version if now else 0) == one.version:
        return
    if now is None and one.version == last:
        return  # it was taken back: that is no answer that could be lost
    params = {"by": now.by if now else "", "at": now.at if now else "", "item": one.item}
    raise Refused("answer_changed", **params)


def _ask_again(
    change: Change, sheet: Filled, asked_for: Mapping[str, Item], written: Collection[str]
) -> None:
    """Mark of the answers that were not written whether they are asked for now that others are."""
    items = {one.id: one for one in sheet.checklist.items}
    for item in sheet.answers.keys() & (asked_for.keys() ^ sheet.asked.keys()) - set(written):
        share = worth(items[item], sheet.answers[item].value)
        rows.restate(change, sheet.respondent.id, item, share, is_asked=item in asked_for)


def _filled(
    cursor: duckdb.DuckDBPyConnection, assessment: Assessment, people: Sequence[Respondent]
) -> list[Filled]:
    checklist = editions.edition(cursor, assessment.checklist, assessment.edition)
    items = {one.id: one for one in checklist.items}
    given: dict[str, dict[str, Given]] = {one.id: {} for one in people}
    for who, item, kept, *told in cursor.execute(_GIVEN, [assessment.id, list(given)]).fetchall():
        if item in items:
            value = value_of(items[item], simplejson.loads(kept) if kept else None)
            given[who][item] = Given(value, *told)
    shown = _with_evidence(cursor, assessment)
    return [
        Filled(
            *(assessment, checklist, who),
            asked(checklist, _sheet(who, given[who.id], frozenset())),
            *(given[who.id], frozenset(item for one, item in shown if one == who.id)),
        )
        for who in people
    ]


def _sheet(who: Respondent, answers: Mapping[str, Given], evidence: frozenset[str]) -> Sheet:
    return Sheet(
        {item: Answer(one.value, item in evidence) for item, one in answers.items()},
        who.voice,
        frozenset(who.sections),
    )


def _with_evidence(
    cursor: duckdb.DuckDBPyConnection, assessment: Assessment
) -> set[tuple[str, str]]:
    """Respondent and item of what is shown by evidence that holds on the assessment's day."""
    return set(
        cursor.execute(
            "SELECT respondent, item FROM checklist.evidence"
            " WHERE assessment = ? AND coalesce(expires >= ?, true)",
            [assessment.id, assessment.day],
        ).fetchall()
    )
