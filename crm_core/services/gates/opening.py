"""Gates opened by hand: who, when and why; and taken back."""

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.gates import End, Opening
from crm_core.domain.problems import Refused
from crm_core.reports.cells import one_line, printable
from crm_core.services.clock import Clock, utc_now
from crm_core.services.registers.rows import AREA, known, row_of
from crm_core.store import Store

REGISTER = "phase"
LONGEST_NAME = 200
_TABLE = "programme.gate_opening"
_GATE = "phase = ? AND gate = ?"
Key = tuple[str, End]
"""Phase and the end at which the gate stands."""


def open_by_hand(
    store: Store,
    actor: Actor,
    phase: str,
    end: End,
    by: str,
    reason: str,
    clock: Clock = utc_now,
) -> None:
    """Let a gate be open because somebody (`by`) decided so, whatever its checklist says; a later
    decision takes the place of an earlier one, which stays in the history.

    Refused: item_unknown for a phase that is not there; gate_by without a name; item_text for one
    that is too long; item_reason.
    """
    who, why = one_line(by), printable(reason).strip()
    if not who:
        raise Refused("gate_by")
    if len(who) > LONGEST_NAME:
        raise Refused("item_text", limit=LONGEST_NAME)
    if not why:
        raise Refused("item_reason")
    with store.change(actor, "gate.open", area=AREA, subject=phase) as change:
        row_of(change.cursor, known(REGISTER), phase)
        change.retire(_TABLE, _GATE, [phase, end])
        change.cursor.execute(
            f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?)",
            [phase, end, who, clock(), why, change.change_id],
        )
        change.detail = {"gate": end, "by": who, "reason": why}


def take_back(store: Store, actor: Actor, phase: str, end: End) -> None:
    """Let the checklist decide again. Refused("gate_not_open") where nobody had opened it."""
    with store.change(actor, "gate.take_back", area=AREA, subject=phase) as change:
        if not change.retire(_TABLE, _GATE, [phase, end]):
            raise Refused("gate_not_open")
        change.detail = {"gate": end}


def opened(cursor: duckdb.DuckDBPyConnection) -> dict[Key, Opening]:
    """The gates that stand open by hand, as a cursor sees them."""
    rows = cursor.execute(
        f"SELECT phase, gate, opened_by, opened_at, reason FROM {_TABLE}"
    ).fetchall()
    return {(phase, End(gate)): Opening(by, at, why) for phase, gate, by, at, why in rows}
