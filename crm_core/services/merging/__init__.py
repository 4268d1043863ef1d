"""Records that are one: what people decide of pairs, merging, and taking merges back."""

from crm_core.services.merging.decide import Decision, Verdict, apply, decide, withdraw
from crm_core.services.merging.merge import Pair, by_rule
from crm_core.services.merging.records import MERGED, STRONG
from crm_core.services.merging.unmerge import MOST_SHOWN, merges, unmerge

__all__ = [
    "MERGED",
    "MOST_SHOWN",
    "STRONG",
    "Decision",
    "Pair",
    "Verdict",
    "apply",
    "by_rule",
    "decide",
    "merges",
    "unmerge",
    "withdraw",
]
