"""Names of people and things: spaces inside Chinese names, case, traditional characters."""

import re
from collections.abc import Iterable, Mapping

from crm_core.pipeline.standardise.spellings import usual_spellings
from crm_core.pipeline.standardise.texts import CJK, one_line

SPACED = f"[{CJK}]{{1,2}}( +[{CJK}]{{1,2}}){{1,3}}"
"""Regular expression (RE2 and Python) of a Chinese name of a person with spaces inside."""
TOGETHER = f"[{CJK}]{{3,4}}"
"""The same of such a name without."""
_SPACED, _TOGETHER = re.compile(SPACED), re.compile(TOGETHER)
_LONG = 3
"""Characters from which on a name shows whether a column writes surname and given name apart."""


def names(
    lines: Mapping[str, int],
    known: Iterable[str] = (),
    *,
    people: bool = True,
    together: int = 0,
) -> dict[str, str]:
    """Raw name -> clean name for the names of a column, with the lines that hold each.

    All capitals or all small letters give way to the usual case, and traditional characters to
    simplified ones, only where that spelling is `known` or stands on more lines. `people`: whether
    spaces inside short Chinese names can be padding; they are, unless more lines write surname and
    given name apart than `together` (lines that are not among `lines`).
    """
    joined = people and _lines_apart(lines) <= together + _lines_together(lines)
    tidied = {raw: _joined(one_line(raw)) if joined else one_line(raw) for raw in lines}
    listed = frozenset(known)
    counts = dict.fromkeys((*tidied.values(), *listed), 0)
    for raw, name in tidied.items():
        counts[name] += lines[raw]
    spelled = usual_spellings(counts, listed)
    return {raw: raw if raw in listed else spelled.get(name, name) for raw, name in tidied.items()}


def _joined(name: str) -> str:
    return name.replace(" ", "") if _SPACED.fullmatch(name) else name


def _lines_apart(lines: Mapping[str, int]) -> int:
    """Lines with a Chinese name of three characters or more that has a space.

    Two characters alone are often padded to the width of three.
    """
    return sum(
        count
        for raw, count in lines.items()
        if _SPACED.fullmatch(name := one_line(raw)) and len(name.replace(" ", "")) >= _LONG
    )


def _lines_together(lines: Mapping[str, int]) -> int:
    return sum(count for raw, count in lines.items() if _TOGETHER.fullmatch(raw))
