"""Texts in DOT, the language of Graphviz, which lays pictures out in the browser."""

import re
import textwrap

_WIDE_FROM = 0x2E80
"""Letters from here on take the room of two."""
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
"""Of a file's name."""


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
    """At most so many lines of so many letters; what is cut off ends in three dots. The ending of a
    file's name stays in one piece."""
    ending = _ENDING.search(plain)
    if ending and most > 1 and len(plain) > letters:
        name = textwrap.wrap(plain[: ending.start()], letters, max_lines=most - 1, placeholder="…")
        return [*name, ending[0]]
    return textwrap.wrap(plain, letters, max_lines=most, placeholder="…")
