"""Editions of checklists: shipped, a company's own, and those that something is filled in by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.reference.checklists import checklists as shipped
from crm_core.store import Change, Store

AREA = "checklist"
_TABLE = "checklist.edition"


@dataclass(frozen=True)
class Offered:
    """A checklist that can be filled in, in its newest edition."""

    checklist: Checklist
    is_own: bool


def offered(store: Store, _actor: Actor) -> dict[str, Offered]:
    """What can be filled in by id: the shipped checklists in their order, then a company's own.

    An own edition of a shipped checklist takes its place.
    """
    with store.read() as cursor:
        own = {
            one.id: Offered(one, is_own=True)
            for one in map(_read, _newest(cursor, "is_own").values())
        }
    ours = {name: Offered(one, is_own=False) for name, one in shipped().items()}
    return ours | own


def newest(cursor: duckdb.DuckDBPyConnection, name: str) -> Checklist:
    """The newest edition of a checklist. Refused("checklist_unknown")."""
    own = _newest(cursor, "is_own AND checklist = ?", name)
    found = _read(own[name]) if own else shipped().get(name)
    if found is None:
        known = dict.fromkeys([*shipped(), *_newest(cursor, "is_own")])
        raise Refused("checklist_unknown", value=name, known=", ".join(known))
    return found


def kept_edition(store: Store, _actor: Actor, name: str, number: int) -> Checklist:
    """An edition that is kept. Refused("checklist_unknown")."""
    with store.read() as cursor:
        return edition(cursor, name, number)


def edition(cursor: duckdb.DuckDBPyConnection, name: str, number: int) -> Checklist:
    """The same, as a cursor sees it."""
    kept = cursor.execute(
        f"SELECT content FROM {_TABLE} WHERE checklist = ? AND edition = ?", [name, number]
    ).fetchone()
    if kept is None:
        raise Refused("checklist_unknown", value=f"{name} {number}", known=", ".join(shipped()))
    return _read(kept[0])


def keep(change: Change, checklist: Checklist, *, is_own: bool) -> None:
    """Keep an edition, so that what is filled in by it can be read for ever. One that is kept
    already stays as it is."""
    key = [checklist.id, checklist.version]
    known = f"FROM {_TABLE} WHERE checklist = ? AND edition = ?"
    if change.cursor.execute(known, key).fetchone() is None:
        change.cursor.execute(
            f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?)",
            [*key, _written(checklist), is_own, change.change_id],
        )


def bring_in(store: Store, actor: Actor, checklist: Checklist) -> None:
    """Take a company's own checklist, or its own edition of a shipped one.

    The same again changes nothing. Refused("checklist_edition") where its number is not above that
    of the newest edition that says otherwise.
    """
    with store.change(actor, "checklist.bring_in", area=AREA, subject=checklist.id) as change:
        before = [*map(_read, _newest(change.cursor, "checklist = ?", checklist.id).values())]
        if checklist.id in shipped():
            before.append(shipped()[checklist.id])
        others = [one.version for one in before if one != checklist]
        if others and checklist.version <= max(others):
            raise Refused("checklist_edition", value=checklist.version, least=max(others) + 1)
        change.detail = {"edition": checklist.version}
        keep(change, checklist, is_own=True)


def _newest(
    cursor: duckdb.DuckDBPyConnection, condition: str, *params: object
) -> Mapping[str, str]:
    """The content of each checklist's newest edition that is kept, by its id."""
    return dict(
        cursor.execute(
            f"SELECT checklist, arg_max(content, edition) FROM {_TABLE} WHERE {condition}"
            " GROUP BY checklist ORDER BY checklist",
            list(params),
        ).fetchall()
    )


def _written(checklist: Checklist) -> str:
    content = checklist.model_dump(mode="json", exclude_defaults=True)
    return simplejson.dumps(content, ensure_ascii=False)


@lru_cache(maxsize=64)
def _read(content: str) -> Checklist:
    return Checklist.model_validate_json(content)
