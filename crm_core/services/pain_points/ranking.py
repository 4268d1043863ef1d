"""What solving each pain point is worth, the greatest first, and how sure that order is."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.domain.pain_points import REGISTER
from crm_core.domain.ranking import Worth, in_front, worth
from crm_core.domain.registers import OVER
from crm_core.services import phasing_out, settings
from crm_core.store import Store

TOP = 3
"""So many places count as being in front."""


@dataclass(frozen=True)
class Ranked:
    """A pain point with a price."""

    id: str
    title: str
    owner: str | None
    worth: Worth
    """A year, in the home currency, as somebody estimated it."""
    weighed: Worth
    """The same, less where it serves nothing but what is phasing out; the order is by it."""
    phasing_out: tuple[str, ...]
    """Titles of what it serves, if all of that is phasing out."""
    in_front: float
    """How often it is among the first TOP, 0 … 1."""


@dataclass(frozen=True)
class Ranking:
    """The pain points that are neither done nor dropped."""

    ranked: tuple[Ranked, ...]
    """By their weighed mean."""
    unranked: tuple[tuple[str, str], ...]
    """Id and title of those that nobody estimated."""
    factor: float
    """What serves nothing but what is phasing out counts so much, 0 … 1: a setting."""
    currency: str | None


def ranking(store: Store, _actor: Actor) -> Ranking:
    """The order by yearly cost. Frequency and people are not multiplied in: what a pain point
    costs a year has them in it already."""
    with store.snapshot() as cursor:
        known = settings.read_from(cursor)
        fading = phasing_out.only_phasing_out(cursor, REGISTER)
        rows = cursor.execute(
            "SELECT id, title, owner, cost_least::DOUBLE, cost_most::DOUBLE"
            f" FROM programme.{REGISTER} WHERE coalesce(status, 'open') NOT IN {OVER}"
            " ORDER BY length(id), id"
        ).fetchall()
    factor = known["phasing_out_factor"]
    found, unranked = [], []
    for key, title, owner, least, most in rows:
        value = worth(least, most)
        if value is None:
            unranked.append((key, title))
        else:
            weighed = value.times(factor) if key in fading else value
            found.append((key, title, owner, value, weighed, fading.get(key, ())))
    front = in_front([one[4] for one in found], TOP)
    ranked = [Ranked(*one, share) for one, share in zip(found, front, strict=True)]
    ranked.sort(key=lambda one: (-one.weighed.expected, -one.in_front))
    return Ranking(tuple(ranked), tuple(unranked), factor, known["home_currency"])
