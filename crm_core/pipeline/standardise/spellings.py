"""Which of several spellings of one name is the one to use."""

from collections.abc import Iterable, Mapping


def most_usual(
    spellings: Iterable[str], lines: Mapping[str, int], known: frozenset[str]
) -> str | None:
    """The only known spelling, else the one of most lines; None where two are known.

    Between equals: neither all capitals nor all small letters, then the order of the alphabet.
    """
    every = list(spellings)
    listed = [name for name in every if name in known]
    if listed:
        return listed[0] if len(listed) == 1 else None
    return min(every, key=lambda name: (-lines[name], is_one_case(name), name))


def is_one_case(name: str) -> bool:
    """Whether all letters of a name are capitals, or all small: typed in haste, or by a machine."""
    return name != name.swapcase() and (name.isupper() or name.islower())
