"""How the gates of every phase stand, by the newest assessments of their checklists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Checklist
from crm_core.domain.gates import End, Filled, Opening, Verdict, part, verdict
from crm_core.domain.problems import Refused
from crm_core.services.checklists import answers, assessments, editions, results
from crm_core.services.gates.opening import REGISTER, Key, opened
from crm_core.services.registers.rows import Row, every_row
from crm_core.store import Store

_TABLE = "checklist.assessment"


@dataclass(frozen=True)
class Gate:
    """A gate, what it asks for, and how it stands."""

    end: End
    checklist: Checklist | None
    """In the edition that told, with the gate's questions alone; None: nobody chose one, or there
    is none of that name any more."""
    least: Fraction | None
    """The score that opens it."""
    verdict: Verdict
    opening: Opening | None
    """Kept as well where the score opens it."""


def gates(store: Store, _actor: Actor) -> dict[Key, Gate]:
    """The gates of every phase in the register."""
    with store.snapshot() as cursor:
        return gates_of(cursor, every_row(cursor, REGISTER))


def gates_of(cursor: duckdb.DuckDBPyConnection, rows: Mapping[str, Row]) -> dict[Key, Gate]:
    """The gates of these phases, as a cursor sees them."""
    by_hand = opened(cursor)
    return {
        (key, end): _gate(cursor, row, end, by_hand.get((key, end)))
        for key, row in rows.items()
        for end in End
    }


def _gate(cursor: duckdb.DuckDBPyConnection, row: Row, end: End, opening: Opening | None) -> Gate:
    said, kind = row.values, row.values.get("kind")
    name = said.get(f"{end}_checklist")
    newest = _newest(cursor, str(name)) if name else None
    if newest is None:
        return Gate(end, None, None, verdict(None, (), opening), opening)
    asked = None if kind is None else str(kind)
    score = said.get(f"{end}_score")
    least = Fraction(newest.green_from if score is None else score)  # type: ignore[arg-type]
    filled = []
    for key in _assessments(cursor, newest.id, row):
        found = assessments.one(cursor, key)
        made = results.panel(cursor, found, answers.of(cursor, found))
        narrow = replace(made, checklist=part(made.checklist, asked, end))
        filled.append((narrow.checklist, Filled(key, narrow.whole(), found.state not in OPEN)))
    stands = verdict(least, [one for _, one in filled], opening)
    told = next((of for of, one in filled if one is stands.told_by), part(newest, asked, end))
    return Gate(end, told, least, stands, opening)


def _newest(cursor: duckdb.DuckDBPyConnection, name: str) -> Checklist | None:
    try:
        return editions.newest(cursor, name)
    except Refused:
        return None


def _assessments(cursor: duckdb.DuckDBPyConnection, checklist: str, row: Row) -> list[str]:
    """The newest assessment of the phase by a checklist and the newest that was handed in, the
    newest first; of the programme where nobody assessed the phase by it."""
    names = [row.id.lower(), str(row.values.get("title", "")).lower()]
    rows = cursor.execute(
        f"""
        WITH mine AS (
            SELECT *, scope = 'phase' AS is_of_phase
            FROM {_TABLE}
            WHERE checklist = ? AND (scope = 'programme'
                OR (scope = 'phase' AND list_contains(?::VARCHAR[], lower(subject))))
        ),
        aged AS (
            SELECT *, row_number() OVER (ORDER BY day DESC, length(id) DESC, id DESC) AS age
            FROM mine
            WHERE is_of_phase = (SELECT bool_or(is_of_phase) FROM mine)
        )
        SELECT id FROM aged
        WHERE age <= coalesce((SELECT min(age) FROM aged WHERE state NOT IN ?), age) ORDER BY age
        """,
        [checklist, names, [*OPEN]],
    ).fetchall()
    return [key for (key,) in rows]
