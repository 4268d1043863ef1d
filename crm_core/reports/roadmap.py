"""A roadmap as a drawing: bars by phase, windows, staff; on one A3 page, or as a picture."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from crm_core.reports.typeset import typeset

_TEMPLATE = Path(__file__).with_suffix(".typ")
Effect = Literal["forbid", "delay", "ease"]
Stretch = tuple[float, float]
"""From where to where on the axis: shares of its length."""


@dataclass(frozen=True)
class Bar:
    """A row of the drawing: what lies from where to where."""

    name: str
    days: str
    """From when to when, as written."""
    at: Stretch
    """A point, both the same, is a milestone."""
    before: Stretch | None = None
    """Where the agreed plan has it."""
    windows: Sequence[tuple[float, float, Effect]] = ()
    """Windows that concern it."""


@dataclass(frozen=True)
class Group:
    """Rows under a name."""

    name: str
    note: str
    bars: Sequence[Bar]
    at: Stretch | None = None
    """Where the group itself lies: a phase."""


@dataclass(frozen=True)
class Strip:
    """How much of something is used in each period."""

    name: str
    note: str
    cells: Sequence[tuple[float, float, float | None, str]]
    """(from, to, which share of what there is or None where nobody said, as written)."""


@dataclass(frozen=True)
class Reason:
    """Why something lies where it lies."""

    name: str
    days: str
    why: str


@dataclass(frozen=True)
class Heads:
    """What the parts of the drawing are called."""

    name: str
    days: str
    windows: str
    loads: str
    reasons: str
    agreed: str
    """Blank where nothing was agreed to compare with."""
    gate: str
    used: str
    effects: Sequence[tuple[Effect, str]]
    """Effects that are seen in it, with their names."""


@dataclass(frozen=True)
class Roadmap:
    """All that the drawing shows."""

    title: str
    subtitle: str
    lead: str
    marks: Sequence[tuple[float, str]]
    """Days below the title: where, and how they are written."""
    groups: Sequence[Group]
    windows: Sequence[tuple[Bar, Effect]]
    loads: Sequence[Strip]
    reasons: Sequence[Reason]
    heads: Heads
    footer: str


def pdf(roadmap: Roadmap, language: str) -> bytes:
    """One A3 page across for up to 60 initiatives, and why each lies where it does below or behind;
    what does not fit goes on on further pages under the same heads."""
    return typeset(_TEMPLATE, _said(roadmap, language, "page"))


def svg(roadmap: Roadmap, language: str) -> bytes:
    """The drawing alone, without reasons, as a picture that can be made any size."""
    return typeset(_TEMPLATE, _said(roadmap, language, "picture"), "svg")


def png(roadmap: Roadmap, language: str) -> bytes:
    """The drawing alone, without reasons, as a picture."""
    return typeset(_TEMPLATE, _said(roadmap, language, "picture"), "png")


def _said(roadmap: Roadmap, language: str, form: str) -> dict[str, object]:
    return {**asdict(roadmap), "language": language, "form": form, "row": _row(roadmap)}


_PAGE, _HEAD = 273.0, 37.0
"""Millimetres of the page's height inside its margins, and what head, legend and foot take."""
_LOWEST, _HIGHEST = 3.1, 5.6
_REASON, _COMFORTABLE = 7.2, 4.4
"""What a reason takes, two of them side by side; and a row's height with which they may share the
page."""


def _row(roadmap: Roadmap) -> float:
    """Millimetres that a row is high, so that all fit on the page where they can be read there:
    its letters are 0.7 of it, and 6 points are 2.1 mm."""
    rows = sum(1 + len(one.bars) for one in roadmap.groups)
    rows += sum(1 + len(part) for part in (roadmap.windows, roadmap.loads) if part)
    alone = (_PAGE - _HEAD) / max(1, rows)
    beside = alone - (10 + _REASON * -(-len(roadmap.reasons) // 2)) / max(1, rows)
    return round(min(_HIGHEST, max(_LOWEST, beside if beside >= _COMFORTABLE else alone)), 3)
