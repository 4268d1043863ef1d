"""The roadmap: the programme read from the registers, plans made from it, kept and agreed."""

from crm_core.services.planning.plans import (
    Header,
    Plan,
    accept,
    agreements,
    latest,
    listed,
    standing,
    whole,
)
from crm_core.services.planning.reading import Read, read
from crm_core.services.planning.risk import risk
from crm_core.services.planning.running import MOST_SECONDS, USUAL_SECONDS, plan
from crm_core.services.planning.warnings import Warned, planning_warnings

__all__ = [
    "MOST_SECONDS",
    "USUAL_SECONDS",
    "Header",
    "Plan",
    "Read",
    "Warned",
    "accept",
    "agreements",
    "latest",
    "listed",
    "plan",
    "planning_warnings",
    "read",
    "risk",
    "standing",
    "whole",
]
