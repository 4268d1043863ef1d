"""Ids made of what others call their parts."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """The name in small Latin letters and digits, parted by hyphens; of one that has none, its
    digest: the same name always has the same id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    found = _OTHER.sub("-", plain).strip("-")
    return found or hashlib.sha256(name.encode()).hexdigest()[:8]


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """The slug of each name; of several that would be the same, the later ones have a number."""
    found: dict[str, str] = {}
    taken = set[str]()
    for name in names:
        if name in found:
            continue
        wished = one = slug(name)
        number = 1
        while one in taken:
            number += 1
            one = f"{wished}-{number}"
        taken.add(one)
        found[name] = one
    return found
