"""Which records are one, told by pairs of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Key = str
Identifiers = Mapping[Key, tuple[str | None, ...]]


@dataclass
class _Group:
    keys: list[Key]
    identifiers: list[set[str]]
    apart: set[Key] = field(default_factory=set)
    """Records that none of these may be one with."""

    def allows(self, other: "_Group") -> bool:
        if not self.apart.isdisjoint(other.keys):
            return False
        both = zip(self.identifiers, other.identifiers, strict=True)
        return all(len(mine | theirs) <= max(len(mine), len(theirs), 1) for mine, theirs in both)

    def take(self, other: "_Group") -> None:
        self.keys += other.keys
        self.apart |= other.apart
        for mine, theirs in zip(self.identifiers, other.identifiers, strict=True):
            mine |= theirs


def groups(
    pairs: Iterable[tuple[Key, Key]],
    identifiers: Identifiers,
    apart: Iterable[tuple[Key, Key]] = (),
) -> list[list[Key]]:
    """The records that are one, in groups of two and more; the surest pair comes first.

    A pair is passed over where it would bring together two values of one identifier (`identifiers`:
    record -> its strong ones, each always in the same place), or two records of `apart`. So a
    record without identifiers is no bridge between two that differ in theirs.
    """
    found: dict[Key, _Group] = {}
    held: dict[Key, set[Key]] = {}
    for one, other in apart:
        held.setdefault(one, set()).add(other)
        held.setdefault(other, set()).add(one)
    for pair in pairs:
        one, other = sorted(
            (found.setdefault(key, _alone(key, identifiers, held)) for key in pair),
            key=lambda group: -len(group.keys),
        )
        if one is not other and one.allows(other):
            one.take(other)
            found |= dict.fromkeys(other.keys, one)
    return [
        group.keys for group in {id(g): g for g in found.values()}.values() if len(group.keys) > 1
    ]


def _alone(key: Key, identifiers: Identifiers, held: Mapping[Key, set[Key]]) -> _Group:
    own = [{value} if value else set() for value in identifiers.get(key, ())]
    return _Group([key], own, set(held.get(key, ())))
