"""Respondents: who answers an assessment, which part of it, and whether they are done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args
from uuid import uuid4

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Voice
from crm_core.domain.problems import Refused
from crm_core.reports.cells import one_line
from crm_core.services.checklists import assessments, editions
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.editions import AREA
from crm_core.services.clock import Clock, utc_now
from crm_core.services.outbox.address import mail_address
from crm_core.store import Change, Store

_TABLE = "checklist.respondent"
_COLUMNS = (
    *("id", "version", "assessment", "name", "email", "voice", "sections", "link"),
    *("invited_at", "reminded_at", "submitted_at"),
)
MOST = 500
"""Respondents of an assessment."""
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Respondent:
    """Somebody who answers. Moments in UTC."""

    id: str
    version: int
    assessment: str
    name: str
    email: str
    voice: Voice
    sections: tuple[str, ...]
    """The respondent's part; all sections where it is empty."""
    link: int
    """Number of the link in force; 0: none was made."""
    invited_at: datetime | None
    reminded_at: datetime | None
    submitted_at: datetime | None


def add(
    store: Store,
    actor: Actor,
    assessment: str,
    name: str,
    voice: Voice,
    *,
    email: str = "",
    sections: Sequence[str] = (),
) -> str:
    """Let somebody answer an assessment; the respondent's id.

    The same name and address again is the same respondent. Refused: assessment_unknown,
    assessment_not_open; item_required for no name; mail_address, respondent_voice,
    respondent_section; respondent_most.
    """
    with store.change(actor, "respondent.add", area=AREA, subject=assessment) as change:
        require_open(change.cursor, assessment)
        new = Respondent(
            *(uuid4().hex, 1, assessment, one_line(name), email.strip().lower(), voice),
            *(tuple(sections), 0, None, None, None),
        )
        _require_sense(change.cursor, new)
        there = of(change.cursor, assessment)
        for each in there:
            if (each.name, each.email) == (new.name, new.email):
                return each.id
        if len(there) >= MOST:
            raise Refused("respondent_most", limit=MOST)
        _put(change, new)
        change.detail = {"respondent": new.id, "voice": voice}
    return new.id


def describe(store: Store, actor: Actor, changed: Respondent) -> None:
    """Keep another name, address, voice or part. Refused: respondent_unknown, respondent_changed;
    those of `add`."""
    with store.change(
        actor, "respondent.describe", area=AREA, subject=changed.assessment
    ) as change:
        now = one(change.cursor, changed.id)
        require_open(change.cursor, now.assessment)
        if now.version != changed.version:
            raise Refused("respondent_changed", name=now.name)
        kept = replace(
            now,
            name=one_line(changed.name),
            email=changed.email.strip().lower(),
            voice=changed.voice,
            sections=tuple(changed.sections),
        )
        _require_sense(change.cursor, kept)
        write(change, kept)


def remove(store: Store, actor: Actor, key: str) -> None:
    """Let somebody answer no longer. Refused: respondent_unknown; respondent_answered where there
    are answers, which would be lost with it; assessment_not_open."""
    with store.change(actor, "respondent.remove", area=AREA) as change:
        now = one(change.cursor, key)
        change.subject = now.assessment
        require_open(change.cursor, now.assessment)
        if change.cursor.execute("FROM checklist.answer WHERE respondent = ?", [key]).fetchone():
            raise Refused("respondent_answered", name=now.name)
        change.retire(_TABLE, "id = ?", [key])


def submit(store: Store, actor: Actor, key: str, clock: Clock = utc_now) -> None:
    """A respondent is done. Again, it changes nothing. Refused: respondent_unknown,
    assessment_not_open."""
    with store.change(actor, "respondent.submit", area=AREA) as change:
        now = one(change.cursor, key)
        change.subject = now.assessment
        require_open(change.cursor, now.assessment)
        if now.submitted_at is None:
            write(change, replace(now, submitted_at=clock()))


def reopen(store: Store, actor: Actor, key: str) -> None:
    """Let a respondent who was done answer once more. Refused as `submit`."""
    with store.change(actor, "respondent.reopen", area=AREA) as change:
        now = one(change.cursor, key)
        change.subject = now.assessment
        require_open(change.cursor, now.assessment)
        if now.submitted_at is not None:
            write(change, replace(now, submitted_at=None))


def listed(store: Store, _actor: Actor, assessment: str) -> list[Respondent]:
    """Who answers an assessment, by name."""
    with store.read() as cursor:
        return of(cursor, assessment)


def respondent(store: Store, _actor: Actor, key: str) -> Respondent:
    """One respondent. Refused("respondent_unknown")."""
    with store.read() as cursor:
        return one(cursor, key)


def of(cursor: duckdb.DuckDBPyConnection, assessment: str) -> list[Respondent]:
    """Who answers an assessment, by name, as a cursor sees it."""
    return _found(cursor, "assessment = ? ORDER BY lower(name), id", assessment)


def is_private(found: Assessment, who: Respondent) -> bool:
    """Whether nobody but the respondent may see their sheet: names are hidden, and they answer
    behind a link of their own. Who was given none is interviewed by somebody, who knows it."""
    return found.is_unnamed and who.link > 0


def one(cursor: duckdb.DuckDBPyConnection, key: str) -> Respondent:
    """One respondent, as a cursor sees it. Refused("respondent_unknown")."""
    found = _found(cursor, "id = ?", key)
    if not found:
        raise Refused("respondent_unknown")
    return found[0]


def write(change: Change, kept: Respondent) -> None:
    """Keep a respondent's new state inside a larger change."""
    change.retire(_TABLE, "id = ?", [kept.id])
    _put(change, replace(kept, version=kept.version + 1))


def require_open(cursor: duckdb.DuckDBPyConnection, assessment: str) -> None:
    """Refused("assessment_not_open") unless answers are taken."""
    now = assessments.one(cursor, assessment)
    if now.state not in OPEN:
        raise Refused("assessment_not_open", id=assessment, value=now.state)


def _require_sense(cursor: duckdb.DuckDBPyConnection, new: Respondent) -> None:
    if not new.name:
        raise Refused("item_required")
    if len(new.name) > _LONGEST_NAME:
        raise Refused("item_text", limit=_LONGEST_NAME)
    if new.voice not in get_args(Voice):
        raise Refused("respondent_voice", value=new.voice, known=", ".join(get_args(Voice)))
    filled_in = assessments.one(cursor, new.assessment)
    known = editions.edition(cursor, filled_in.checklist, filled_in.edition).sections
    for section in new.sections:
        if section not in {each.id for each in known}:
            ids = ", ".join(each.id for each in known)
            raise Refused("respondent_section", value=section, known=ids)
    if new.email:
        mail_address(new.email)


def _found(cursor: duckdb.DuckDBPyConnection, condition: str, param: str) -> list[Respondent]:
    rows = cursor.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM {_TABLE} WHERE {condition}", [param]
    ).fetchall()
    found = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
    return [Respondent(**each | {"sections": tuple(each["sections"])}) for each in found]


def _put(change: Change, kept: Respondent) -> None:
    values = [getattr(kept, name) for name in _COLUMNS]
    values[_COLUMNS.index("sections")] = list(kept.sections)
    marks = ", ".join("?" for _ in values)
    change.cursor.execute(f"INSERT INTO {_TABLE} VALUES ({marks}, ?)", [*values, change.change_id])
