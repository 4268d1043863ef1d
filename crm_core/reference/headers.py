"""What is known of headers in general: prefixes, doubtful ones, units, an entity's core fields."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from crm_core.reference.keys import plain_key, word_key
from crm_core.reference.lists import read_yaml


@dataclass(frozen=True)
class HeaderWords:
    """The list data/reference/headers.yaml, with keys as `word_key` makes them."""

    prefixes: frozenset[str]
    lines: frozenset[str]
    """Say before a sign that the column is of an order's lines, not of the order."""
    surnames: frozenset[str]
    """Say that the name in this column is half of one, in every language we know."""
    given_names: frozenset[str]
    """Say so of the other half."""
    deleted: frozenset[str]
    """Say which rows are deleted where they come from."""
    measures: frozenset[str]
    """What columns count in, as `plain_key` writes it."""
    doubtful: frozenset[str]
    """Mean a field only where the cells agree."""
    ambiguous: frozenset[str]
    """Refer to a row of ours or to something else, whatever the cells."""
    other: frozenset[str]
    """Known to mean no field of ours."""
    core: dict[str, tuple[frozenset[str], ...]]
    """Entity -> groups of fields of which each must have one on a sheet of that entity."""
    scales: tuple[tuple[str, Decimal], ...]
    """Words of magnitude (as `plain_key` writes them) with their factor, the longest first."""


@cache
def foreign_headers() -> dict[str, tuple[str, ...]]:
    """Key of an English header -> the keys of those in other languages that say the same."""
    lists = read_yaml("reference/foreign_headers.yaml")
    return {word_key(word): tuple(map(word_key, lists[word])) for word in lists}


@cache
def header_words() -> HeaderWords:
    """The list of header words, read once."""
    lists = read_yaml("reference/headers.yaml")
    scales = [
        (plain_key(word), Decimal(factor))
        for factor, words in lists["scales"].items()
        for word in words
    ]
    return HeaderWords(
        prefixes=frozenset(map(word_key, lists["prefixes"])),
        lines=frozenset(map(word_key, lists["lines"])),
        surnames=_in_any_language(lists["surnames"]),
        given_names=_in_any_language(lists["given_names"]),
        deleted=frozenset(map(word_key, lists["deleted"])),
        measures=frozenset(map(plain_key, lists["measures"])),
        doubtful=frozenset(map(word_key, lists["doubtful"])),
        ambiguous=frozenset(map(word_key, lists["ambiguous"])),
        other=frozenset(map(word_key, lists["other"])),
        core={name: tuple(map(frozenset, groups)) for name, groups in lists["core"].items()},
        scales=tuple(sorted(scales, key=lambda scale: -len(scale[0]))),
    )


def _in_any_language(words: list[str]) -> frozenset[str]:
    keys = frozenset(map(word_key, words))
    return keys.union(*(foreign_headers().get(key, ()) for key in keys))
