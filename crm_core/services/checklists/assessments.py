"""Assessments: begun, described, looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import State
from crm_core.domain.checklists import Scope
from crm_core.domain.problems import Refused
from crm_core.domain.registers import FIRST_DAY, LAST_DAY
from crm_core.reports.cells import one_line
from crm_core.services.checklists.editions import AREA, keep, newest
from crm_core.store import Change, Store

_TABLE = "checklist.assessment"
_COLUMNS = (
    *("id", "version", "checklist", "edition", "scope", "subject", "day", "due", "owner"),
    *("state", "reason", "is_unnamed"),
)
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Assessment:
    """A checklist in one edition, filled in for something as of a day."""

    id: str
    version: int
    checklist: str
    edition: int
    scope: Scope
    subject: str
    """Which department, vendor or phase; blank for the programme."""
    day: date
    due: date | None
    owner: str
    state: State
    reason: str
    """Why it was returned."""
    is_unnamed: bool
    """Whether who answered what stays hidden."""


def begin(
    store: Store,
    actor: Actor,
    checklist: str,
    *,
    scope: Scope,
    day: date,
    subject: str = "",
    due: date | None = None,
    owner: str = "",
    is_unnamed: bool = False,
) -> str:
    """Begin to fill in the newest edition of a checklist; the id of the assessment.

    Refused: checklist_unknown; assessment_scope, assessment_subject; item_day, item_early.
    """
    with store.change(actor, "assessment.begin", area=AREA) as change:
        found = newest(change.cursor, checklist)
        kept = Assessment(
            id=_next_id(change.cursor),
            version=1,
            checklist=checklist,
            edition=found.version,
            scope=scope,
            subject=one_line(subject),
            day=day,
            due=due,
            owner=one_line(owner),
            state=State.DRAFT,
            reason="",
            is_unnamed=is_unnamed,
        )
        if scope not in found.scopes:
            raise Refused("assessment_scope", value=scope, known=", ".join(found.scopes))
        _require_sense(kept)
        keep(change, found, is_own=False)
        _put(change, kept)
        change.subject = kept.id
        change.detail = {"checklist": checklist, "edition": found.version}
    return kept.id


def describe(store: Store, actor: Actor, changed: Assessment) -> None:
    """Keep another subject, day, due day, owner, or whether names are shown; `changed` is a change
    of the version that it says.

    Refused: assessment_unknown, assessment_changed, assessment_closed; those of `begin`;
    assessment_names where names would be shown that people were promised to be hidden.
    """
    with store.change(actor, "assessment.describe", area=AREA, subject=changed.id) as change:
        now = of_version(change.cursor, changed.id, changed.version)
        if now.state is State.CLOSED:
            raise Refused("assessment_closed", id=now.id)
        if now.is_unnamed and not changed.is_unnamed:
            raise Refused("assessment_names", id=now.id)
        kept = replace(
            now,
            subject=one_line(changed.subject),
            day=changed.day,
            due=changed.due,
            owner=one_line(changed.owner),
            is_unnamed=changed.is_unnamed,
        )
        _require_sense(kept)
        write(change, now, kept)


def listed(store: Store, _actor: Actor, checklist: str | None = None) -> list[Assessment]:
    """The assessments by all checklists or one, the latest day first."""
    with store.read() as cursor:
        return _found(
            cursor, "coalesce(checklist = ?, true) ORDER BY day DESC, length(id), id", [checklist]
        )


def assessment(store: Store, _actor: Actor, key: str) -> Assessment:
    """One assessment. Refused("assessment_unknown")."""
    with store.read() as cursor:
        return one(cursor, key)


def one(cursor: duckdb.DuckDBPyConnection, key: str) -> Assessment:
    """The same, as a cursor sees it."""
    found = _found(cursor, "id = ?", [key])
    if not found:
        raise Refused("assessment_unknown", id=key)
    return found[0]


def of_version(cursor: duckdb.DuckDBPyConnection, key: str, version: int) -> Assessment:
    """One assessment, of which the caller saw that version. Refused: assessment_unknown,
    assessment_changed."""
    found = one(cursor, key)
    if found.version != version:
        raise Refused("assessment_changed", id=key)
    return found


def _require_sense(kept: Assessment) -> None:
    if (kept.scope == "programme") == bool(kept.subject):
        raise Refused("assessment_subject", scope=kept.scope)
    if max(len(kept.subject), len(kept.owner)) > _LONGEST_NAME:
        raise Refused("item_text", limit=_LONGEST_NAME)
    for day in (kept.day, kept.due or kept.day):
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Refused("item_day", value=day, first=FIRST_DAY, last=LAST_DAY)


def _next_id(cursor: duckdb.DuckDBPyConnection) -> str:
    [(last,)] = cursor.execute(
        "SELECT coalesce(max(substr(id, 3)::INTEGER), 0) FROM"
        f" (SELECT id FROM {_TABLE} UNION ALL SELECT id FROM checklist_history.assessment)"
    ).fetchall()
    return f"A-{int(last) + 1}"


def _found(
    cursor: duckdb.DuckDBPyConnection, condition: str, params: Sequence[object]
) -> list[Assessment]:
    rows = cursor.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM {_TABLE} WHERE {condition}", params
    ).fetchall()
    found = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
    return [Assessment(**each | {"state": State(each["state"])}) for each in found]


def write(change: Change, now: Assessment, kept: Assessment) -> None:
    """Keep what an assessment has become inside a larger change."""
    if kept != now:
        change.retire(_TABLE, "id = ?", [now.id])
        _put(change, replace(kept, version=now.version + 1))


def _put(change: Change, kept: Assessment) -> None:
    values = [getattr(kept, name) for name in _COLUMNS]
    marks = ", ".join("?" for _ in values)
    change.cursor.execute(f"INSERT INTO {_TABLE} VALUES ({marks}, ?)", [*values, change.change_id])
