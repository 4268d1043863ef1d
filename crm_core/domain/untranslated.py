"""A text of which one language is missing: the other stands in for it, with a mark."""

from collections.abc import Mapping

from crm_core.domain.entities import Label

_MARKS = {"en": " (not translated)", "zh": "（未译）"}


def label(said: Mapping[str, str], language: str = "en") -> Label:
    """The text in both languages. What is missing is the text in `language`, else the first there
    is, marked so that a reader is not taken aback and a translator finds it."""
    there = {name: text for name, text in said.items() if text.strip()}
    stands_in = there.get(language) or next(iter(there.values()), "")
    found = {name: there.get(name) or stands_in + mark for name, mark in _MARKS.items()}
    return Label(**found)


def is_marked(text: str) -> bool:
    """Whether it is a text that stands in for a missing one."""
    return text.endswith(tuple(_MARKS.values()))
