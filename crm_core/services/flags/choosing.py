"""What a company wants otherwise than a rule is shipped: limits and rules switched off, each with
a reason that is kept with who and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.flags import FlagRule
from crm_core.domain.problems import Refused
from crm_core.reference.flags import flag_rules
from crm_core.services.registers.rows import AREA
from crm_core.store import Store
from crm_core.store.rows import versions

_TABLE = "programme.flag_rule"


@dataclass(frozen=True)
class RuleState:
    """A rule with the limits in force, those at which flags clear among them."""

    rule: FlagRule
    limits: Mapping[str, Decimal]
    is_off: bool = False

    @property
    def clearing(self) -> dict[str, Decimal]:
        """The limits with which a flag that stands goes on standing."""
        lower = {
            one.name: self.limits[one.clears]
            for one in self.rule.thresholds
            if one.clears in self.limits
        }
        return dict(self.limits) | lower


@dataclass(frozen=True)
class Choice:
    """What somebody chose for a rule, and why; `at` in UTC."""

    limits: Mapping[str, Decimal]
    is_off: bool
    reason: str
    by: str
    at: datetime


def states(store: Store, _actor: Actor) -> dict[str, RuleState]:
    """Every rule as it is in force, by id."""
    with store.read() as cursor:
        return in_force(cursor)


def in_force(cursor: duckdb.DuckDBPyConnection) -> dict[str, RuleState]:
    """The same, as a cursor sees it."""
    rows = cursor.execute(f"SELECT rule, limits, is_off FROM {_TABLE}").fetchall()
    chosen = {rule: (_limits(limits), is_off) for rule, limits, is_off in rows}
    return {
        rule.id: RuleState(rule, _whole(rule, limits), is_off)
        for rule in flag_rules().values()
        for limits, is_off in [chosen.get(rule.id, ({}, False))]
    }


def choose(
    store: Store,
    actor: Actor,
    rule_id: str,
    limits: Mapping[str, Decimal],
    reason: str,
    *,
    is_off: bool = False,
) -> None:
    """Give a rule these limits, or switch it off or on; flags follow with the next evaluation.

    Refused: flag_rule_unknown; flag_reason without a reason; flag_limit for a limit that the rule
    has not or that lies outside what makes sense; flag_clears where a flag would clear beyond the
    limit that raises it.
    """
    rule = known(rule_id)
    if not reason.strip():
        raise Refused("flag_reason")
    for name, value in limits.items():
        _require_limit(rule, name, value)
    for one in rule.thresholds:
        raises = limits.get(one.name, one.value)
        if (clears := limits.get(one.clears, raises)) > raises:
            raise Refused("flag_clears", value=clears, limit=raises)
    own = {name: value for name, value in limits.items() if value != _usual(rule)[name]}
    with store.change(actor, "flag_rule.choose", area=AREA, subject=rule_id) as change:
        change.retire(_TABLE, "rule = ?", [rule_id])
        change.cursor.execute(
            f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?)",
            [rule_id, simplejson.dumps(own), is_off, reason.strip(), change.change_id],
        )
        change.detail = {"limits": own, "is_off": is_off, "reason": reason.strip()}


def choices(store: Store, _actor: Actor, rule_id: str) -> list[Choice]:
    """What was chosen for a rule, the newest first. Refused("flag_rule_unknown")."""
    rule = known(rule_id)
    with store.read() as cursor:
        return [
            Choice(
                _whole(rule, _limits(one["limits"])),
                one["is_off"],
                one["reason"],
                one["changed_by"],
                one["changed_at"],
            )
            for one in versions(cursor, _TABLE, "rule = ?", [rule_id])
        ]


def known(rule_id: str) -> FlagRule:
    """The rule of that id. Refused("flag_rule_unknown")."""
    found = flag_rules().get(rule_id)
    if found is None:
        raise Refused("flag_rule_unknown", value=rule_id, known=", ".join(flag_rules()))
    return found


def _usual(rule: FlagRule) -> dict[str, Decimal]:
    raising = {one.name: one.value for one in rule.thresholds}
    clearing = {o.clears: o.clears_at for o in rule.thresholds if o.clears_at is not None}
    return {**raising, **clearing}


def _whole(rule: FlagRule, chosen: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """All limits with those that were chosen; a flag clears at the limit that raises it at most."""
    limits = {**_usual(rule), **chosen}
    for one in rule.thresholds:
        if one.clears in limits:
            limits[one.clears] = min(limits[one.clears], limits[one.name])
    return limits


def _limits(data: str) -> dict[str, Decimal]:
    found: dict[str, Any] = simplejson.loads(data, use_decimal=True)
    return {name: Decimal(value) for name, value in found.items()}


def _require_limit(rule: FlagRule, name: str, value: Decimal) -> None:
    for one in rule.thresholds:
        is_one = name == one.name or (name == one.clears and one.clears_at is not None)
        if is_one and value.is_finite() and one.least <= value <= one.most:
            return
    raise Refused("flag_limit", name=name, value=value, rule=rule.id)
