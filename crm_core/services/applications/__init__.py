"""The application catalogue: what to do with each, and which of them keeps which customer data."""

from crm_core.services.applications.customer_data import Cell, CustomerData, Flow, customer_data
from crm_core.services.applications.overlap import (
    ENTITY,
    Extract,
    FieldOverlap,
    Overlap,
    extracts,
    overlaps,
)
from crm_core.services.applications.portfolio import Judged, portfolio

__all__ = [
    "ENTITY",
    "Cell",
    "CustomerData",
    "Extract",
    "FieldOverlap",
    "Flow",
    "Judged",
    "Overlap",
    "customer_data",
    "extracts",
    "overlaps",
    "portfolio",
]
