"""Names of people and things: spaces inside Chinese names, case, traditional characters."""

import re
from collections.abc import Iterable, Mapping

from crm_core.pipeline.standardise.scripts import simplified
from crm_core.pipeline.standardise.spellings import is_one_case
from crm_core.pipeline.standardise.texts import CJK, one_line

SPACED = f"[{CJK}]{{1,2}}( +[{CJK}]{{1,2}}){{1,3}}"
"""Regular expression (RE2 and Python) of a Chinese name of a person with spaces inside."""
_SPACED = re.compile(SPACED)
_LONG = 3
"""Characters from which on a name shows whether a column writes surname and given name apart."""


def names(
    lines: Mapping[str, int], known: Iterable[str] = (), *, people: bool = True
) -> dict[str, str]:
    """Raw name -> clean name for the names of a column, with the lines that hold each.

    All capitals or all small letters give way to the usual case, and traditional characters to
    simplified ones, only where that spelling is `known` or stands on more lines. `people`: whether
    spaces inside short Chinese names are padding.
    """
    joined = people and not _writes_apart(lines)
    tidied = {raw: _joined(one_line(raw)) if joined else one_line(raw) for raw in lines}
    listed = frozenset(known)
    counts = dict.fromkeys((*tidied.values(), *listed), 0)
    for raw, name in tidied.items():
        counts[name] += lines[raw]
    cased, plain = _cases(counts, listed), _scripts(counts, listed)
    clean = {}
    for raw, name in tidied.items():
        found = name if name in listed else plain.get(name, cased.get(name, name))
        clean[raw] = raw if raw in listed else found
    return clean


def _joined(name: str) -> str:
    return name.replace(" ", "") if _SPACED.fullmatch(name) else name


def _writes_apart(lines: Mapping[str, int]) -> bool:
    """Whether most Chinese names of three characters or more have a space: it is no padding."""
    apart = together = 0
    for raw, count in lines.items():
        name = one_line(raw)
        if len(name.replace(" ", "")) >= _LONG and _SPACED.fullmatch(name):
            apart += count
        elif re.fullmatch(f"[{CJK}]{{3,4}}", name):
            together += count
    return apart > together


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
