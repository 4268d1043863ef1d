"""Texts in DOT, the language of Graphviz, which lays pictures out in the browser."""

import textwrap

_WIDE_FROM = 0x2E80
"""Letters from here on take the room of two."""


def quoted(text: str) -> str:
    """A text as DOT takes it for nothing but a text."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """The same to stand between quotes: no escape, no entity, no end of the string."""
    plain = " ".join(text.split()).replace("&", "&amp;")
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def label(lines: list[str]) -> str:
    """Lines one below the other."""
    return '"' + "\\n".join(map(escaped, lines)) + '"'


def is_wide(letter: str) -> bool:
    """Whether a letter takes the room of two, as Chinese ones do; Graphviz does not know."""
    return ord(letter) > _WIDE_FROM


def wrapped(plain: str, letters: int, most: int) -> list[str]:
    """At most so many lines of so many letters; what is cut off ends in three dots."""
    return textwrap.wrap(plain, letters, max_lines=most, placeholder="…")
