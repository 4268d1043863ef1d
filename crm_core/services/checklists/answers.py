"""Answers: each saved at once, with its version, so that nobody's is lost to somebody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.answers import kept_as, value_of, wrong_answer
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Checklist, Item
from crm_core.domain.problems import Refused
from crm_core.domain.scoring import Answer, Sheet, Value, asked, part, worth
from crm_core.reports.cells import printable
from crm_core.services.checklists import assessments, editions, respondents
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.respondents import Respondent
from crm_core.store import Change, Store

_TABLE = "checklist.answer"
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
        return put(change, respondent, item, value, note=note, version=version)


def clear(store: Store, actor: Actor, respondent: str, item: str, *, version: int) -> None:
    """Take an answer back; it stays in the history. Refused as `save`."""
    with store.change(actor, "answer.clear", area=AREA) as change:
        take_back(change, respondent, item, version=version)


def put(
    change: Change, respondent: str, item: str, value: Value | None, *, note: str, version: int
) -> int:
    """Keep an answer inside a larger change, as `save` does."""
    said = printable(note).strip()
    sheet, asked_for = _open_item(change, respondent, item)
    value = printable(value) if isinstance(value, str) else value
    if problem := wrong_answer(asked_for, value, said):
        raise Refused(problem.code, **problem.params)
    now = sheet.answers.get(item)
    if now and (now.value, now.note) == (value, said):
        return now.version
    _require_seen(change.cursor, respondent, item, now, version)
    kept = _next_version(change.cursor, respondent, item)
    _write(change, sheet, asked_for, value, said, kept)
    _ask_again(change, sheet, item, Answer(value))
    return kept


def take_back(change: Change, respondent: str, item: str, *, version: int) -> None:
    """Take an answer back inside a larger change, as `clear` does."""
    sheet, _ = _open_item(change, respondent, item)
    now = sheet.answers.get(item)
    if now is None:
        return
    _require_seen(change.cursor, respondent, item, now, version)
    change.retire(_TABLE, "respondent = ? AND item = ?", [respondent, item])
    _ask_again(change, sheet, item, None)


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


def _open_item(change: Change, respondent: str, item: str) -> tuple[Filled, Item]:
    sheet = open_sheet(change, respondent)
    change.subject = sheet.assessment.id
    change.detail = {"respondent": respondent, "item": item}
    theirs = {one.id: one for one in part(sheet.checklist, sheet.sheet)}
    if item not in theirs:
        raise Refused("answer_item", value=item)
    return sheet, theirs[item]


def _require_seen(
    cursor: duckdb.DuckDBPyConnection, respondent: str, item: str, now: Given | None, version: int
) -> None:
    """What is to be overwritten must be what the writer saw."""
    if (now.version if now else 0) == version:
        return
    if now is None and version == _next_version(cursor, respondent, item) - 1:
        return  # it was taken back: that is no answer that could be lost
    raise Refused("answer_changed", by=now.by if now else "", at=now.at if now else "", item=item)


def _next_version(cursor: duckdb.DuckDBPyConnection, respondent: str, item: str) -> int:
    [(last,)] = cursor.execute(
        "SELECT coalesce(max(version), 0) FROM (SELECT respondent, item, version"
        f" FROM {_TABLE} UNION ALL SELECT respondent, item, version FROM checklist_history.answer)"
        " WHERE respondent = ? AND item = ?",
        [respondent, item],
    ).fetchall()
    return int(last) + 1


def _write(
    change: Change, sheet: Filled, item: Item, value: Value | None, note: str, version: int
) -> None:
    share = worth(item, value)
    change.retire(_TABLE, "respondent = ? AND item = ?", [sheet.respondent.id, item.id])
    change.cursor.execute(
        f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(sheet.assessment.id, sheet.respondent.id, item.id, version),
            None if value is None else simplejson.dumps(kept_as(value), ensure_ascii=False),
            *(note, None if share is None else float(share), True, change.change_id),
        ],
    )


def _ask_again(change: Change, sheet: Filled, item: str, answer: Answer | None) -> None:
    """Mark which answers are asked for now that this one is another."""
    answers = {**sheet.sheet.answers}
    answers.pop(item, None)
    if answer:
        answers[item] = answer
    now = asked(sheet.checklist, Sheet(answers, sheet.respondent.voice, sheet.sheet.sections))
    items = {one.id: one for one in sheet.checklist.items}
    for changed in answers.keys() & (now.keys() ^ sheet.asked.keys() | {item}):
        if changed == item and item in now:
            continue
        share = worth(items[changed], answers[changed].value)
        restate(change, sheet.respondent.id, changed, share, is_asked=changed in now)


def restate(
    change: Change, respondent: str, item: str, share: Fraction | None, *, is_asked: bool
) -> None:
    """Keep of an answer that stands what it is worth now and whether it is asked for."""
    mine = [respondent, item]
    before = change.cursor.execute(
        f"SELECT * EXCLUDE (worth, is_asked, change_id) FROM {_TABLE}"
        " WHERE respondent = ? AND item = ?",
        mine,
    ).fetchall()
    change.retire(_TABLE, "respondent = ? AND item = ?", mine)
    for row in before:
        change.cursor.execute(
            f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, None if share is None else float(share), is_asked, change.change_id],
        )


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
