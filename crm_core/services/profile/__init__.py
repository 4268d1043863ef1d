"""The profile of a table or of a file as it came: what each column holds, and what stands out."""

from crm_core.services.profile.shape import ColumnProfile, Profile, Value
from crm_core.services.profile.take import LOOKED_AT, of_file, of_table

__all__ = ["LOOKED_AT", "ColumnProfile", "Profile", "Value", "of_file", "of_table"]
