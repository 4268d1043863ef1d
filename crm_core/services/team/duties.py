"""The duties as a RACI matrix: who has which part in which."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.store import Store

PARTS = ("responsible", "accountable", "consulted", "informed")
_LIVE = "coalesce(status, '') NOT IN ('done', 'dropped')"
_DUTIES = f"""
SELECT id, title, coalesce(len(accountable), 0) FROM programme.duty
WHERE {_LIVE} ORDER BY length(id), id
"""
_TEAMS = f"SELECT 'team ' || id, title FROM programme.team WHERE {_LIVE} ORDER BY length(id), id"
# What names a group and a person too is the group; what names neither stands for itself.
_NAMED = """
SELECT
    said.id, said.field,
    coalesce('team ' || t.id, 'person ' || p.id, lower(trim(said.said))) AS who,
    coalesce(t.title, p.title, trim(said.said)) AS name
FROM programme.link AS said
LEFT JOIN programme.team AS t ON said.target = 'team' AND t.id = said.to_id
LEFT JOIN programme.person AS p ON said.target = 'person' AND p.id = said.to_id
WHERE said.register = 'duty'
QUALIFY row_number() OVER (
    PARTITION BY said.id, said.field, lower(trim(said.said))
    ORDER BY t.id IS NULL, p.id IS NULL, length(said.to_id), said.to_id
) = 1
ORDER BY length(said.id), said.id, who
"""


@dataclass(frozen=True)
class Duty:
    """A row of the matrix."""

    id: str
    title: str
    accountable: int
    """How many answer for it; it should be one."""
    parts: Mapping[str, tuple[str, ...]]
    """Who -> its parts, as PARTS names and orders them."""


@dataclass(frozen=True)
class Matrix:
    """The duties that are not over, and who has a part in them."""

    duties: tuple[Duty, ...]
    who: Mapping[str, str]
    """Who -> the name; working groups first, those without a part among them."""


def duties(store: Store, _actor: Actor) -> Matrix:
    """Every duty that is not over, in the order of the register."""
    with store.snapshot() as cursor:
        live = cursor.execute(_DUTIES).fetchall()
        who = dict(cursor.execute(_TEAMS).fetchall())
        named = cursor.execute(_NAMED).fetchall()
    parts: dict[str, dict[str, list[str]]] = {key: {} for key, *_ in live}
    for duty, part, one, name in named:
        if duty in parts:
            who.setdefault(one, name)
            parts[duty].setdefault(one, []).append(part)
    return Matrix(
        tuple(Duty(key, title, count, _ordered(parts[key])) for key, title, count in live),
        who,
    )


def _ordered(parts: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {who: tuple(sorted(held, key=PARTS.index)) for who, held in parts.items()}
