"""The reference lists under data/, read once and checked."""

from crm_core.reference.headers import HeaderWords, foreign_headers, header_words
from crm_core.reference.keys import plain_key, word_key
from crm_core.reference.lists import entities
from crm_core.reference.rules import rules
from crm_core.reference.words import (
    Country,
    Outcome,
    Segment,
    Segments,
    booleans,
    countries,
    credits_told,
    currencies,
    lost_values,
    outcome_of,
    placeholders,
    segments,
    stages,
    totals,
    written_placeholders,
)

__all__ = [
    "Country",
    "HeaderWords",
    "Outcome",
    "Segment",
    "Segments",
    "booleans",
    "countries",
    "credits_told",
    "currencies",
    "entities",
    "foreign_headers",
    "header_words",
    "lost_values",
    "outcome_of",
    "placeholders",
    "plain_key",
    "rules",
    "segments",
    "stages",
    "totals",
    "word_key",
    "written_placeholders",
]
