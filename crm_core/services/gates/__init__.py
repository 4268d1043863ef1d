"""Gates of phases: how each stands, opened by a score or by somebody, and what the phase gives."""

from crm_core.services.gates.judging import Gate, gates
from crm_core.services.gates.opening import open_by_hand as open_by_hand
from crm_core.services.gates.opening import opened, take_back
from crm_core.services.gates.phases import Given, Phase, Placed, phases

__all__ = [
    "Gate",
    "Given",
    "Phase",
    "Placed",
    "gates",
    "open_by_hand",
    "opened",
    "phases",
    "take_back",
]
