"""Bringing the register up to what the rules find: flags raised, updated, cleared, raised again."""

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.flags import CLEARED, OPEN, REGISTER, Act, Finding, Kept, act
from crm_core.domain.registers import Value
from crm_core.reference.flags import flag_rules
from crm_core.services.flags import words
from crm_core.services.flags.choosing import in_force
from crm_core.services.flags.finding import Cursor, Found, find
from crm_core.services.registers.rows import AREA, known, rows_of
from crm_core.services.registers.save import Write, put
from crm_core.store import Change, Store

_TABLE = "programme.flag"
_LOCKS: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)
Key = tuple[str, str]
"""Rule and subject."""


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation did, as the ids of rows, and which rules could not be run."""

    done: Mapping[Act, tuple[str, ...]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    """Rule -> what the engine said; its flags stay as they were."""


def evaluate(
    store: Store, actor: Actor, now: datetime, parts: Collection[str] | None = None
) -> Evaluation:
    """Evaluate the rules on the store as of a moment (UTC), and keep what changed as one change;
    `parts`: only those that read one of these parts of the store (crm, programme, app).

    Where nothing changed nothing is written, so that it can be done as often as one likes. What
    people wrote in a flag (owner, plan, day, state, notes) stays.
    """
    with _LOCKS[store.path]:
        with store.read() as cursor:
            found = find(cursor, in_force(cursor).values(), now.date(), parts)
            wanted = _acts(cursor, found)
        if not wanted:
            return Evaluation(failed=found.failed)
        with store.change(actor, "flags.evaluate", area=AREA) as change:
            done = _carry_out(change, _acts(change.cursor, found), found, now)
            change.detail = {one: len(ids) for one, ids in done.items()}
    return Evaluation(done, found.failed)


def _acts(cursor: Cursor, found: Found) -> dict[Key, tuple[Act, Kept | None]]:
    """What is to do, by rule and subject. A rule that is off or gone finds nothing any more."""
    held = kept_flags(cursor)
    wanted = {}
    for key in sorted({*held, *found.findings}):
        if key[0] in found.unknown:
            continue
        rule, kept = flag_rules().get(key[0]), held.get(key)
        worse_by = rule.worse_by if rule else None
        what = act(found.findings.get(key), kept, worse_by, found.staying.get(key))
        if what:
            wanted[key] = what, kept
    return wanted


def kept_flags(cursor: Cursor) -> dict[Key, Kept]:
    """Every flag that a rule ever raised, by rule and subject."""
    rows = cursor.execute(
        "SELECT rule, subject, flag.id, data ->> 'status', item.id IS NOT NULL, measured, facts"
        f" FROM {_TABLE} AS flag LEFT JOIN programme.item AS item"
        " ON item.register = ? AND item.id = flag.id",
        [REGISTER],
    ).fetchall()
    return {
        (rule, subject): Kept(key, status, there, measured, simplejson.loads(facts))
        for rule, subject, key, status, there, measured, facts in rows
    }


def _carry_out(
    change: Change, wanted: Mapping[Key, tuple[Act, Kept | None]], found: Found, now: datetime
) -> dict[Act, tuple[str, ...]]:
    register = known(REGISTER)
    held = rows_of(change.cursor, register, [kept.id for _, kept in wanted.values() if kept])
    writes = []
    for key, (what, kept) in wanted.items():
        row = held.get(kept.id) if kept else None
        values: dict[str, Value | None] = dict(row.values) if row else {}
        values |= _said(key, what, found.now(key), is_new=row is None)
        writes.append(Write(row.id if row else None, values, row.version if row else None))
    ids = put(change, REGISTER, writes)
    done = defaultdict[Act, list[str]](list)
    for (key, (what, _)), row_id in zip(wanted.items(), ids, strict=True):
        done[what].append(row_id)
        if finding := found.now(key):
            _remember(change, finding, row_id, None if what is Act.UPDATE else now)
    return {what: tuple(ids) for what, ids in done.items()}


def _said(key: Key, what: Act, finding: Finding | None, *, is_new: bool) -> dict[str, Value | None]:
    """What the rule writes in the row; category and severity once, so that people may differ."""
    if finding is None:
        return {"status": CLEARED}
    rule = flag_rules()[key[0]]
    said: dict[str, Value | None] = {
        "title": words.both(rule.title, rule, finding.facts, " / "),
        "evidence": words.both(rule.why, rule, finding.facts, "\n"),
        "rule": rule.id,
        "subject": finding.subject,
    }
    if what is not Act.UPDATE:
        said |= {"status": OPEN, "decision_reason": None}
    if is_new:
        severity = finding.facts.get("severity", rule.severity)
        said |= {"category": rule.category, "severity": severity, **finding.links}
    return said


def _remember(change: Change, finding: Finding, row_id: str, raised_at: datetime | None) -> None:
    """Keep the figures that the row says; None: it was raised earlier."""
    key: list[Any] = [finding.rule, finding.subject]
    if raised_at is None:
        [(raised_at,)] = change.cursor.execute(
            f"SELECT raised_at FROM {_TABLE} WHERE rule = ? AND subject = ?", key
        ).fetchall()
    change.retire(_TABLE, "rule = ? AND subject = ?", key)
    facts = simplejson.dumps(finding.facts, ensure_ascii=False)
    change.cursor.execute(
        f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?)",
        [*key, row_id, finding.measured, facts, raised_at, change.change_id],
    )
