"""Records found by a part of their name, for people who know what to look for."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.services.merging.records import check
from crm_core.store import Store

MOST_FOUND = 50
_PLACES = {"customer": "coalesce(city, region, country)", "contact": "email", "lead": "company"}
"""What tells records of one name apart."""


@dataclass(frozen=True)
class Found:
    """A record by the row that comes first in it."""

    row_id: int
    name: str
    place: str | None
    source_file: str | None
    source_line: int | None


def find(store: Store, _actor: Actor, entity: str, words: str) -> list[Found]:
    """Records whose name contains the words or whose id they are, the likest first.

    Refused("entity_not_merged").
    """
    check(entity)
    with store.read() as cursor:
        rows = cursor.execute(
            f"""
            SELECT i.row_id, r.name, {_PLACES[entity]}, source_file, source_line
            FROM crm.{entity} AS r JOIN staging.identity(NULL) AS i
                ON i.entity = $entity AND i.row_id = r.row_id
            WHERE r.name IS NOT NULL AND $words <> ''
                AND (contains(lower(r.name), $words) OR lower({entity}_id) = $words)
            QUALIFY row_number() OVER (PARTITION BY i.key ORDER BY rank) = 1
            ORDER BY length(r.name), r.name, i.row_id LIMIT {MOST_FOUND}
            """,
            {"entity": entity, "words": words.strip().lower()},
        ).fetchall()
    return [Found(*row) for row in rows]
