"""How far assessments are, by the people who answer them."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.store import Store


@dataclass(frozen=True)
class Progress:
    """People of an assessment, by how far each is."""

    people: int
    begun: int
    """Those who have answered something, the ones who are done among them."""
    done: int
    """Those who have handed in their sheet."""


def by_assessment(store: Store, _actor: Actor) -> dict[str, Progress]:
    """How far each assessment with people is, by its id."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT who.assessment, count(*),"
            " count(*) FILTER (submitted_at IS NOT NULL OR given.respondent IS NOT NULL),"
            " count(submitted_at)"
            " FROM checklist.respondent AS who"
            " LEFT JOIN (SELECT DISTINCT respondent FROM checklist.answer) AS given"
            " ON given.respondent = who.id GROUP BY who.assessment"
        ).fetchall()
    return {key: Progress(*counts) for key, *counts in rows}
