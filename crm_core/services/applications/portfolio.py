"""What to do with each application: the verdict of its fits, or one that a person gave."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_core.domain.actor import Actor
from crm_core.domain.applications import Verdict, verdict
from crm_core.store import Store


@dataclass(frozen=True)
class Judged:
    """An application that is in use, and what is to become of it."""

    id: str
    title: str
    verdict: Verdict | None
    """None as long as a fit is missing and nobody said otherwise."""
    reason: str | None
    """Why a person gave this verdict; None: it follows from the fits."""
    cost: Decimal | None
    """A year, in `currency`."""
    currency: str | None


def portfolio(store: Store, _actor: Actor, today: date) -> list[Judged]:
    """Every application that has not ended before today, by its title."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT id, title, functional_fit, technical_fit, verdict, verdict_reason,"
            " cost_a_year, upper(trim(currency)) FROM programme.application"
            " WHERE until IS NULL OR until >= ? ORDER BY lower(title), id",
            [today],
        ).fetchall()
    return [
        Judged(
            key,
            title,
            Verdict(own) if own else verdict(functional, technical),
            reason if own else None,
            cost,
            currency,
        )
        for key, title, functional, technical, own, reason, cost, currency in rows
    ]
