"""Links between rows: what a row refers to, what refers to it, and what lies around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain.actor import Actor
from crm_core.reference.registers import registers
from crm_core.services.registers.rows import known
from crm_core.store import Store

_REFERRING = """
SELECT DISTINCT register, field, id FROM programme.link WHERE target = $name AND to_id = $key
"""
_REFERRED = """
SELECT DISTINCT target, field, coalesce(to_id, said) FROM programme.link
WHERE register = $name AND id = $key AND (is_link OR to_id IS NOT NULL)
"""
_FRONT = "(SELECT unnest($registers) AS register, unnest($ids) AS id)"
# Both directions of every link that ends at a row of the last step, itself left out.
_AROUND = f"""
WITH edge AS MATERIALIZED (
    SELECT DISTINCT register, id, field, target, to_id FROM programme.link
    WHERE to_id IS NOT NULL AND (register <> target OR id <> to_id)
)
SELECT * FROM edge SEMI JOIN {_FRONT} USING (register, id)
UNION
SELECT edge.* FROM edge
SEMI JOIN {_FRONT} AS front ON edge.target = front.register AND edge.to_id = front.id
ORDER BY register, length(id), id, field, target, length(to_id), to_id
"""
Place = tuple[str, str]
"""Register and id."""


@dataclass(frozen=True)
class Reference:
    """A row at the other end of a link, and by which field; `title` None: there is no such row."""

    register: str
    field: str
    id: str
    title: str | None


@dataclass(frozen=True)
class Edge:
    """A link: the row that has the field, and the one that it names."""

    source: Place
    field: str
    target: Place


@dataclass(frozen=True)
class Neighbourhood:
    """The rows within so many links of one, nearest first, itself at the head."""

    titles: dict[Place, str]
    edges: tuple[Edge, ...]
    left_out: int
    """Rows as near that there was no room for."""


def referring(store: Store, _actor: Actor, name: str, key: str) -> list[Reference]:
    """The rows of every register that refer to this one. Refused("register_unknown")."""
    return _references(store, _REFERRING, name, key)


def referred(store: Store, _actor: Actor, name: str, key: str) -> list[Reference]:
    """The rows that this one refers to. Refused("register_unknown")."""
    return _references(store, _REFERRED, name, key)


def _references(store: Store, sql: str, name: str, key: str) -> list[Reference]:
    with store.snapshot() as cursor:
        rows = cursor.execute(sql, {"name": known(name).name, "key": key}).fetchall()
        titles = _titles(cursor, [(register, id) for register, _, id in rows])
    found = [Reference(of, field, id, titles.get((of, id))) for of, field, id in rows]
    order = list(registers())
    return sorted(
        found, key=lambda one: (order.index(one.register), len(one.id), one.id, one.field)
    )


def neighbourhood(
    store: Store, _actor: Actor, name: str, key: str, steps: int, most: int
) -> Neighbourhood:
    """At most so many rows around a row, in so many steps along links of either direction; what
    is there between them. Refused("register_unknown")."""
    known(name)
    reached, edges, left_out = {(name, key): 0}, dict[Edge, None](), set[Place]()
    with store.snapshot() as cursor:
        front: list[Place] = [(name, key)]
        for step in range(1, steps + 1):
            found = _around(cursor, front)
            ends = dict.fromkeys(end for edge in found for end in (edge.source, edge.target))
            new = [end for end in ends if end not in reached]
            front = new[: most + 1 - len(reached)]
            left_out |= {*new[len(front) :]}
            reached |= dict.fromkeys(front, step)
            edges |= dict.fromkeys(found)
        titles = _titles(cursor, list(reached))
    shown = [one for one in edges if one.source in titles and one.target in titles]
    return Neighbourhood(titles, tuple(shown), len(left_out - reached.keys()))


def _around(cursor: duckdb.DuckDBPyConnection, places: Sequence[Place]) -> list[Edge]:
    if not places:
        return []
    rows = cursor.execute(_AROUND, _listed(places)).fetchall()
    return [Edge((register, id), field, (of, to)) for register, id, field, of, to in rows]


def _titles(cursor: duckdb.DuckDBPyConnection, places: Sequence[Place]) -> dict[Place, str]:
    """In the order of the places; of those that there are."""
    rows = cursor.execute(
        "SELECT register, id, data ->> 'title' FROM programme.item"
        f" SEMI JOIN {_FRONT} USING (register, id)",
        _listed(places),
    ).fetchall()
    found = {(register, id): title for register, id, title in rows}
    return {place: found[place] for place in places if place in found}


def _listed(places: Sequence[Place]) -> dict[str, list[str]]:
    return {
        "registers": [register for register, _ in places],
        "ids": [key for _, key in places],
    }
