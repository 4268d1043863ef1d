"""Targets of revenue per segment and month; a longer time's target is the sum of its months."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import duckdb
from babel.numbers import is_currency

from crm_core.domain.actor import Actor
from crm_core.domain.periods import Period
from crm_core.domain.problems import Refused
from crm_core.services.segments.ground import names
from crm_core.services.settings import AREA
from crm_core.store import Change, Store

TABLE = "app.segment_target"
MOST = Decimal(10) ** 18
_ROW = "segment = ? AND month = ? AND currency IS NOT DISTINCT FROM ?"
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?")
_Key = tuple[str, date, str | None]


def read(store: Store, _actor: Actor) -> list[dict[str, Any]]:
    """Every target: segment, month (its first day), currency (None: not told), amount."""
    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT segment, month, currency, amount FROM {TABLE} ORDER BY ALL"
        ).fetchall()
    return [dict(zip(("segment", "month", "currency", "amount"), row, strict=True)) for row in rows]


def write(store: Store, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> int:
    """Set targets; how many changed. A target that is not among `rows` stays as it is.

    Each row: segment, month (a date or YYYY-MM), currency (ISO 4217 or None), amount (0 or more;
    None takes the target away). All or nothing. Refused: target_segment, target_month,
    target_currency, target_amount (each with segment and value), target_twice (segment, month).
    """
    with store.read() as cursor:
        known = names(cursor)
    wanted = _checked(rows, known)
    held = {
        (row["segment"], row["month"], row["currency"]): row["amount"] for row in read(store, actor)
    }
    changed = {key: amount for key, amount in wanted.items() if held.get(key) != amount}
    if changed:
        with store.change(actor, "target.set", area=AREA) as change:
            _put(change, changed)
    return len(changed)


def sums(
    cursor: duckdb.DuckDBPyConnection, period: Period, currency: str | None
) -> dict[str, Decimal]:
    """Segment, under the name it is shown by -> its target over the period, in that currency."""
    rows = cursor.execute(
        f"SELECT coalesce(n.shown, t.segment), sum(amount) FROM {TABLE} AS t"
        " LEFT JOIN mart.segment_name AS n ON n.segment = t.segment"
        " WHERE month BETWEEN ? AND ? AND currency IS NOT DISTINCT FROM ? GROUP BY ALL",
        [period.first, period.last, currency],
    ).fetchall()
    return dict(rows)


def _put(change: Change, wanted: Mapping[_Key, Decimal | None]) -> None:
    for key, amount in wanted.items():
        change.retire(TABLE, _ROW, key)
        if amount is not None:
            change.cursor.execute(
                f"INSERT INTO {TABLE} VALUES (?, ?, ?, ?, ?)", [*key, amount, change.change_id]
            )
    change.detail = {
        "targets": [
            {"segment": segment, "month": month, "currency": currency, "amount": amount}
            for (segment, month, currency), amount in wanted.items()
        ]
    }


def _checked(
    rows: Sequence[Mapping[str, Any]], known: Mapping[str, Any]
) -> dict[_Key, Decimal | None]:
    found: dict[_Key, Decimal | None] = {}
    for row in rows:
        segment, currency = row.get("segment"), row.get("currency") or None
        if segment not in known:
            raise Refused("target_segment", segment=segment, value=segment)
        if currency is not None and not (isinstance(currency, str) and is_currency(currency)):
            raise Refused("target_currency", segment=segment, value=currency)
        key = (str(segment), _month(segment, row.get("month")), currency)
        if key in found:
            raise Refused("target_twice", segment=segment, month=key[1].strftime("%Y-%m"))
        found[key] = _amount(segment, row.get("amount"))
    return found


def _month(segment: object, given: object) -> date:
    text = given.isoformat()[:10] if isinstance(given, date) else str(given)
    try:
        if match := _MONTH.fullmatch(text):
            return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise Refused("target_month", segment=segment, value=given)


def _amount(segment: object, given: object) -> Decimal | None:
    """Exact to the 10 decimals that the store keeps; a float is taken as it is written."""
    if given is None or given != given:
        return None
    try:
        amount = Decimal(str(given))
        if not isinstance(given, bool) and 0 <= amount < MOST:
            return amount.quantize(Decimal("1E-10")).normalize()
    except InvalidOperation:
        pass
    raise Refused("target_amount", segment=segment, value=given)
