"""The vendor room: criteria weighed, vendors scored and held against each other, what they cost."""

from crm_core.services.vendors.comparing import (
    CHECKLIST,
    Cell,
    Comparison,
    Criterion,
    Vendor,
    compare,
    disagreement,
)
from crm_core.services.vendors.costs import YEARS
from crm_core.services.vendors.decisions import Due, to_look_at_again
from crm_core.services.vendors.judging import (
    Judgement,
    Key,
    Kind,
    Said,
    as_known,
    judgements,
    score,
    weigh,
)

__all__ = [
    "CHECKLIST",
    "YEARS",
    "Cell",
    "Comparison",
    "Criterion",
    "Due",
    "Judgement",
    "Key",
    "Kind",
    "Said",
    "Vendor",
    "as_known",
    "compare",
    "disagreement",
    "judgements",
    "score",
    "to_look_at_again",
    "weigh",
]
