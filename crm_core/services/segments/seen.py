"""All that the segment page shows at once, of one state of the store."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.services.segments.asked import Asked
from crm_core.services.segments.coverage import Place, read_coverage
from crm_core.services.segments.ground import read_ground
from crm_core.services.segments.mix import By, Mix, read_mixes
from crm_core.services.segments.report import Report, read_report
from crm_core.store import Store


@dataclass(frozen=True)
class Seen:
    """Figures, product mix and coverage for one question."""

    report: Report
    mixes: Mapping[By, Mix]
    """By product and, where products have families, before it by family."""
    places: tuple[Place, ...]
    """Where the segment is captured, for the teams asked for."""


def seen(store: Store, _actor: Actor, asked: Asked) -> Seen:
    """What the page shows; refuses what the metrics refuse."""
    with store.snapshot() as cursor:
        known = read_ground(cursor)
        return Seen(
            report=read_report(cursor, known, asked),
            mixes=read_mixes(cursor, known, asked),
            places=read_coverage(cursor, asked.teams),
        )
