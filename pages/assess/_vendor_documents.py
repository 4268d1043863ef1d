"""Which documents each vendor has handed over: what is missing is seen at a glance."""

from collections.abc import Sequence
from html import escape

from crm_core.i18n import DASH
from crm_core.services import registers
from crm_core.services.registers import Row
from crm_core.services.vendors import Vendor
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.register import places
from pages.assess import _matrix_table as matrix
from pages.assess import _vendor_words as words

_SIGNS = {
    "complete": ("✓", "proved"),
    "partial": ("◐", "unproved"),
    "asked": ("…", "planned"),
    "refused": ("✕", "missed"),
}
"""State -> its sign, and what it looks like."""
_NEEDIEST = ("refused", "asked", "partial", "complete")
"""Of several documents in a cell, the one that is shown."""


def show() -> None:
    """A row for each kind of document, a column for each vendor; what is built by oneself has
    none to hand over."""
    texts = session.texts()
    vendors = [one for one in words.comparison().vendors if one.way != "own"][: matrix.MOST]
    if not vendors:
        return
    kinds = registers.known("vendor_document").field("kind").options
    given = _given()
    missing = sum((one.id, kind) not in given for one in vendors for kind in kinds)
    section(
        texts.plural(
            "{n} document was never asked for",
            "{n} documents were never asked for",
            missing,
        )
        if missing
        else texts.text("Every vendor was asked for every document"),
        texts.text("Complete written documentation is part of what is bought."),
    )
    matrix.draw(
        (
            f'<span><b class="{look}">{sign}</b> {escape(_word(state))}</span>'
            for state, (sign, look) in _SIGNS.items()
        ),
        texts.text("Document"),
        (escape(one.title) for one in vendors),
        (
            matrix.row(
                escape(texts.label(label)),
                (_cell(one, given.get((one.id, kind), ())) for one in vendors),
            )
            for kind, label in kinds.items()
        ),
    )


def _given() -> dict[tuple[str, str], list[Row]]:
    """Vendor and kind -> the rows of its documents, those that were dropped left out."""
    rows, _ = kept.read(registers.listed, "vendor_document")
    found = dict[tuple[str, str], list[Row]]()
    for row in rows:
        if row.values.get("status") == "dropped" or "kind" not in row.values:
            continue
        for vendor in row.values.get("vendor", ()):  # type: ignore[union-attr]
            found.setdefault((str(vendor), str(row.values["kind"])), []).append(row)
    return found


def _cell(vendor: Vendor, rows: Sequence[Row]) -> str:
    """The state of the neediest document, which opens its row, and how many more there are; a dash
    where nobody asked for one."""
    if not rows:
        return DASH
    row = min(rows, key=lambda one: _NEEDIEST.index(_state(one)))
    state = _state(row)
    sign, look = _SIGNS[state]
    more = f" +{len(rows) - 1}" if len(rows) > 1 else ""
    address = escape(links.whole(places.address("vendor_document", row.id)))
    said = escape(f"{vendor.title}: {row.values['title']}")
    return (
        f'<a class="{look}" href="{address}" target="_self" title="{said}">'
        f"{sign} <span>{escape(_word(state))}</span>{more}</a>"
    )


def _state(row: Row) -> str:
    return str(row.values.get("state", "asked"))


def _word(state: str) -> str:
    options = registers.known("vendor_document").field("state").options
    return session.texts().label(options[state])
