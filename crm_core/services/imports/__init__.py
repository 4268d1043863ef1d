"""Bringing files in: read, propose, load, take back."""

from crm_core.services.imports.load import load, unanswered
from crm_core.services.imports.result import Arrivals, FileResult, ImportResult, Progress, refused
from crm_core.services.imports.undo import undo
from crm_core.services.imports.upload import Table, Upload, prepare

__all__ = [
    "Arrivals",
    "FileResult",
    "ImportResult",
    "Progress",
    "Table",
    "Upload",
    "load",
    "prepare",
    "refused",
    "unanswered",
    "undo",
]
