"""Which texts that people wrote say nearly the same: complaints that were made twice.

Latin texts are compared by words, Chinese ones by pairs of characters (there are no blanks to part
words by). Only texts that share one of their rarest words are compared at all, as prefix filtering
does it (Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search", WWW 2007).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from crm_core.reference import plain_key

LEAST = 72
"""From this likeness on (0 … 100) two texts are shown as one complaint made twice."""
_RAREST = 4
"""So many of a text's words are looked at to find texts to compare it with."""
_COMMON = 30
"""A word that so many texts have tells nothing."""
_MOST_PAIRS = 60_000
_PART = re.compile(r"[㐀-鿿]+|[^\W_㐀-鿿]+")

_PAIRS = f"""
WITH word AS (SELECT DISTINCT text, unnest(words) AS word FROM given),
rare AS (
    SELECT text, word, count(*) OVER (PARTITION BY word) AS texts FROM word
    QUALIFY texts BETWEEN 2 AND {_COMMON}
),
told AS (
    FROM rare QUALIFY row_number() OVER (PARTITION BY text ORDER BY texts, word) <= {_RAREST}
)
SELECT one.text AS one, other.text AS other
FROM told AS one JOIN told AS other ON one.word = other.word AND one.text < other.text
GROUP BY ALL ORDER BY count(*) DESC, min(one.texts), one, other LIMIT {_MOST_PAIRS}
"""


def words(text: str) -> list[str]:
    """The words of a text without case and signs; of Chinese every two characters in a row."""
    found = []
    for part in _PART.findall(plain_key(text)):
        is_chinese = part[0] >= "㐀" and part[0] <= "鿿" and len(part) > 1
        found += ["".join(pair) for pair in pairwise(part)] if is_chinese else [part]
    return found


def repeats(cursor: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of different texts that say nearly the same, as positions, the likest first.

    Likeness is rapidfuzz's `token_sort_ratio` of the words: their order does not matter. Of very
    many texts that are all alike the pairs with the rarest words in common are compared.
    """
    said = [words(text) for text in texts]
    given = pa.table(
        {
            "text": pa.array(range(len(said)), pa.int64()),
            "words": pa.array(said, pa.list_(pa.string())),
        }
    )
    cursor.register("given", given)
    try:
        found = cursor.execute(_PAIRS).fetchnumpy()
    finally:
        cursor.unregister("given")
    one, other = (np.asarray(found[name], np.int64) for name in ("one", "other"))
    joined = np.array([" ".join(sorted(part)) for part in said], dtype=object)
    likeness = cpdist(
        joined[one],
        joined[other],
        scorer=fuzz.ratio,
        score_cutoff=LEAST,
        workers=-1,
    )
    order = np.argsort(-likeness, kind="stable")
    return [(int(one[at]), int(other[at])) for at in order if likeness[at] >= LEAST]


def gathered(
    pairs: Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]], most: int
) -> list[list[str]]:
    """Pairs of what is alike, the likest first, as groups of at most `most`; each key in one group
    at most, and no two of a pair in `apart` in one.

    Every key of a group is alike with its first one: a chain of pairs, each a little alike, would
    end far from where it began.
    """
    held = {frozenset(pair) for pair in apart}
    groups: dict[str, list[str]] = {}
    taken: set[str] = set()
    for pair in pairs:
        for first, other in (pair, pair[::-1]):
            is_open = first in groups or first not in taken
            group = groups.get(first, [first])
            fits = all(frozenset((one, other)) not in held for one in group)
            if is_open and other not in taken and other != first and fits and len(group) < most:
                groups[first] = [*group, other]
                taken |= {first, other}
                break
    return list(groups.values())
