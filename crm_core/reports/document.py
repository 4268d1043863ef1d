"""PDF documents of figures and tables, ready to be handed on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from crm_core.reports.typeset import typeset
from crm_core.reports.workbook import Column, Kind, Sheet

_TEMPLATE = Path(__file__).with_suffix(".typ")
_WIDEST, _NARROWEST = 34, 6
"""Of a text column's share of the page, in Latin letters."""
_BREAKS = str.maketrans({sign: f"{sign}\u200b" for sign in "_/\\.-@·,;|"})
"""Names without spaces may break after a sign."""
_UNSPLIT = 12
"""A word of more Latin letters may break anywhere."""

Write = Callable[[Kind, Any], str]


@dataclass(frozen=True)
class Document:
    """A title, what it comes to in a few sentences and figures, and the tables behind that."""

    title: str
    subtitle: str
    lead: Sequence[str]
    figures: Sequence[tuple[str, str]]
    """(label, value as written)."""
    parts: Sequence[Sheet]
    """A section each: its title, its facts as small sentences, its rows."""
    footer: str
    signatures: Sequence[str] = ()
    """Labels of lines to sign on."""


def pdf(
    document: Document, write: Write, language: str, *, most: int, more: Callable[[int], str]
) -> bytes:
    """The document as a PDF file.

    `write` makes text of a cell. A table shows at most `most` rows; `more` says of how many
    others it leaves out.
    """
    said = {
        "title": document.title,
        "subtitle": document.subtitle,
        "lead": list(document.lead),
        "figures": [list(one) for one in document.figures],
        "sections": [_section(part, write, most, more) for part in document.parts],
        "footer": document.footer,
        "signatures": list(document.signatures),
        "language": language,
    }
    return typeset(_TEMPLATE, said)


def _section(part: Sheet, write: Write, most: int, more: Callable[[int], str]) -> dict[str, Any]:
    rows = iter(part.rows)
    shown = [
        [
            _breakable(write(column.kind, cell))
            for column, cell in zip(part.columns, row, strict=True)
        ]
        for row in islice(rows, most)
    ]
    left = sum(1 for _ in rows)
    return {
        "title": part.title,
        "sentence": " ".join(text for _, text in part.facts),
        "columns": [
            {
                "head": column.head,
                "kind": "text" if column.kind in ("text", "flag") else "number",
                "weight": _weight(column, (row[place] for row in shown)),
            }
            for place, column in enumerate(part.columns)
        ],
        "rows": shown,
        "note": more(left) if left else "",
    }


def _weight(column: Column, cells: Iterable[str]) -> int:
    """How wide a text column is beside others; 0: as wide as its numbers."""
    if column.kind not in ("text", "flag"):
        return 0
    widths = [_width(text) for text in (column.head, *cells)]
    return min(max(*widths, _NARROWEST), _WIDEST)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _breakable(text: str) -> str:
    """The text with places where a line may end, so that no long word leaves its column."""
    words = text.translate(_BREAKS).split(" ")
    return " ".join(
        "\u200b".join(word) if len(word) > _UNSPLIT and "\u200b" not in word else word
        for word in words
    )
