"""Which documents each vendor has handed over: what is missing is seen at a glance."""

from collections.abc import Mapping

import pandas as pd

from crm_core.services import registers
from pages._ui import kept, session
from pages._ui.head import section
from pages._ui.tables import Column, table
from pages.assess import _vendor_words as words

_SIGNS = {"complete": "✓", "partial": "◐", "asked": "…", "refused": "✗"}


def show() -> None:
    """A row for each kind of document, a column for each vendor; what is built by oneself has
    none to hand over."""
    texts = session.texts()
    vendors = [one for one in words.comparison().vendors if one.way != "own"]
    register = registers.known("vendor_document")
    kinds, states = register.field("kind").options, register.field("state").options
    given = _given()
    rows = pd.DataFrame(
        {"kind": [texts.label(label) for label in kinds.values()]}
        | {one.id: [_cell(given.get((one.id, kind)), states) for kind in kinds] for one in vendors}
    )
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
    heads = [Column("kind", texts.text("Document"), pinned=True)]
    heads += [Column(one.id, one.title) for one in vendors]
    table(rows, heads, key="vendor-documents")


def _given() -> dict[tuple[str, str], str]:
    """Vendor and kind -> state."""
    rows, _ = kept.read(registers.listed, "vendor_document")
    return {
        (str(vendor), str(row.values["kind"])): str(row.values.get("state", "asked"))
        for row in rows
        for vendor in row.values.get("vendor", ())  # type: ignore[union-attr]
        if "kind" in row.values
    }


def _cell(state: str | None, states: Mapping[str, object]) -> str | None:
    if state is None or state not in states:
        return None
    label = session.texts().label(states[state])  # type: ignore[arg-type]
    return f"{_SIGNS[state]} {label}"
