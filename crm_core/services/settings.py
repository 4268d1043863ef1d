"""Settings of a store, each change with its audit row."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.rules import Severity
from crm_core.domain.web import is_web
from crm_core.reference import currencies, rules
from crm_core.store import Change, Store

AREA = "settings"
DEFAULTS: dict[str, Any] = {
    "revenue_basis": None,  # sales or opportunities; None until the first load proposes it
    "fiscal_year_start": 1,  # month in which the fiscal year begins, 1 … 12
    "home_currency": None,  # ISO 4217; what amounts without a currency are shown in
    "coverage_target": 0.9,  # what each place of capture should reach in 60 days, above 0 … 1
    "hour_cost": None,  # of work, in the home currency: for process steps, and for typing again
    "phasing_out_factor": 0.5,  # what serves nothing but what is phasing out counts so much, 0 … 1
    "address": None,  # of the web at which others reach the app; links in messages begin with it
    "reminder_webhooks": [],  # names of group chats that hear how far assessments are
    "rule_severity": {},  # rule id -> severity, where a company wants another than the usual one
}
_BASES = ("sales", "opportunities")
MOST_HOUR = 10**9
MOST_LETTERS = 500


def read(store: Store, _actor: Actor) -> dict[str, Any]:
    """Every setting, with its default where nobody set it."""
    with store.read() as cursor:
        return read_from(cursor)


def read_from(cursor: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The same, from a cursor's state of the store."""
    rows = cursor.execute("SELECT key, value FROM app.setting").fetchall()
    return DEFAULTS | {key: simplejson.loads(value) for key, value in rows}


def hour_cost(known: Mapping[str, Any]) -> Decimal | None:
    """What an hour of work costs, in the home currency; None: nobody said."""
    cost = known["hour_cost"]
    return None if cost is None else Decimal(str(cost))


def write(store: Store, actor: Actor, key: str, value: Any) -> None:
    """Set one setting; Refused("setting_unknown", "setting_address" or "setting_value") if it
    makes no sense."""
    if key not in DEFAULTS:
        raise Refused("setting_unknown", key=key)
    if not _FITS[key](value):
        code = "setting_address" if key == "address" else "setting_value"
        raise Refused(code, key=key, value=value)
    before = read(store, actor)[key]
    # Choosing what was proposed makes it a choice.
    if value != before or (value is not None and _proposed(store, key)):
        _set(store, actor, key, {"before": before, "after": value})


def _set(store: Store, actor: Actor, key: str, detail: dict[str, Any]) -> None:
    with store.change(actor, "setting.set", area=AREA, subject=key) as change:
        put(change, key, detail["after"])
        change.detail = detail


def _proposed(store: Store, key: str) -> bool:
    """Whether the value in force was proposed by a load and chosen by nobody."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT detail ->> 'proposed' FROM app.setting JOIN app.change USING (change_id)"
            " WHERE key = ?",
            [key],
        ).fetchone()
    return found is not None and found[0] == "true"


def _is_currency(value: Any) -> bool:
    return isinstance(value, str) and currencies().get(value.casefold()) == value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_LETTERS


def _is_address(value: Any) -> bool:
    """One of the web, without what would swallow the page's name that follows it."""
    return _is_name(value) and is_web(value) and not set(value) & set("?#@")


def _are_severities(chosen: dict[str, Any]) -> bool:
    known = {rule.id for of_entity in rules().values() for rule in of_entity}
    return set(chosen) <= known and set(chosen.values()) <= set(map(str, Severity))


_FITS: dict[str, Callable[[Any], bool]] = {
    "revenue_basis": lambda value: value in _BASES,
    "fiscal_year_start": lambda value: value in range(1, 13),
    "home_currency": lambda value: value is None or _is_currency(value),
    "coverage_target": lambda value: _is_number(value) and 0 < value <= 1,
    "hour_cost": lambda value: value is None or (_is_number(value) and 0 <= value <= MOST_HOUR),
    "phasing_out_factor": lambda value: _is_number(value) and 0 <= value <= 1,
    "address": lambda value: value is None or _is_address(value),
    "reminder_webhooks": lambda value: isinstance(value, list) and all(map(_is_name, value)),
    "rule_severity": lambda value: isinstance(value, dict) and _are_severities(value),
}


def put(change: Change, key: str, value: Any) -> None:
    """Set a setting inside a larger change."""
    change.retire("app.setting", "key = ?", [key])
    change.cursor.execute(
        "INSERT INTO app.setting VALUES (?, ?, ?)", [key, simplejson.dumps(value), change.change_id]
    )


def propose_basis(store: Store, actor: Actor) -> None:
    """Choose the revenue basis when the first money has arrived; later loads do not change it.

    A change of its own, in its own area: a load that set it could double what somebody sets
    while it runs.
    """
    if read(store, actor)["revenue_basis"] is not None:
        return
    held = _bases(store)
    if held:
        detail = {"before": None, "after": held[0], "proposed": True}
        _set(store, actor, "revenue_basis", detail)


def withdraw_basis(store: Store, actor: Actor) -> None:
    """Take back a basis that nobody chose and that no row carries any more; propose another."""
    basis = read(store, actor)["revenue_basis"]
    if basis in _bases(store) or not _proposed(store, "revenue_basis"):
        return
    _set(store, actor, "revenue_basis", {"before": basis, "after": None, "proposed": True})
    propose_basis(store, actor)


def _bases(store: Store) -> list[str]:
    """The bases that the store has rows for, the preferred one first."""
    with store.read() as cursor:
        [(sales, opportunities)] = cursor.execute(
            "SELECT EXISTS (FROM crm.sale), EXISTS (FROM crm.opportunity)"
        ).fetchall()
    return ["sales"] * sales + ["opportunities"] * opportunities
