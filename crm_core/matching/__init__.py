"""Which records are one customer: scored pairs, learnt from the records themselves."""

from crm_core.matching.engine import Matched, match
from crm_core.matching.fields import ENTITIES, STRONG
from crm_core.matching.model import Model
from crm_core.matching.scoring import MERGE, REVIEW, Decision, answered, score

__all__ = [
    "ENTITIES",
    "MERGE",
    "REVIEW",
    "STRONG",
    "Decision",
    "Matched",
    "Model",
    "answered",
    "match",
    "score",
]
