"""What initiatives that went live did to the metrics of the goals that they serve."""

from crm_core.services.effect.comparing import Course, Effect, Effects, effects
from crm_core.services.effect.live import GoLive

__all__ = ["Course", "Effect", "Effects", "GoLive", "effects"]
