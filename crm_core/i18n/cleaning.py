"""The words of cleaning: what became of a line, and what a recipe's step does."""

from collections.abc import Mapping
from typing import assert_never

from crm_core.domain.steps import (
    Case,
    Default,
    DropLines,
    FillDown,
    FullName,
    Replace,
    Step,
    Substitute,
)
from crm_core.i18n.catalogue import mark
from crm_core.i18n.texts import Texts
from crm_core.pipeline.standards import Standard

FATES = {
    "loaded": mark("New"),
    "updated": mark("Updated"),
    "merged": mark("Merged"),
    "quarantined": mark("Set aside"),
    "skipped": mark("Skipped"),
}
CASES = {
    "upper": mark("{column}: ALL CAPITALS"),
    "lower": mark("{column}: small letters"),
    "title": mark("{column}: A Capital For Each Word"),
}
STANDARDS: dict[Standard, str] = {
    "text": mark("{column}: hidden signs out, one spelling where few words recur"),
    "title": mark("{column}: hidden signs out, one width, single blanks"),
    "name": mark("{column}: one spelling for one name"),
    "person": mark("{column}: one spelling for one person, no padding inside names"),
    "company": mark("{column}: one spelling for one company, whatever its legal form looks like"),
    "email": mark("{column}: the e-mail address alone, in small letters"),
    "phone": mark("{column}: phone numbers with country code, such as +8613800138000"),
    "country": mark("{column}: countries named in one language"),
    "place": mark("{column}: places written one way"),
    "segment": mark("{column}: misspelt segments corrected"),
    "stage": mark("{column}: one spelling for one stage, slips corrected"),
    "reference": mark("{column}: known records under their known name, zeros that were lost"),
    "id": mark("{column}: zeros and digits that a spreadsheet took, where one ID alone fits"),
    "date": mark("{column}: read as dates"),
    "number": mark("{column}: read as numbers"),
    "currency": mark("{column}: currencies by their codes"),
    "yes_no": mark("{column}: read as yes or no"),
}
_NAMED = 3


def fate(texts: Texts, code: str) -> str:
    """What became of a line."""
    return texts.text(FATES[code]) if code in FATES else code


def standard(texts: Texts, what: Standard, column: str) -> str:
    """What cleaning does to a column by itself, in words."""
    return texts.text(STANDARDS[what], column=column)


def step(texts: Texts, done: Step) -> str:
    """What a step does, in words."""
    text = texts.text
    match done:
        case Replace(column=column, values=values):
            return _replacing(texts, column, values)
        case Substitute():
            return text(
                "{column}: “{find}” within a cell gives way to “{by}”",
                column=done.column,
                find=done.find,
                by=done.by,
            )
        case Case():
            return text(CASES[done.to], column=done.column)
        case Default():
            return text("{column}: blank becomes {value}", column=done.column, value=done.value)
        case FillDown(column=column, headings=True):
            return text("{column}: each line takes the heading of its group", column=column)
        case FillDown(column=column, within=None):
            return text("{column}: blank takes the value above", column=column)
        case FillDown(column=column, within=within):
            return text(
                "{column}: blank takes the value above, until {within} is filled again",
                column=column,
                within=within,
            )
        case FullName():
            return text(
                "{column}: the full name, with {given}", column=done.column, given=done.given
            )
        case DropLines(column=column, values=gone):
            named = ", ".join(text("blank") if one is None else one for one in gone[:_NAMED])
            return text("{column}: lines with {values} are left out", column=column, values=named)
        case _:
            assert_never(done)


def _replacing(texts: Texts, column: str, values: Mapping[str, str | None]) -> str:
    text = texts.text
    into = set(values.values())
    named = ", ".join(list(values)[:_NAMED]) + (" …" if len(values) > _NAMED else "")
    if len(into) > 1:
        return text("{column}: other values for {raw}", column=column, raw=named)
    value = into.pop()
    if value is None:
        return text("{column}: {raw} made blank", column=column, raw=named)
    return text("{column}: {raw} → {value}", column=column, raw=named, value=value)


def arrivals(texts: Texts, merged: int, waiting: int) -> str:
    """What matching made of a load's records: how many were merged, how many pairs wait."""
    if not merged and not waiting:
        return texts.text("No record of this load is one that was there already.")
    said = [
        merged
        and texts.plural(
            "{n} record of this load was merged with one that was there.",
            "{n} records of this load were merged with others that were there.",
            merged,
        ),
        waiting
        and texts.plural(
            "{n} pair may be one and waits to be decided.",
            "{n} pairs may be one and wait to be decided.",
            waiting,
        ),
    ]
    return " ".join(sentence for sentence in said if sentence)
