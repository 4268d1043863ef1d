"""Ranking of initiatives: four methods side by side, how sure places are, what was decided."""

from crm_core.services.priorities.deciding import decision
from crm_core.services.priorities.room import Asked, Placed, Room, room

__all__ = ["Asked", "Placed", "Room", "decision", "room"]
