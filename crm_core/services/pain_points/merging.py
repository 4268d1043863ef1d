"""Several complaints about the same made one row, and that taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.pain_points import REGISTER, merged
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services.registers.rows import AREA, Row, known, rows_of
from crm_core.services.registers.save import Write, put, put_back, take_out
from crm_core.services.registers.values import restored
from crm_core.store import Change, Store

MERGE, TAKE_BACK = "pain_point.merge", "pain_point.unmerge"

_NO_VERSION = -1
"""Of a row that is no longer as the merge wrote it: the write that follows is refused."""
_LINKING = """
SELECT register, list(DISTINCT id ORDER BY id) FROM programme.link
WHERE target = ? AND is_link AND list_contains(?::VARCHAR[], said)
GROUP BY register ORDER BY register
"""
# What a merge replaced, what it wrote instead, and what stands there now.
_BEFORE = """
WITH version AS (
    SELECT register, id, data, change_id FROM programme.item
    UNION ALL SELECT register, id, data, change_id FROM programme_history.item
)
SELECT was.register, was.id, was.data, written.data, now.data, now.version
FROM programme_history.item AS was
LEFT JOIN version AS written
    ON written.register = was.register AND written.id = was.id AND written.change_id = $merge
LEFT JOIN programme.item AS now ON now.register = was.register AND now.id = was.id
WHERE was.superseded_by = $merge ORDER BY ALL
"""


@dataclass(frozen=True)
class Merge:
    """A merge that stands; `at` in UTC."""

    number: int
    kept: str
    gone: tuple[str, ...]
    by: str
    at: datetime


def merge(store: Store, actor: Actor, kept: str, rows: Mapping[str, int]) -> int:
    """Make one row of several (id -> version as the reader saw it): `kept` is the one that stays,
    says what domain.pain_points.merged says, and takes over the links of other rows to those that
    go. The number to take it back with.

    Refused: item_changed where somebody changed one of them meanwhile; item_unknown; merge_one
    where there is nothing to merge; ItemRefused where the joined words have no room in a field.
    """
    if kept not in rows or len(rows) < 2:
        raise Refused("merge_one")
    with store.change(actor, MERGE, area=AREA, subject=kept) as change:
        found = rows_of(change.cursor, known(REGISTER), list(rows))
        gone = {key: version for key, version in rows.items() if key != kept}
        # Taken out first: that they are there, and in which version, is checked by it.
        take_out(change, REGISTER, gone)
        if kept not in found:
            raise Refused("item_unknown", id=kept)
        others = {key: found[key].values for key in gone}
        values = merged(known(REGISTER), found[kept].values, others)
        put(change, REGISTER, [Write(kept, values, rows[kept])])
        _point(change, gone, kept)
        change.detail = {"kept": kept, "gone": list(gone)}
        return change.change_id


def _point(change: Change, gone: Mapping[str, int], kept: str) -> None:
    """Let what links to the rows that go link to the one that stays, once."""
    for name, ids in change.cursor.execute(_LINKING, [REGISTER, list(gone)]).fetchall():
        register = known(name)
        fields = [field.name for field in register.fields if field.of == REGISTER]
        linking = rows_of(change.cursor, register, ids).values()
        put(change, name, [_pointed(row, fields, gone, kept) for row in linking])


def _pointed(row: Row, fields: list[str], gone: Mapping[str, int], kept: str) -> Write:
    values = dict(row.values)
    for field in fields:
        links = values.get(field)
        if isinstance(links, tuple):
            values[field] = tuple(dict.fromkeys(kept if one in gone else one for one in links))
    return Write(row.id, values, row.version)


def merges(store: Store, _actor: Actor) -> list[Merge]:
    """The merges that were not taken back, the newest first."""
    with store.read() as cursor:
        return list(_standing(cursor))


def _standing(cursor: duckdb.DuckDBPyConnection) -> Iterator[Merge]:
    found = cursor.execute(
        "SELECT change_id, detail, actor_name, committed_at FROM app.change AS made"
        " WHERE action = $merge AND NOT EXISTS (FROM app.change AS back"
        " WHERE back.action = $back AND back.subject = made.change_id::VARCHAR)"
        " ORDER BY change_id DESC",
        {"merge": MERGE, "back": TAKE_BACK},
    ).fetchall()
    for number, detail, by, at in found:
        told = simplejson.loads(detail)
        yield Merge(number, told["kept"], tuple(told["gone"]), by, at)


def take_back(store: Store, actor: Actor, number: int) -> None:
    """Make every row what it was before a merge, those that link to it too.

    Refused: merge_unknown where it does not stand; item_changed where somebody changed one of
    these rows since, item_unknown where one was taken out, item_id_taken where one is there again.
    """
    with store.change(actor, TAKE_BACK, area=AREA, subject=str(number)) as change:
        wanted = next((one for one in _standing(change.cursor) if one.number == number), None)
        if wanted is None:
            raise Refused("merge_unknown")
        rows = change.cursor.execute(_BEFORE, {"merge": number}).fetchall()
        for name, key, was, written, now, version in rows:
            if name == REGISTER and key in wanted.gone:
                _again(change, key, was, now)
            else:
                put(change, name, [_before(known(name), key, was, written, now, version)])
        change.detail = {"kept": wanted.kept, "gone": list(wanted.gone)}


def _again(change: Change, key: str, was: str, now: str | None) -> None:
    """Put a row back that a merge took out, unless somebody did so and left it as it was."""
    register = known(REGISTER)
    if now is None or restored(register, now) != restored(register, was):
        put_back(change, REGISTER, key)


def _before(
    register: Register, key: str, was: str, written: str, now: str | None, version: int | None
) -> Write:
    """The row as it was before the merge; in place of what the merge wrote and of nothing else."""
    is_untouched = now is not None and restored(register, now) == restored(register, written)
    return Write(key, restored(register, was), version if is_untouched else _NO_VERSION)
