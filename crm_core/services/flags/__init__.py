"""Red flags that raise, update and clear themselves: rules evaluated on the store."""

from crm_core.services.flags.choosing import Choice, RuleState, choices, choose, states
from crm_core.services.flags.evaluating import Evaluation, evaluate
from crm_core.services.flags.keeping_up import keep_up
from crm_core.services.flags.listing import Flag, Origin, Wanted, flag, listed
from crm_core.services.flags.replaying import Replay, replay

__all__ = [
    "Choice",
    "Evaluation",
    "Flag",
    "Origin",
    "Replay",
    "RuleState",
    "Wanted",
    "choices",
    "choose",
    "evaluate",
    "flag",
    "keep_up",
    "listed",
    "replay",
    "states",
]
