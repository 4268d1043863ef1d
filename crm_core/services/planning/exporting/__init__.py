"""A plan to hand on: as a calendar, a workbook, a page to print, a picture."""

from crm_core.services.planning.exporting.export import FORMATS, export, form_of

__all__ = ["FORMATS", "export", "form_of"]
