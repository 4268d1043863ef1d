"""Goals: measured by the data, and where they stand on the line that was agreed."""

from crm_core.services.goals.keeping import keep_readings
from crm_core.services.goals.offering import Offered, offered
from crm_core.services.goals.placing import Placed, placed
from crm_core.services.goals.reading import Reading

__all__ = ["Offered", "Placed", "Reading", "keep_readings", "offered", "placed"]
