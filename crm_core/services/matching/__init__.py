"""Which records are one customer, contact or lead: found, asked of people, kept in the store."""

from crm_core.matching import MERGE
from crm_core.services.matching.exchange import read as read_decisions
from crm_core.services.matching.queue import (
    Asked,
    Field,
    Side,
    Standing,
    answer,
    pair,
    sizes,
    standing,
    upcoming,
    was_matched,
)
from crm_core.services.matching.run import Run, after_load, run
from crm_core.services.matching.teach import finish, teach

__all__ = [
    "MERGE",
    "Asked",
    "Field",
    "Run",
    "Side",
    "Standing",
    "after_load",
    "answer",
    "finish",
    "pair",
    "read_decisions",
    "run",
    "sizes",
    "standing",
    "teach",
    "upcoming",
    "was_matched",
]
