"""Which steps of two lists are one: a global alignment of their names, and what has moved."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

ALIKE = 0.8
"""From which likeness on two names mean one step: "Approve the discount" and "Discount approval"
have 0.88, "Check quote" and "Check order" 0.73."""
_ARTICLES = {"a", "an", "the"}
_REMEMBERED = 50_000


@dataclass(frozen=True)
class Match:
    """Two places that hold one step; `moved`: it stands at another point of the order."""

    left: int
    right: int
    moved: bool


@lru_cache(maxsize=_REMEMBERED)
def likeness(left: str, right: str) -> float:
    """How alike two names are, 0 … 1; symmetric, and 1 for the same words in any order.

    The greater of rapidfuzz's ratio and token_sort_ratio, without case, width, signs and articles.
    """
    one, other = _plain(left), _plain(right)
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100


def matches(left: Sequence[str], right: Sequence[str]) -> list[Match]:
    """The places of both lists that hold one step, each place at most once, by the left one.

    In order as Needleman and Wunsch (1970) align: the pairs with the greatest sum of likeness,
    gaps for nothing, names below ALIKE never paired. What is left over on both sides and alike
    has moved; the most alike first.
    """
    scores = [[likeness(one, other) for other in right] for one in left]
    kept = _in_order(scores)
    lefts, rights = {pair[0] for pair in kept}, {pair[1] for pair in kept}
    found = [Match(*pair, moved=False) for pair in kept]
    rest = sorted(
        (-score, here, there)
        for here, line in enumerate(scores)
        for there, score in enumerate(line)
        if score >= ALIKE and here not in lefts and there not in rights
    )
    for _, here, there in rest:
        if here not in lefts and there not in rights:
            found.append(Match(here, there, moved=True))
            lefts.add(here)
            rights.add(there)
    return sorted(found, key=lambda match: match.left)


def _in_order(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs of places, both growing, with the greatest sum; diagonal steps before gaps."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            gap = max(best[row + 1][column], best[row][column + 1])
            score = scores[row][column]
            paired = score + best[row + 1][column + 1] if score >= ALIKE else 0.0
            best[row][column] = max(gap, paired)
    pairs, row, column = [], 0, 0
    while row < rows and column < columns:
        score = scores[row][column]
        if score >= ALIKE and best[row][column] == score + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    words = (word for word in default_process(text).split() if word not in _ARTICLES)
    return " ".join(words) or text
