"""Keeping a team's steps as one list, a baseline of them, and what people agreed on."""

from collections.abc import Mapping, Sequence
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.domain.alignment import Match, matches
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.services import registers
from crm_core.services.processes.reading import (
    BASELINE,
    LOGGED,
    PROCESS,
    STEP,
    TYPED,
    WITH_WAITING,
    Logged,
    Team,
    process,
    teams,
)
from crm_core.services.registers import Row, Write, save, values
from crm_core.services.registers.rows import AREA, plain_names
from crm_core.store import Change, Store

MOST_STEPS = 200
Said = Mapping[str, Value | None]
"""What a list says of one step, by field."""


def keep_steps(
    store: Store,
    actor: Actor,
    key: str,
    team: str,
    steps: Sequence[Said],
    seen: Mapping[str, int],
    logged: Logged | None = None,
) -> None:
    """Make `steps` a team's list, in this order; `seen`: the rows and versions it is a change of.

    Steps that are there already keep their ids, their history and what the list does not say;
    those that the list has no more are taken out. All of it is one change, or none. The same list
    again changes nothing, whatever was seen: a save that is repeated does no harm.
    Refused: item_unknown; team_required; steps_too_many; steps_changed where somebody saved the
    list meanwhile, a step more included; and what is wrong with a step.
    """
    name, one = team.strip(), process(store, actor, key)
    if not name:
        raise Refused("team_required")
    if len(steps) > MOST_STEPS:
        raise Refused("steps_too_many", limit=MOST_STEPS)
    held = next((it for it in teams(store, actor, one) if it.name == name), Team(name, ()))
    if held.rows and _is_kept(held, steps, logged):
        return
    same = {pair.right: held.rows[pair.left] for pair in _same_steps(held, steps)}
    common = {"team": name, **_facts(held, steps, logged)}
    writes = [
        _write(
            one.id,
            row := same.get(place),
            {**common, "order": place + 1, **_typed(said), WITH_WAITING: _waits(row, said, logged)},
        )
        for place, said in enumerate(steps)
    ]
    stay = {row.id for row in same.values()}
    with store.change(actor, f"{STEP}.list", area=AREA, subject=one.id) as change:
        _require_seen(change, (one.id, one.title), name, seen)
        save.take_out(change, STEP, {k: v for k, v in held.seen.items() if k not in stay})
        save.put(change, STEP, writes)
        change.detail = {"team": name, "steps": len(steps)}


def keep_baseline(store: Store, actor: Actor, key: str, team: str, day: date) -> None:
    """Copy a team's steps of today under a day.

    Refused: item_unknown; steps_none where the team has no step; baseline_there.
    """
    one = process(store, actor, key)
    held = [it for it in teams(store, actor, one) if it.name == team]
    if not held:
        raise Refused("steps_none", team=team)
    copies = [row.values | {"process": (one.id,), "kept_on": day} for row in held[0].rows]
    with store.change(actor, f"{BASELINE}.write", area=AREA, subject=one.id) as change:
        _require_no_baseline(change, (one.id, one.title), team, day)
        save.put(change, BASELINE, [Write(None, copy) for copy in copies])


def agree(
    store: Store, actor: Actor, key: str, version: int, team: str | None, share_with: Sequence[str]
) -> None:
    """Say whose way is the agreed one and who should hear of it; None: nobody's any more.

    `version`: of the process as the reader saw it. Refused: item_unknown; item_changed;
    steps_none for a team without a step.
    """
    one = process(store, actor, key)
    if team is not None and all(it.name != team for it in teams(store, actor, one)):
        raise Refused("steps_none", team=team)
    now = registers.row(store, actor, PROCESS, key)
    said = now.values | {"best_practice": team, "share_with": tuple(share_with)}
    registers.change(store, actor, PROCESS, key, said, version)


def _require_no_baseline(change: Change, names: tuple[str, str], team: str, day: date) -> None:
    """Asked within the change: of two people who keep the same day the second is told."""
    if change.cursor.execute(
        f"FROM programme.{BASELINE} WHERE team = ? AND kept_on = ? AND list_has_any("
        f"{plain_names('process')}, {plain_names('?::VARCHAR[]')})",
        [team, day, list(names)],
    ).fetchone():
        raise Refused("baseline_there", team=team, day=day)


def _is_kept(held: Team, steps: Sequence[Said], logged: Logged | None) -> bool:
    register = registers.known(STEP)
    names = (*TYPED, WITH_WAITING) if logged else TYPED
    kept, told = (
        [values.filled(register, {name: row.get(name) for name in names}) for row in rows]
        for rows in ([row.values for row in held.rows], steps)
    )
    return kept == told and logged in (None, held.logged)


def _same_steps(held: Team, steps: Sequence[Said]) -> list[Match]:
    return matches([one.what for one in held.steps], [str(said.get("what")) for said in steps])


def _write(process: str, row: Row | None, said: Said) -> Write:
    kept = row.values if row else {"process": (process,)}
    return Write(row.id if row else None, {**kept, **said}, row.version if row else None)


def _typed(said: Said) -> Said:
    return {name: said.get(name) for name in TYPED}


def _waits(row: Row | None, said: Said, logged: Logged | None) -> Value | None:
    """Whether minutes hold waiting: the log knows; minutes that somebody typed are work."""
    if logged:
        return said.get(WITH_WAITING)
    kept = row.values if row else {}
    return kept.get(WITH_WAITING) if kept.get("minutes") == said.get("minutes") else None


def _facts(held: Team, steps: Sequence[Said], logged: Logged | None) -> Said:
    """What a log says; a list that no longer is the log's path does not come from it."""
    path = [str(said.get("what")) for said in steps]
    facts = logged or (held.logged if path == [one.what for one in held.steps] else None)
    return {name: getattr(facts, name, None) for name in LOGGED}


def _require_seen(
    change: Change, names: tuple[str, str], team: str, seen: Mapping[str, int]
) -> None:
    """Refuse where the list is no longer the one that was seen."""
    rows = change.cursor.execute(
        "SELECT id, version, actor_name, committed_at FROM programme.process_step"
        " LEFT JOIN app.change USING (change_id)"
        f" WHERE team = ? AND list_has_any({plain_names('process')},"
        f" {plain_names('?::VARCHAR[]')}) ORDER BY change_id",
        [team, list(names)],
    ).fetchall()
    if {key: version for key, version, *_ in rows} != dict(seen):
        by, at = rows[-1][2:] if rows else (None, None)
        raise Refused("steps_changed", team=team, by=by, at=at)
