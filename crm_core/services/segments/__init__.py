"""The segment instrument: revenue, pipeline, mix and coverage by market segment."""

from crm_core.services.segments.changes import Changed, by_kind, last_look, latest, look, since
from crm_core.services.segments.coverage import TARGET, Place, coverage
from crm_core.services.segments.export import export
from crm_core.services.segments.finding import (
    Finding,
    growth_finding,
    mix_finding,
    revenue_finding,
    top,
)
from crm_core.services.segments.ground import Cover, Ground, ground
from crm_core.services.segments.mix import OTHER, Mix, mix
from crm_core.services.segments.report import UNCLASSIFIED, Asked, Figures, Report, report
from crm_core.services.segments.rows import PAGE, Cell, Kind, Traced, rows, trace

__all__ = [
    "OTHER",
    "PAGE",
    "TARGET",
    "UNCLASSIFIED",
    "Asked",
    "Cell",
    "Changed",
    "Cover",
    "Figures",
    "Finding",
    "Ground",
    "Kind",
    "Mix",
    "Place",
    "Report",
    "Traced",
    "by_kind",
    "coverage",
    "export",
    "ground",
    "growth_finding",
    "last_look",
    "latest",
    "look",
    "mix",
    "mix_finding",
    "report",
    "revenue_finding",
    "rows",
    "since",
    "top",
    "trace",
]
