"""Which of several spellings of one name is the one to use."""

from collections.abc import Iterable, Mapping

from crm_core.reference.scripts import simplified


def most_usual(
    spellings: Iterable[str], lines: Mapping[str, int], known: frozenset[str]
) -> str | None:
    """The only known spelling, else the one of most lines; None where two are known.

    Between equals: neither all capitals nor all small letters, no traditional characters, then
    the order of the alphabet.
    """
    every = list(spellings)
    listed = [name for name in every if name in known]
    if listed:
        return listed[0] if len(listed) == 1 else None
    plain = dict(zip(every, simplified(every), strict=True))
    return min(every, key=lambda name: (-lines[name], is_one_case(name), plain[name] != name, name))


def usual_spellings(
    counts: Mapping[str, int], known: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Name -> how the same name is usually spelled, for those that are not in `known`.

    In traditional characters or in one case, where the simplified or the mixed one is known or
    counts more.
    """
    cased, plain = _cases(counts, known), _scripts(counts, known)
    return followed({name: found for name, found in (cased | plain).items() if name not in known})


def followed(spelled: Mapping[str, str]) -> dict[str, str]:
    """The same with every name led to the end: acme偉 is Acme偉, which is Acme伟."""
    found = {}
    for name, target in spelled.items():
        while target in spelled and spelled[target] != target:
            target = spelled[target]
        found[name] = target
    return found


def _cases(counts: Mapping[str, int], known: frozenset[str]) -> dict[str, str]:
    """Names of one case -> the same name in mixed case, where that one is the usual."""
    groups: dict[str, list[str]] = {}
    for name in counts:
        groups.setdefault(name.casefold(), []).append(name)
    found = {}
    for group in groups.values():
        mixed = [name for name in group if not is_one_case(name)]
        if len(group) == 1 or not mixed:
            continue
        best = max(sorted(mixed), key=lambda name: (name in known, counts[name]))
        for name in group:
            if is_one_case(name) and (best in known or counts[best] > counts[name]):
                found[name] = best
    return found


def _scripts(counts: Mapping[str, int], known: frozenset[str]) -> dict[str, str]:
    """Names in traditional characters -> the same name in simplified ones, where that is usual."""
    every = list(counts)
    return {
        name: plain
        for name, plain in zip(every, simplified(every), strict=True)
        if plain != name and plain in counts and (plain in known or counts[plain] > counts[name])
    }


def is_one_case(name: str) -> bool:
    """Whether all letters of a name are capitals, or all small: typed in haste, or by a machine."""
    return name != name.swapcase() and (name.isupper() or name.islower())
