"""Provinces, states and cities: one column has one way to write them, the one of most lines."""

import re
from collections import Counter
from collections.abc import Mapping

from crm_core.pipeline.standardise.spellings import most_usual, usual_spellings
from crm_core.pipeline.standardise.texts import one_line
from crm_core.reference.keys import word_key
from crm_core.reference.places import Level, Place, Style, places
from crm_core.reference.scripts import simplified

_AREA = re.compile(
    r"(?<=..)(?:大区|地区|片区|战区|区域|区)$|(?<=..) (?:region|area)$", re.IGNORECASE
)
"""What may stand behind the name of a sales region or be left out: 华东, 华东区, 华东大区."""


def same_style(lines: Mapping[str, int], level: Level) -> dict[str, str]:
    """Raw name -> clean name for the places of a column, with the lines that hold each.

    Listed places come in the style (北京, 北京市, Beijing) of most listed lines. Of what is not
    listed only case, traditional characters and the word for a region give way to the writing of
    more lines.
    """
    listed = places(level)
    found = {raw: listed[key] for raw in lines if (key := word_key(one_line(raw))) in listed}
    if 2 * len(found) < len(lines):
        # "CA" beside "EMEA" and "Nordics" is Canada.
        found = {raw: entry for raw, entry in found.items() if entry[0].family != "us"}
    styles = _styles(found, lines)
    spelled = _spelled(found, lines)
    others = _usual({raw: count for raw, count in lines.items() if raw not in found}, level)
    return {
        raw: spelled[_wanted(*found[raw], styles)] if raw in found else others[raw] for raw in lines
    }


def _usual(lines: Mapping[str, int], level: Level) -> dict[str, str]:
    """Raw name -> clean name for places that are not listed."""
    tidied = {raw: one_line(raw) for raw in lines}
    counts: Counter[str] = Counter()
    for raw, name in tidied.items():
        counts[name] += lines[raw]
    spelled = usual_spellings(counts)
    if level == "region":
        spelled |= _areas(counts, spelled)
    return {raw: spelled.get(name, name) for raw, name in tidied.items()}


def _areas(counts: Mapping[str, int], spelled: Mapping[str, str]) -> dict[str, str]:
    """Names of regions that differ in the word for a region -> the one of most lines."""
    stems: dict[str, list[str]] = {}
    for name, plain in zip(counts, simplified(counts), strict=True):
        stems.setdefault(_AREA.sub("", spelled.get(name, plain)).casefold(), []).append(name)
    usual = {stem: most_usual(names, counts, frozenset()) for stem, names in stems.items()}
    return {
        name: spelled.get(best, best)
        for stem, names in stems.items()
        if len(names) > 1 and any(map(_AREA.search, names)) and (best := usual[stem])
        for name in names
    }


def _styles(found: Mapping[str, tuple[Place, Style]], lines: Mapping[str, int]) -> dict[str, Style]:
    """The style of most lines for each family of places."""
    votes: dict[str, Counter[Style]] = {}
    for raw, (place, style) in found.items():
        votes.setdefault(place.family, Counter())[style] += lines[raw]
    return {
        family: max(sorted(count), key=lambda style: count[style])
        for family, count in votes.items()
    }


def _wanted(place: Place, style: Style, styles: Mapping[str, Style]) -> str:
    """The place's listed name in the style of its family."""
    return place.names.get(styles[place.family], place.names[style])


def _spelled(found: Mapping[str, tuple[Place, Style]], lines: Mapping[str, int]) -> dict[str, str]:
    """Listed name -> how the column writes it.

    A column that mostly writes otherwise than the list (BEIJING, 廣東) keeps its way.
    """
    written: dict[str, list[str]] = {}
    for raw, (place, style) in found.items():
        written.setdefault(place.names[style], []).append(raw)
    total = sum(lines[raw] for raw in found)
    as_listed = sum(
        lines[raw] for name, raws in written.items() for raw in raws if one_line(raw) == name
    )
    spelled = {name: name for place, _ in found.values() for name in place.names.values()}
    if 2 * as_listed < total:
        spelled |= {
            name: one_line(min(raws, key=lambda raw: (-lines[raw], raw)))
            for name, raws in written.items()
        }
    return spelled
