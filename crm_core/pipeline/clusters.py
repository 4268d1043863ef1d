"""Values of a column that are probably one: spelled with other signs, sounding alike, or close.

The methods are those of OpenRefine (key collision and nearest neighbour), with pinyin for Chinese.
A cluster is a question to a person, never an answer.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import OSA

from crm_core.reference import plain_key, word_key
from crm_core.reference.pinyin import syllables

Method = Literal["signs", "words", "sound", "close"]
METHODS: tuple[Method, ...] = ("signs", "words", "sound", "close")

_FAR = 6
"""One letter in so many may differ between close values, and one in any word of four or more."""
_SHORT = 4
_GRAMS = (2, 4)
"""Short ones find misspellings of short words, long ones find them among many values."""
_CROWD = 150
"""An n-gram that more values share tells nothing about them."""


@dataclass(frozen=True)
class Cluster:
    """Values that may mean the same."""

    values: tuple[tuple[str, int], ...]
    """Value and lines, the most frequent first: its spelling is proposed for all."""

    @property
    def lines(self) -> int:
        """How many lines hold any of the values."""
        return sum(lines for _, lines in self.values)


def clusters(values: Mapping[str, int], method: Method) -> list[Cluster]:
    """Groups of two or more of `values` (value -> lines), the ones on most lines first."""
    if method == "close":
        groups = _around(values, _near(list(values)))
    else:
        groups = _collisions(values, _KEYS[method])
    found = [
        Cluster(tuple(sorted(((v, values[v]) for v in group), key=lambda one: (-one[1], one[0]))))
        for group in groups
    ]
    return sorted(found, key=lambda cluster: (-cluster.lines, cluster.values))


def _words(value: str) -> tuple[str, ...]:
    """The different words of a value in alphabetical order: "Smith, John" is "John Smith"."""
    return tuple(sorted({word_key(word) for word in plain_key(value).replace(",", " ").split()}))


def _sound(value: str) -> str:
    """Chinese characters as pinyin without tones, everything else as letters and digits."""
    return "".join(syllables(word_key(value)))


_KEYS: dict[str, Callable[[str], Hashable]] = {"signs": word_key, "words": _words, "sound": _sound}


def _collisions(values: Iterable[str], key: Callable[[str], Hashable]) -> list[list[str]]:
    groups = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return [group for shared, group in groups.items() if shared and len(group) > 1]


def _near(values: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share an n-gram and most of their letters; those with other digits do not count.

    "Line 1" and "Line 2" differ by one letter and mean two things.
    """
    keys = {value: word_key(value) for value in values}
    grams = defaultdict(list)
    for value, key in keys.items():
        for gram in {key[at : at + n] for n in _GRAMS for at in range(len(key) - n + 1)}:
            grams[gram].append(value)
    seen = set()
    for crowd in grams.values():
        for pair in combinations(crowd, 2) if len(crowd) <= _CROWD else ():
            if pair not in seen:
                seen.add(pair)
                one, other = keys[pair[0]], keys[pair[1]]
                if _digits(one) == _digits(other) and _is_near(one, other):
                    yield pair


def _is_near(one: str, other: str) -> bool:
    """A Chinese character weighs as much as a word: one may differ, not more."""
    letters = max(len(one), len(other))
    most = max(1, letters // _FAR) if one.isascii() and other.isascii() else 1
    return letters >= _SHORT and OSA.distance(one, other, score_cutoff=most) <= most


def _digits(key: str) -> str:
    return "".join(filter(str.isdecimal, key))


def _around(values: Mapping[str, int], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Around each frequent value the rarer ones near it; by chains all would become one."""
    neighbours = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    groups: list[list[str]] = []
    taken: set[str] = set()
    for value in sorted(neighbours, key=lambda value: (-values[value], value)):
        group = [value, *(neighbours[value] - taken)] if value not in taken else []
        if len(group) > 1:
            groups.append(group)
            taken.update(group)
    return groups
