"""The worklist as a file to take away: written here, read back in `bring_back`."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

import pandas as pd

from crm_core.domain.actor import Actor
from crm_core.i18n import LANGUAGES, Texts, mark
from crm_core.reports import flat
from crm_core.reports.cells import printable
from crm_core.services.quarantine.waiting import Waiting, read_waiting, suggestions
from crm_core.services.quarantine.worklist import Filter, numbers
from crm_core.store import Store

HEADS = {
    "quarantine_id": mark("Worklist number"),
    "file": mark("File"),
    "sheet": mark("Sheet"),
    "line": mark("Line"),
    "rule": mark("Rule"),
    "why": mark("Why"),
    "column": mark("Column"),
    "value": mark("Value"),
    "suggestion": mark("Suggestion"),
    "correction": mark("Correction"),
    "owner": mark("Owner"),
    "due": mark("Due"),
}
NUMBERED = "#"
"""How the head of a raw cell begins that goes by its place: #1 is the first."""
_SHEET = "worklist"
Form = Literal["xlsx", "csv"]
FORMS: dict[str, Form] = {".xlsx": "xlsx", ".csv": "csv"}


@cache
def known_heads() -> dict[str, str]:
    """Every way to write a head of ours, in either language or as its code -> its code."""
    said = {
        Texts(language).text(head).casefold(): code
        for language in LANGUAGES
        for code, head in HEADS.items()
    }
    return said | {code: code for code in HEADS}


def export(
    store: Store, actor: Actor, wanted: Filter, texts: Texts, form: Form, *, coded: bool = False
) -> bytes:
    """The lines of the filter with their cells, at most MOST_EXPORTED of them.

    A person fills in `correction`, `owner` and `due`, or edits the raw cells, which stand at the
    right: under the source's headers where all lines are of one table, else numbered. No text
    in it becomes a formula. `coded`: the heads are field names, not words.
    """
    found = read_waiting(store, numbers(store, actor, wanted))
    suggested = suggestions(store, found)
    lines = list(found.values())
    heads = [code if coded else texts.text(head) for code, head in HEADS.items()]
    rows = [
        [*_told(line, suggested.get(line.quarantine_id, {}), texts), *map(printable, line.values)]
        for line in lines
    ]
    titles = _titles(lines)
    width = len(heads) + len(titles)
    table = pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype="str")
    table = table.reindex(columns=range(width)).set_axis([*heads, *titles], axis=1)
    if form == "csv":
        return flat.as_csv(table)
    return flat.as_xlsx(table, _SHEET, typed=True)


def _told(line: Waiting, suggested: dict[int, str | None], texts: Texts) -> list[str]:
    """The cells under HEADS."""
    at = line.broken
    if at is not None:
        suggestion = suggested.get(at)
        correction = line.said.get(at)
    else:
        suggestion = " | ".join(cell for cell in suggested.values() if cell)
        correction = None
    told = (
        *(str(line.quarantine_id), line.file, line.sheet, str(line.line), line.rule),
        *(texts.rule(line.rule), line.column, line.value, suggestion, correction),
        *(line.owner, str(line.due or "")),
    )
    return [printable(cell) for cell in told]


def _titles(lines: Sequence[Waiting]) -> list[str]:
    """Heads of the raw cells, none of which can be taken for another."""
    if len({line.table.file_id for line in lines}) != 1:
        width = max((len(line.raw) for line in lines), default=0)
        return [f"{NUMBERED}{number}" for number in range(1, width + 1)]
    found: list[str] = []
    for number, title in enumerate(lines[0].table.titles, start=1):
        head = printable(title).strip()
        taken = head.casefold() in known_heads() or head in found or head.startswith(NUMBERED)
        found.append(f"{NUMBERED}{number}" if taken or not head else head)
    return found
