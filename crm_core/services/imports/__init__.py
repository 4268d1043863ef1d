"""Bringing files in: read, propose, load, take back."""

from crm_core.services.imports.load import load
from crm_core.services.imports.result import FileResult, ImportResult, Progress
from crm_core.services.imports.undo import undo
from crm_core.services.imports.upload import Table, Upload, prepare, questions

__all__ = [
    "FileResult",
    "ImportResult",
    "Progress",
    "Table",
    "Upload",
    "load",
    "prepare",
    "questions",
    "undo",
]
