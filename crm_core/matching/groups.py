"""Which records are one, told by pairs of them."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Key = str
Identifiers = AbstractSet[tuple[str, str]]
"""Fields and what each says."""


@dataclass
class _Group:
    keys: list[Key]
    identifiers: set[tuple[str, str]]
    """Field and value; two values of one field only where a person merged such records."""
    apart: set[Key]
    """Records that none of these may be one with."""

    def allows(self, other: "_Group") -> bool:
        if not self.apart.isdisjoint(other.keys):
            return False
        fields = {name for name, _ in self.identifiers}
        return all(told in self.identifiers or told[0] not in fields for told in other.identifiers)

    def take(self, other: "_Group") -> None:
        self.keys += other.keys
        self.identifiers |= other.identifiers
        self.apart |= other.apart


def groups(
    pairs: Iterable[tuple[Key, Key]],
    identifiers: Mapping[Key, Identifiers],
    apart: Iterable[tuple[Key, Key]] = (),
) -> list[list[Key]]:
    """The records that are one, in groups of two and more; the surest pair comes first.

    A pair is passed over where it would bring together two values of one identifier (`identifiers`:
    record -> its strong ones), or two records of `apart`. So a record without identifiers is no
    bridge between two that differ in theirs.
    """
    found: dict[Key, _Group] = {}
    held: dict[Key, set[Key]] = {}
    for one, other in apart:
        held.setdefault(one, set()).add(other)
        held.setdefault(other, set()).add(one)
    for pair in pairs:
        both = [found.setdefault(key, _alone(key, identifiers, held)) for key in pair]
        small, large = sorted(both, key=lambda group: len(group.keys))
        if small is not large and large.allows(small):
            large.take(small)
            found |= dict.fromkeys(small.keys, large)
    every = {id(group): group.keys for group in found.values()}
    return [keys for keys in every.values() if len(keys) > 1]


def _alone(
    key: Key, identifiers: Mapping[Key, Identifiers], held: Mapping[Key, set[Key]]
) -> _Group:
    return _Group([key], set(identifiers.get(key, ())), set(held.get(key, ())))
