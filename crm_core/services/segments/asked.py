"""What a reader asks of the segment figures, as the metrics take it."""

from dataclasses import dataclass

from crm_core.domain.periods import Calendar, Choice, Compare, Period
from crm_core.services.segments.ground import Cover

UNCLASSIFIED = ""
"""How a filter names what has no segment, region, team, product or currency."""


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see."""

    period: Choice = Choice.TWELVE_MONTHS
    compare: Compare = Compare.BEFORE
    regions: tuple[str, ...] = ()
    """Any of these; none: all."""
    teams: tuple[str, ...] = ()
    segment: str | None = None
    """None: all."""
    currency: str | None = None
    """None: the store's main one. Currencies are never added."""
    basis: str | None = None
    """sales or opportunities; None: the store's own."""


def calendar_of(cover: Cover, asked: Asked) -> Calendar | None:
    """Where "now" is in the currency asked for; None where none of its rows is dated."""
    return cover.calendars.get(currency_of(cover, asked))


def periods(cover: Cover, asked: Asked) -> tuple[Period | None, Period | None]:
    """The months asked for and those to compare with; None where no row is dated."""
    calendar = calendar_of(cover, asked)
    if calendar is None:
        return None, None
    return calendar.period(asked.period), calendar.compared(asked.period, asked.compare)


def limits(cover: Cover, asked: Asked) -> Period | None:
    """The months that figures are limited to; None: all time."""
    return None if asked.period is Choice.ALL else periods(cover, asked)[0]


def currency_of(cover: Cover, asked: Asked) -> str | None:
    """The currency asked for where the store has it, else its main one."""
    wished = asked.currency or None
    if asked.currency is not None and wished in cover.currencies:
        return wished
    return cover.currencies[0]


def parameters(cover: Cover, asked: Asked, period: Period | None) -> dict[str, object]:
    """What a metric is asked, the segment left out."""
    return {
        "basis": cover.basis,
        "from": period.first if period else None,
        "to": period.last if period else None,
        "region": asked.regions,
        "team": asked.teams,
    }
