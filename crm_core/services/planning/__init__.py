"""The roadmap: the programme read from the registers, plans made from it and kept."""

from crm_core.services.planning.reading import Read, read
from crm_core.services.planning.running import MOST_SECONDS, USUAL_SECONDS, Plan, plan

__all__ = ["MOST_SECONDS", "USUAL_SECONDS", "Plan", "Read", "plan", "read"]
