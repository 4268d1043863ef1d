"""Pain points: where it hurts, what solving is worth, and complaints that were made twice."""

from crm_core.services.pain_points.hurting import Cell, Evidence, Hurting, hurting
from crm_core.services.pain_points.merging import Merge, merge, merges, take_back
from crm_core.services.pain_points.ranking import TOP, Ranked, Ranking, ranking
from crm_core.services.pain_points.repeats import ask_again, held_apart, hold_apart, repeated

__all__ = [
    "TOP",
    "Cell",
    "Evidence",
    "Hurting",
    "Merge",
    "Ranked",
    "Ranking",
    "ask_again",
    "held_apart",
    "hold_apart",
    "hurting",
    "merge",
    "merges",
    "ranking",
    "repeated",
    "take_back",
]
