"""Provinces, states and cities: one column has one way to write them, the one of most lines."""

from collections import Counter
from collections.abc import Mapping

from crm_core.pipeline.standardise.texts import one_line
from crm_core.reference.keys import word_key
from crm_core.reference.places import Level, Place, Style, places


def same_style(lines: Mapping[str, int], level: Level) -> dict[str, str]:
    """Raw name -> clean name for the places of a column, with the lines that hold each.

    Only listed places are mended, to the style (北京, 北京市, Beijing) of most listed lines;
    what is not listed stays.
    """
    listed = places(level)
    found = {raw: listed[key] for raw in lines if (key := word_key(raw)) in listed}
    if 2 * len(found) < len(lines):
        # "CA" beside "EMEA" and "Nordics" is Canada.
        found = {raw: entry for raw, entry in found.items() if entry[0].family != "us"}
    styles = _styles(found, lines)
    spelled = _spelled(found, lines)
    return {
        raw: spelled[_wanted(*found[raw], styles)] if raw in found else one_line(raw)
        for raw in lines
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
    as_listed = sum(lines[raw] for name, raws in written.items() for raw in raws if raw == name)
    spelled = {name: name for place, _ in found.values() for name in place.names.values()}
    if 2 * as_listed < total:
        spelled |= {
            name: one_line(min(raws, key=lambda raw: (-lines[raw], raw)))
            for name, raws in written.items()
        }
    return spelled
