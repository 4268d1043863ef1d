"""Evidence: what shows that an answer is true, as a file or as a link, and until when."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath, PureWindowsPath
from uuid import uuid4

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import FIRST_DAY, LAST_DAY
from crm_core.domain.web import is_web
from crm_core.reports.cells import one_line
from crm_core.services.checklists.answers import open_sheet
from crm_core.services.checklists.editions import AREA
from crm_core.store import Change, Store, history_of

_TABLE = "checklist.evidence"
LARGEST_FILE = 10_000_000
"""Bytes of a file."""
MOST = 20
"""Pieces of evidence for an answer."""
_LONGEST_TITLE = 200
_LONGEST_LINK = 2_000


@dataclass(frozen=True)
class Evidence:
    """What shows that an answer is true; `at` in UTC."""

    id: str
    respondent: str
    item: str
    title: str
    """Of a file its name."""
    link: str
    """Blank for a file."""
    sha256: str
    """Of a file's content; blank for a link."""
    expires: date | None
    """The last day on which it shows anything."""
    at: datetime
    by: str


def add_link(
    store: Store,
    actor: Actor,
    respondent: str,
    item: str,
    link: str,
    *,
    title: str = "",
    expires: date | None = None,
) -> str:
    """Show an answer by what lies elsewhere; the id of the evidence.

    Refused: item_link for an address that is none of the web; item_text, item_day; evidence_most;
    as `answers.save`.
    """
    with store.change(actor, "evidence.add", area=AREA) as change:
        return put_link(change, respondent, item, link, title=title, expires=expires)


def put_link(
    change: Change, respondent: str, item: str, link: str, *, title: str, expires: date | None
) -> str:
    """The same inside a larger change."""
    address = link.strip()
    if problem := wrong_link(address):
        raise Refused(problem.code, **problem.params)
    return _put(change, respondent, item, (title or address, address, ""), expires)


def wrong_link(address: str) -> Problem | None:
    """What keeps an address from being taken."""
    if not is_web(address):
        return Problem("item_link", {"value": address})
    return Problem("item_text", {"limit": _LONGEST_LINK}) if len(address) > _LONGEST_LINK else None


def add_file(
    store: Store,
    actor: Actor,
    respondent: str,
    item: str,
    name: str,
    content: bytes,
    *,
    expires: date | None = None,
) -> str:
    """Show an answer by a file; the id of the evidence.

    It is kept as it is and never opened here. Refused: evidence_empty, evidence_too_large;
    item_day; evidence_most; as `answers.save`.
    """
    plain = PureWindowsPath(PurePosixPath(name).name).name
    if not content:
        raise Refused("evidence_empty", file=plain)
    if len(content) > LARGEST_FILE:
        raise Refused("evidence_too_large", file=plain, limit=LARGEST_FILE // 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    with store.change(actor, "evidence.add", area=AREA) as change:
        key = _put(change, respondent, item, (plain, "", digest), expires)
        known = change.cursor.execute("FROM checklist.file WHERE sha256 = ?", [digest])
        if known.fetchone() is None:
            change.cursor.execute(
                "INSERT INTO checklist.file VALUES (?, ?, ?)", [digest, content, change.change_id]
            )
    return key


def remove(store: Store, actor: Actor, key: str) -> None:
    """Take evidence away; it stays in the history. Refused: evidence_unknown; as `answers.save`."""
    with store.change(actor, "evidence.remove", area=AREA) as change:
        found = change.cursor.execute(
            f"SELECT respondent, item FROM {_TABLE} WHERE id = ?", [key]
        ).fetchone()
        if found is None:
            raise Refused("evidence_unknown")
        sheet = open_sheet(change, found[0])
        change.subject = sheet.assessment.id
        change.detail = {"respondent": found[0], "item": found[1]}
        change.retire(_TABLE, "id = ?", [key])


def put_back(store: Store, actor: Actor, key: str) -> str:
    """Show again what was taken away; the id that it has now. Refused: evidence_unknown where it
    never was; as `add_link`."""
    with store.change(actor, "evidence.add", area=AREA) as change:
        found = change.cursor.execute(
            "SELECT respondent, item, title, link, sha256, expires"
            f" FROM {history_of(_TABLE)} WHERE id = ?",
            [key],
        ).fetchone()
        if found is None:
            raise Refused("evidence_unknown")
        respondent, item, title, link, digest, expires = found
        return _put(change, respondent, item, (title, link, digest), expires)


def of_assessment(store: Store, _actor: Actor, assessment: str) -> list[Evidence]:
    """Everything that was shown in an assessment, as it came."""
    return _found(store, "assessment = ?", assessment)


def of_answer(store: Store, _actor: Actor, respondent: str, item: str) -> list[Evidence]:
    """What a respondent shows of an answer, as it came."""
    return _found(store, "respondent = ? AND item = ?", respondent, item)


def _found(store: Store, condition: str, *params: str) -> list[Evidence]:
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT id, respondent, item, title, link, sha256, expires, committed_at, actor_name"
            f" FROM {_TABLE} LEFT JOIN app.change USING (change_id) WHERE {condition}"
            " ORDER BY change_id",
            params,
        ).fetchall()
    return [Evidence(*row) for row in rows]


def content(store: Store, _actor: Actor, sha256: str) -> bytes:
    """The content of a file, proved to be what was given. Refused: evidence_unknown,
    evidence_spoiled."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT content FROM checklist.file WHERE sha256 = ?", [sha256]
        ).fetchone()
    if found is None:
        raise Refused("evidence_unknown")
    kept = bytes(found[0])
    if hashlib.sha256(kept).hexdigest() != sha256:
        raise Refused("evidence_spoiled")
    return kept


def _put(
    change: Change,
    respondent: str,
    item: str,
    what: tuple[str, str, str],
    expires: date | None,
) -> str:
    title, link, digest = what
    sheet = open_sheet(change, respondent)
    change.subject = sheet.assessment.id
    change.detail = {"respondent": respondent, "item": item, "sha256": digest}
    if item not in sheet.answers:
        raise Refused("evidence_unanswered")
    if expires and not FIRST_DAY <= expires <= LAST_DAY:
        raise Refused("item_day", value=expires, first=FIRST_DAY, last=LAST_DAY)
    mine = [respondent, item]
    there = change.cursor.execute(
        f"SELECT id FROM {_TABLE} WHERE respondent = ? AND item = ? AND link = ? AND sha256 = ?"
        " AND expires IS NOT DISTINCT FROM ?",
        [*mine, link, digest, expires],
    ).fetchone()
    if there:  # a save that is repeated does no harm
        return str(there[0])
    [(count,)] = change.cursor.execute(
        f"SELECT count(*) FROM {_TABLE} WHERE respondent = ? AND item = ?", mine
    ).fetchall()
    if count >= MOST:
        raise Refused("evidence_most", limit=MOST)
    key = uuid4().hex
    change.cursor.execute(
        f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(
                key,
                sheet.assessment.id,
                *mine,
                one_line(title)[:_LONGEST_TITLE],
                link,
                digest,
                expires,
            ),
            change.change_id,
        ],
    )
    return key
