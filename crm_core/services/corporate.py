"""Groups of companies: suggested from the records, confirmed by people, read by the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.matching.families import families
from crm_core.services.merging.naming import INTO, named
from crm_core.store import Change, Store
from crm_core.store.database import CATALOG

AREA = "crm"
Verdict = Literal["confirmed", "refused"]
_FOUND = "suggested_families"


@dataclass(frozen=True)
class Link:
    """A customer (`child`) that belongs to another (`parent`): their row ids and names.

    `reasons`: field (it names its parent), name, domain, address; none where a person said it by
    hand. `strength`: 0 … 1, how far the reasons speak for it; None where it was decided on.
    """

    child: int
    child_name: str | None
    parent: int
    parent_name: str | None
    reasons: tuple[str, ...]
    strength: float | None = None


def suggested(store: Store, _actor: Actor) -> list[Link]:
    """What may belong together and nobody has decided on, what most speaks for first."""
    with store.read() as cursor:
        families(cursor, f"{CATALOG}.crm.customer", into=_FOUND)
        rows = cursor.execute(
            f"""
            SELECT child, c.name, parent, p.name, reasons, strength
            FROM temp.{_FOUND}
            JOIN crm.customer AS c ON c.row_id = child JOIN crm.customer AS p ON p.row_id = parent
            JOIN staging.identity(NULL) AS ci ON ci.entity = 'customer' AND ci.row_id = child
            JOIN staging.identity(NULL) AS pi ON pi.entity = 'customer' AND pi.row_id = parent
            WHERE ci.key <> pi.key
              AND (ci.key, pi.key) NOT IN (SELECT (key, parent) FROM staging.parent)
              AND ci.key NOT IN (SELECT key FROM staging.parent WHERE verdict = 'confirmed')
            QUALIFY row_number()
                OVER (PARTITION BY ci.key, pi.key ORDER BY strength DESC, ci.rank, pi.rank) = 1
            ORDER BY strength DESC, p.name, c.name, child
            """
        ).fetchall()
    return [_link(row) for row in rows]


def confirmed(store: Store, _actor: Actor) -> list[Link]:
    """The links in force, those of one group together; a customer of several records once."""
    with store.read() as cursor:
        rows = cursor.execute(
            """
            WITH first AS (
                SELECT key, arg_min(row_id, rank) AS row_id FROM staging.identity(NULL)
                WHERE entity = 'customer' GROUP BY key
            )
            SELECT child.row_id, c.name, parent.row_id, p.name, reasons, NULL
            FROM staging.parent AS said
            JOIN first AS child ON child.key = said.key JOIN mart.customer AS c ON c.key = said.key
            JOIN first AS parent ON parent.key = said.parent
            JOIN mart.customer AS p ON p.key = said.parent
            WHERE verdict = 'confirmed' AND said.key <> said.parent
            QUALIFY row_number() OVER (PARTITION BY said.key ORDER BY rank) = 1
            ORDER BY p.name, parent.row_id, c.name, child.row_id
            """
        ).fetchall()
    return [_link(row) for row in rows]


def decide(store: Store, actor: Actor, links: Sequence[Link], verdict: Verdict) -> None:
    """Keep what a person said of links, in place of what was said of them before.

    Refused: record_unknown; parent_is_child where a company would come to stand above itself.
    """
    with store.change(actor, f"parent.{verdict}", area=AREA) as change:
        _decide(change, actor, links, verdict)


def answer(store: Store, actor: Actor, links: Sequence[Link], verdict: Verdict) -> int:
    """Decide on suggestions that nobody has decided on since they were shown; how many these are.

    Refused as `decide` says.
    """
    with store.change(actor, f"parent.{verdict}", area=AREA) as change:
        decided = set(
            change.cursor.execute("SELECT row_key, parent_key FROM crm.parent").fetchall()
        )
        waiting = [link for link in links if _keys(change, link) not in decided]
        _decide(change, actor, waiting, verdict)
    return len(waiting)


def _decide(change: Change, actor: Actor, links: Sequence[Link], verdict: Verdict) -> None:
    for link in links:
        _put(change, actor, link, verdict)
    if verdict == "confirmed":
        _refuse_circles(change, links)
    metrics.refresh(change.cursor, changed="parent")
    told = [(link.child, INTO, link.parent) for link in links]
    records = named(change.cursor, "customer", told, by="row_id")
    change.detail = {"links": len(links), "records": records}


def withdraw(store: Store, actor: Actor, link: Link) -> None:
    """Take back what was said of a link; it may be suggested again. Refused("record_unknown")."""
    with store.change(actor, "parent.withdrawn", area=AREA) as change:
        child, parent = _keys(change, link)
        change.retire(
            "crm.parent",
            "(row_key, parent_key) IN (SELECT (row_key, parent_key) FROM staging.parent WHERE"
            f" key = ({_OF}) AND parent = ({_OF}))",
            [child, parent],
        )
        metrics.refresh(change.cursor, changed="parent")
        records = named(change.cursor, "customer", [(child, INTO, parent)])
        change.detail = {"links": 1, "records": records}


def has_customers(store: Store, _actor: Actor) -> bool:
    """Whether there is any company to belong to another."""
    with store.read() as cursor:
        return cursor.execute("FROM crm.customer LIMIT 1").fetchone() is not None


def _link(row: Sequence[Any]) -> Link:
    child, child_name, parent, parent_name, reasons, strength = row
    return Link(child, child_name, parent, parent_name, tuple(reasons), strength)


def _keys(change: Change, link: Link) -> tuple[str, str]:
    keys = dict(
        change.cursor.execute(
            "SELECT row_id, row_key FROM crm.customer WHERE row_id IN (?, ?)",
            [link.child, link.parent],
        ).fetchall()
    )
    for row in (link.child, link.parent):
        if row not in keys:
            raise Refused("record_unknown", id=row)
    return keys[link.child], keys[link.parent]


_OF = "SELECT key FROM staging.identity(NULL) WHERE entity = 'customer' AND row_key = ?"
"""SQL: the customer that a record is one of."""


def _put(change: Change, actor: Actor, link: Link, verdict: Verdict) -> None:
    """A customer has one parent: one confirmed takes the place of others, whichever of the records
    that are one with it they were said of."""
    child, parent = _keys(change, link)
    change.retire(
        "crm.parent",
        "(row_key = ? AND parent_key = ?) OR (? = 'confirmed' AND verdict = 'confirmed'"
        f" AND row_key IN (SELECT row_key FROM staging.parent WHERE key = ({_OF})"
        f" AND parent <> ({_OF})))",
        [child, parent, verdict, child, parent],
    )
    change.cursor.execute(
        "INSERT INTO crm.parent VALUES (?, ?, ?, ?, ?, now() AT TIME ZONE 'UTC', ?)",
        [child, parent, verdict, list(link.reasons), actor.name, change.change_id],
    )


def _refuse_circles(change: Change, links: Sequence[Link]) -> None:
    """A merge of a branch with its head may have closed a circle: that one is no fault of these."""
    found = change.cursor.execute(
        """
        WITH RECURSIVE link AS (
            SELECT key, parent FROM staging.parent WHERE verdict = 'confirmed' AND key <> parent
        ),
        up AS (
            SELECT key, parent FROM link
            UNION
            SELECT up.key, link.parent FROM up JOIN link ON link.key = up.parent
        )
        SELECT name FROM up JOIN mart.customer USING (key) WHERE up.key = up.parent AND key IN (
            SELECT key FROM staging.identity(NULL)
            WHERE entity = 'customer' AND row_id IN (SELECT unnest(?::BIGINT[]))
        ) ORDER BY name LIMIT 1
        """,
        [[link.child for link in links]],
    ).fetchone()
    if found:
        raise Refused("parent_is_child", name=found[0])
