"""Which known word a word misspells."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONG_ENOUGH = 7
"""Shorter words and Chinese ones (赢单, 输单) differ by one letter and mean something else."""
LONG_ENOUGH_TURNED = 5
"""Words of which two neighbours changed places are told from others sooner: Chian is China."""


def meant(key: str, known: Collection[str]) -> str | None:
    """The only one of the `known` keys (see word_key) that is one letter away, or two turned."""
    if len(key) < LONG_ENOUGH_TURNED or not key.isascii():
        return None
    near = process.extract(key, list(known), scorer=OSA.distance, score_cutoff=1, limit=None)
    found = [other for other, _, _ in near if _digits(other) == _digits(key)]
    if len(key) < LONG_ENOUGH:
        found = [other for other in found if sorted(other) == sorted(key)]
    return found[0] if len(found) == 1 else None


def _digits(key: str) -> list[str]:
    return [sign for sign in key if sign.isdigit()]
