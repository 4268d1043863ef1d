"""Which encoding of one byte makes words of a European language: in another one its letters are
such as no language has beside each other, capitals within words, or signs between letters.
"""

import codecs
import re
from collections.abc import Iterable
from functools import cache

_LETTERS = {
    "western": "äöüßé àâæçéèêëîïôœùûüÿ áéíñóúü áâãàçéêíóôõúü àèéìíîòóùú åäöé æøåéäö ëïéèöüáóíêâ"
    " áðéíóúýþæö àçèéíïòóúü äõöüšž",
    "central": "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîşţșț čćđšž äöüßé",
    "turkish": "çğıİiöşüâîû äöüßé",
    "baltic": "ąčęėįšųūž āčēģīķļņšūž äõöüšž äöüßé",
}
"""Of each language the letters beyond ASCII: German to Estonian, Czech to Croatian, and so on."""

_ENCODINGS = {
    "cp1252": "western", "cp1250": "central", "iso8859-2": "central", "cp1254": "turkish",
    "cp1257": "baltic", "iso8859-15": "western", "mac-roman": "western", "cp850": "western",
    "cp852": "central",
}  # fmt: skip
_SIGNS = frozenset("€£§°–—’‘“”„‚«»…•·²³µ±×½¼™©®´¿¡¥¹\xa0ªº№")
_WITHIN_WORDS = frozenset("’·")
_AFTER_WORDS = frozenset("©®™¹²³½¼ªº")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Of the characters beyond ASCII: lists name places and people of other countries too.
_FITTING = 0.9
_ENOUGH = 1 << 14
_CELLS = re.compile(rb"[,;|\t\r\n]+")


def likely(sample: bytes) -> list[str]:
    """The encodings that make words of most cells, the usual one first; none where none does.

    Each cell is taken for the language that has the most of its letters; where that makes no
    difference, each line.
    """
    sample = sample[:_ENOUGH]
    pieces = _CELLS.split(sample), sample.splitlines()
    fits = {name: [_fit(piece, name) for piece in pieces] for name in _ENCODINGS}
    best = max(fits.values())
    return [name for name, fit in fits.items() if fit == best] if best[0] >= _FITTING else []


def _fit(pieces: Iterable[bytes], encoding: str) -> float:
    """How many of the characters beyond ASCII stand where a language has them."""
    fitting = total = 0
    for piece in pieces:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(piece)
        total += len(_FOREIGN.findall(text))
        fitting += max(_fitting(text, letters) for letters in _languages(_ENCODINGS[encoding]))
    return fitting / total if total else 0.0


@cache
def _languages(family: str) -> list[frozenset[str]]:
    return [frozenset(letters + letters.upper()) for letters in _LETTERS[family].split()]


def _fitting(text: str, letters: frozenset[str]) -> int:
    return sum(_fits(text, found.start(), letters) for found in _FOREIGN.finditer(text))


def _fits(text: str, place: int, letters: frozenset[str]) -> bool:
    char, before, after = text[place], text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if char in letters:
        return not (before.islower() if char.isupper() else before.isupper() and after.isupper())
    joined = after.isalpha() and (before.isalpha() or char in _AFTER_WORDS)
    return char in _SIGNS and (char in _WITHIN_WORDS or not joined)
