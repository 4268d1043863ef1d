"""Which known word a word misspells."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONG_ENOUGH = 7
"""Shorter words and Chinese ones (赢单, 输单) differ by one letter and mean something else."""


def meant(key: str, known: Collection[str]) -> str | None:
    """The only one of the `known` keys (see word_key) that is one letter away, or two turned."""
    if len(key) < LONG_ENOUGH or not key.isascii():
        return None
    near = process.extract(key, list(known), scorer=OSA.distance, score_cutoff=1, limit=2)
    found = [other for other, _, _ in near if _digits(other) == _digits(key)]
    return found[0] if len(found) == 1 else None


def _digits(key: str) -> list[str]:
    return [sign for sign in key if sign.isdigit()]
