"""Colours: a segment has the same one on every page, in either language, light or dark."""

from collections.abc import Iterable

# Okabe and Ito's colours, told apart with any kind of colour vision; the bright ones are taken down
# until they also stand out on white, and five are added for companies with more segments.
COLOURS = (
    "#2f7fae",
    "#d9822b",
    "#1a9a76",
    "#b565a7",
    "#58a6d6",
    "#a38a1f",
    "#6f74c4",
    "#9a7b5f",
    "#3f9aa0",
    "#c27c93",
    "#7a9e3b",
    "#c8553d",
)
GREY = "#8b96a1"
"""Unclassified, always hatched as well; and whatever stands back behind the point of a chart."""
ACCENT = COLOURS[0]
LIGHTS = {"red": "#c8553d", "amber": "#d99a1c", "green": "#1a9a76", "grey": GREY}
"""Colours of a state, which stands there in words or with a sign as well."""


def segment_colours(known: Iterable[str | None]) -> dict[str | None, str]:
    """A colour for each segment by its place in the sorted list of all known ones.

    Pass every segment of the store, not the ones of the view, so that a filter changes no colour.
    `None`, unclassified, is grey.
    """
    names = sorted({name for name in known if name is not None})
    colours: dict[str | None, str] = {
        name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)
    }
    return colours | {None: GREY}
