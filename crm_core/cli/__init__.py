"""The command line: the same services as the pages, with texts made here."""

from crm_core.cli.main import main

__all__ = ["main"]
