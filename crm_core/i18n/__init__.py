"""Texts, numbers, dates and money in the reader's language; used at the edge only."""

from crm_core.i18n.catalogue import LANGUAGES, choose, mark
from crm_core.i18n.formats import DASH, Formats
from crm_core.i18n.texts import Texts

__all__ = ["DASH", "LANGUAGES", "Formats", "Texts", "choose", "mark"]
