"""Finding the records that are one customer."""

from crm_core.services.matching.find import COLUMNS, Found, find

__all__ = ["COLUMNS", "Found", "find"]
