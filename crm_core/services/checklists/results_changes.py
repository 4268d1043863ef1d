"""What changed, answer by answer: between two assessments, and within one over its history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.answers import value_of
from crm_core.domain.checklists import Item, Section, Voice
from crm_core.domain.problems import Refused
from crm_core.services.checklists import answers, assessments, editions, respondents, results
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.results_answers import Said, said, visible
from crm_core.store import Store

# A row that only marks whether the answer is asked for repeats its version.
_HISTORY = """
    WITH kept AS (
        FROM checklist.answer SELECT * EXCLUDE (worth, is_asked)
        UNION ALL BY NAME
        FROM checklist_history.answer SELECT * EXCLUDE (worth, is_asked, superseded_by)
    ),
    event AS (
        SELECT respondent, item, any_value(value) AS value, any_value(note) AS note,
            false AS is_cleared, min(change_id) AS change_id
        FROM kept WHERE assessment = $key GROUP BY respondent, item, version
        UNION ALL
        SELECT detail ->> 'respondent', detail ->> 'item', NULL, '', true, change_id
        FROM app.change WHERE action = 'answer.clear' AND subject = $key
    )
    SELECT respondent, item, value, note, is_cleared, committed_at, actor_name
    FROM event JOIN app.change USING (change_id) ORDER BY change_id
"""


@dataclass(frozen=True)
class Side:
    """What one assessment says to an item."""

    said: tuple[Said, ...]
    share: Fraction | None


@dataclass(frozen=True)
class Changed:
    """An item that is answered otherwise, or in one of the two alone."""

    item: Item
    section: str
    before: Side
    after: Side


@dataclass(frozen=True)
class Difference:
    """From one assessment to another by the same checklist."""

    before: Assessment
    after: Assessment
    changed: tuple[Changed, ...]
    """In the order of the checklist."""
    same: int
    withheld: int
    """Items of which one side may not be shown without names."""


@dataclass(frozen=True)
class Event:
    """An answer that was given, changed or taken back."""

    item: Item
    who: str
    voice: Voice
    before: Said | None
    """None where there was no answer; so `after` where it was taken back."""
    after: Said | None
    at: datetime
    """UTC."""
    by: str


def difference(store: Store, _actor: Actor, key: str, against: str) -> Difference:
    """What is answered otherwise in `key` than in `against`, which is taken as the one before.

    Refused: assessment_unknown; assessment_other where they are not by the same checklist.
    """
    with store.snapshot() as cursor:
        sides = [_Read(cursor, one) for one in (against, key)]
    before, after = sides
    if before.found.checklist != after.found.checklist:
        raise Refused("assessment_other", id=key, other=against)
    changed, same, withheld = list[Changed](), 0, 0
    for section, item in _items(after, before):
        then, now = before.side(item), after.side(item)
        if then is None or now is None:
            withheld += 1
        elif _differ(then, now):
            changed.append(Changed(item, section, then, now))
        else:
            same += bool(then.said)
    return Difference(before.found, after.found, tuple(changed), same, withheld)


def history(store: Store, _actor: Actor, key: str) -> list[Event]:
    """Every answer to an assessment as it came, the newest first; [] where names are hidden.
    Refused("assessment_unknown")."""
    with store.snapshot() as cursor:
        found = assessments.one(cursor, key)
        if found.is_unnamed:
            return []
        items = {one.id: one for one in editions.edition(cursor, *_of(found)).items}
        people = {one.id: one for one in respondents.of(cursor, key)}
        rows = cursor.execute(_HISTORY, {"key": key}).fetchall()
    events, last = list[Event](), dict[tuple[str, str], Said | None]()
    for respondent, item, value, note, is_cleared, at, by in rows:
        if item in items and respondent in people:
            who, place = people[respondent], (respondent, item)
            kept = simplejson.loads(value) if value else None
            now = None if is_cleared else Said(value_of(items[item], kept), note)
            events.append(Event(items[item], who.name, who.voice, last.get(place), now, at, by))
            last[place] = now
    return events[::-1]


class _Read:
    """An assessment as a cursor sees it, to be held against another."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, key: str) -> None:
        self.found = assessments.one(cursor, key)
        self._sheets = answers.of(cursor, self.found)
        self._panel = results.panel(cursor, self.found, self._sheets)
        self._items = {one.id: one for one in self._panel.checklist.items}

    @property
    def sections(self) -> tuple[Section, ...]:
        return self._panel.checklist.sections

    def side(self, wanted: Item) -> Side | None:
        """What it says to an item; None where that must not be shown."""
        item = self._items.get(wanted.id)
        if item is None:
            return Side((), None)
        told = visible(self.found, self._panel, item, said(self._sheets, item))
        return None if told is None else Side(told, self._panel.share(item))


def _items(now: _Read, then: _Read) -> Iterator[tuple[str, Item]]:
    """Every item of the two editions with its section, those that were dropped last."""
    known = set[str]()
    for section in (*now.sections, *then.sections):
        for item in section.items:
            if item.id not in known:
                known.add(item.id)
                yield section.id, item


def _differ(then: Side, now: Side) -> bool:
    """However many say the same: it is another answer only if something else is said by somebody,
    or it is worth something else together."""
    values = [{one.value for one in side.said} for side in (then, now)]
    return then.share != now.share or values[0] != values[1]


def _of(found: Assessment) -> tuple[str, int]:
    return found.checklist, found.edition
