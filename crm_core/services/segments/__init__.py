"""The segment instrument: revenue, pipeline, mix and coverage by market segment."""

from crm_core.services.segments.asked import UNCLASSIFIED, Asked
from crm_core.services.segments.changes import Changed, by_kind, last_look, latest, look, since
from crm_core.services.segments.coverage import Place, coverage
from crm_core.services.segments.export import export
from crm_core.services.segments.figures import Figures
from crm_core.services.segments.finding import (
    Finding,
    mix_finding,
    revenue_finding,
    top,
    trend_finding,
)
from crm_core.services.segments.ground import Cover, Ground, ground
from crm_core.services.segments.mix import OTHER, By, Mix, Part
from crm_core.services.segments.report import Report, report
from crm_core.services.segments.rows import ALL, PAGE, Cell, Kind, Rows, Traced, rows, trace
from crm_core.services.segments.seen import Seen, seen

__all__ = [
    "ALL",
    "OTHER",
    "PAGE",
    "UNCLASSIFIED",
    "Asked",
    "By",
    "Cell",
    "Changed",
    "Cover",
    "Figures",
    "Finding",
    "Ground",
    "Kind",
    "Mix",
    "Part",
    "Place",
    "Report",
    "Rows",
    "Seen",
    "Traced",
    "by_kind",
    "coverage",
    "export",
    "ground",
    "last_look",
    "latest",
    "look",
    "mix_finding",
    "report",
    "revenue_finding",
    "rows",
    "seen",
    "since",
    "top",
    "trace",
    "trend_finding",
]
