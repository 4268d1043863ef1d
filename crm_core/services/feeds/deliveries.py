"""The deliveries of feeds as the store keeps them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import duckdb
import simplejson
from pydantic import TypeAdapter

from crm_core.domain.feeds import Alarm, State
from crm_core.domain.problems import Problem
from crm_core.domain.shapes import TableShape
from crm_core.store import Change, Store

_SHAPES = TypeAdapter(tuple[TableShape, ...])


@dataclass(frozen=True)
class Delivery:
    """A file that a feed brought, and what became of it; moments in UTC."""

    delivery_id: int
    feed_id: int
    path: str
    stream: str
    size: int
    modified: int
    digest: str
    seen_at: datetime
    state: State
    alarm: Alarm | None = None
    problems: tuple[Problem, ...] = ()
    shape: tuple[TableShape, ...] = ()
    is_shape: bool = True
    lines: int = 0
    batch_id: int | None = None
    loaded: int = 0
    updated: int = 0
    quarantined: int = 0
    merged: int | None = None
    """Records that matching merged away; None where they were not matched."""
    review: int | None = None
    """Pairs of which one came with it and that wait for people; None as above."""
    change_id: int = 0
    """The change that wrote it last."""


COUNTS = ("lines", "loaded", "updated", "quarantined", "merged", "review")
"""What of a delivery is a number of lines, records or pairs."""
_COLUMNS = tuple(field.name for field in fields(Delivery))


def number(store: Store) -> int:
    """A number that no delivery, alarm or feed has."""
    with store.read() as cursor:
        [(found,)] = cursor.execute("SELECT nextval('app.number')").fetchall()
    return int(found)


def put(change: Change, delivery: Delivery) -> None:
    """Write a delivery in place of its earlier state."""
    change.retire("app.delivery", "delivery_id = ?", [delivery.delivery_id])
    values = [getattr(delivery, name) for name in _COLUMNS[:-1]]
    told = dict(zip(_COLUMNS, values, strict=False)) | {
        "problems": problems_json(delivery.problems),
        "shape": _SHAPES.dump_json(delivery.shape).decode(),
        "change_id": change.change_id,
    }
    change.cursor.execute(
        f"INSERT INTO app.delivery ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})",
        list(told.values()),
    )


def select(store: Store, condition: str, params: Sequence[Any], limit: int = 500) -> list[Delivery]:
    """Deliveries that meet a condition of our own making, the newest first."""
    with store.read() as cursor:
        return select_with(cursor, condition, params, limit)


def select_with(
    cursor: duckdb.DuckDBPyConnection, condition: str, params: Sequence[Any], limit: int = 500
) -> list[Delivery]:
    """The same on a cursor of the caller, who may have written some of them."""
    found = cursor.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM app.delivery WHERE {condition}"
        " ORDER BY seen_at DESC, delivery_id DESC LIMIT ?",
        [*params, limit],
    ).fetchall()
    return [_delivery(dict(zip(_COLUMNS, row, strict=True))) for row in found]


def seen(store: Store, feed_id: int) -> set[tuple[str, int, int]]:
    """(path, size, modified) of every file that the feed has dealt with."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT path, size, modified FROM app.delivery WHERE feed_id = ? AND state <> ?",
            [feed_id, State.LOADING],
        ).fetchall()
    return {(path, size, modified) for path, size, modified in found}


def expected(store: Store, feed_id: int, stream: str) -> Delivery | None:
    """The delivery that the next one of the stream is compared with."""
    condition = "feed_id = ? AND stream = ? AND state = ? AND is_shape"
    found = select(store, condition, [feed_id, stream, State.LOADED], 1)
    return found[0] if found else None


def earlier_lines(store: Store, feed_id: int, stream: str, limit: int) -> list[int]:
    """How many lines the last accepted deliveries had, the newest first."""
    condition = "feed_id = ? AND stream = ? AND state = ?"
    params = [feed_id, stream, State.LOADED]
    return [one.lines for one in select(store, condition, params, limit)]


def last_arrival(store: Store, feed_id: int) -> datetime | None:
    """When the feed last brought anything at all."""
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT max(seen_at) FROM app.delivery WHERE feed_id = ?", [feed_id]
        ).fetchone()
    return row[0] if row else None


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems as the store keeps them."""
    told = [{"code": problem.code, **problem.params} for problem in problems]
    return str(simplejson.dumps(told, ensure_ascii=False, default=str))


def problems_of(text: str) -> tuple[Problem, ...]:
    """The problems in such a text."""
    return tuple(Problem(told.pop("code"), told) for told in simplejson.loads(text))


def _delivery(row: dict[str, Any]) -> Delivery:
    kept = {
        "state": State(row["state"]),
        "alarm": Alarm(row["alarm"]) if row["alarm"] else None,
        "problems": problems_of(row["problems"]),
        "shape": _SHAPES.validate_json(row["shape"]),
    }
    return Delivery(**(row | kept))
