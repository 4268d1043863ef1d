"""Processes as teams do them: typed or mined, compared, agreed on, kept as they were."""

from crm_core.services.processes.comparing import (
    Compared,
    Overview,
    compared,
    overview,
    then_and_now,
)
from crm_core.services.processes.reading import (
    Logged,
    Process,
    Team,
    baselines,
    process,
    processes,
    step,
    teams,
)
from crm_core.services.processes.saving import agree, keep_baseline, keep_steps
from crm_core.services.processes.starting import offered, take_over

__all__ = [
    "Compared",
    "Logged",
    "Overview",
    "Process",
    "Team",
    "agree",
    "baselines",
    "compared",
    "keep_baseline",
    "keep_steps",
    "offered",
    "overview",
    "process",
    "processes",
    "step",
    "take_over",
    "teams",
    "then_and_now",
]
