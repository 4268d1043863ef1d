"""Settings of a store, each change with its audit row."""

from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.reference import currencies
from crm_core.store import Change, Store

AREA = "settings"
DEFAULTS: dict[str, Any] = {
    "revenue_basis": None,  # sales or opportunities; None until the first load proposes it
    "fiscal_year_start": 1,  # month in which the fiscal year begins, 1 … 12
    "home_currency": None,  # ISO 4217; what amounts without a currency are shown in
}
_ALLOWED: dict[str, tuple[Any, ...]] = {
    "revenue_basis": ("sales", "opportunities"),
    "fiscal_year_start": tuple(range(1, 13)),
}


def read(store: Store, _actor: Actor) -> dict[str, Any]:
    """Every setting, with its default where nobody set it."""
    with store.read() as cursor:
        rows = cursor.execute("SELECT key, value FROM app.setting").fetchall()
    return DEFAULTS | {key: simplejson.loads(value) for key, value in rows}


def write(store: Store, actor: Actor, key: str, value: Any) -> None:
    """Set one setting; Refused("setting_unknown" or "setting_value") if it makes no sense."""
    if key not in DEFAULTS:
        raise Refused("setting_unknown", key=key)
    known = value in _ALLOWED[key] if key in _ALLOWED else value is None or _is_currency(value)
    if not known:
        raise Refused("setting_value", key=key, value=value)
    before = read(store, actor)[key]
    if value == before:
        return
    with store.change(actor, "setting.set", area=AREA, subject=key) as change:
        put(change, key, value)
        change.detail = {"before": before, "after": value}


def _is_currency(value: Any) -> bool:
    return isinstance(value, str) and currencies().get(value.casefold()) == value


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
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT CASE WHEN EXISTS (FROM crm.sale) THEN 'sales'"
            " WHEN EXISTS (FROM crm.opportunity) THEN 'opportunities' END"
        ).fetchone()
    if found and found[0]:
        write(store, actor, "revenue_basis", found[0])
