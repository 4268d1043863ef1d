"""Provinces, states and cities with the ways in which they are written."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from crm_core.reference.keys import word_key
from crm_core.reference.lists import read_yaml

Level = Literal["region", "city"]
Style = Literal["short", "full", "en", "en_full", "code"]


@dataclass(frozen=True)
class Place:
    """A place of the shipped list, and its name in each style that it has."""

    family: str
    """Places of one family are written in one style: cn (Chinese ones), us (states)."""
    names: dict[Style, str]


@cache
def places(level: Level) -> dict[str, tuple[Place, Style]]:
    """`word_key` of a place's name -> the place and the style of that name.

    Names that two places of the level share (Suzhou) are not in it.
    """
    lists = read_yaml("reference/places.yaml")
    every = _chinese_regions(lists["cn_regions"])
    if level == "region":
        every += [Place("us", {"en": name, "code": code}) for code, name in lists["us"].items()]
    else:
        cities = [place for place in every if place.names["full"].endswith("市")]
        every = cities + _chinese_cities(lists["cn_cities"])
    return _index(every)


def _chinese_regions(listed: dict[str, list[str]]) -> list[Place]:
    return [
        Place("cn", {"short": short, "full": full, "en": en, "en_full": en_full})
        for short, (full, en, en_full) in listed.items()
    ]


def _chinese_cities(listed: dict[str, str]) -> list[Place]:
    return [
        Place("cn", {"short": city, "full": f"{city}市", "en": en, "en_full": f"{en} City"})
        for city, en in listed.items()
    ]


def _index(every: list[Place]) -> dict[str, tuple[Place, Style]]:
    found: dict[str, tuple[Place, Style]] = {}
    shared: set[str] = set()
    for place in every:
        for style, name in place.names.items():
            key = word_key(name)
            if key in found and found[key][0] is not place:
                shared.add(key)
            found.setdefault(key, (place, style))
    return {key: entry for key, entry in found.items() if key not in shared}
