"""The words of cleaning: what became of a line, and what a recipe's step does."""

from typing import assert_never

from crm_core.domain.steps import Case, Default, DropLines, FillDown, Replace, Step, Substitute
from crm_core.i18n.catalogue import mark
from crm_core.i18n.texts import Texts

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
_NAMED = 3


def fate(texts: Texts, code: str) -> str:
    """What became of a line."""
    return texts.text(FATES[code]) if code in FATES else code


def step(texts: Texts, done: Step) -> str:
    """What a step does, in words."""
    text = texts.text
    match done:
        case Replace(column=column, values=values):
            into = set(values.values())
            named = ", ".join(list(values)[:_NAMED]) + (" …" if len(values) > _NAMED else "")
            if len(into) > 1:
                return text("{column}: other values for {raw}", column=column, raw=named)
            value = into.pop()
            if value is None:
                return text("{column}: {raw} made blank", column=column, raw=named)
            return text("{column}: {raw} → {value}", column=column, raw=named, value=value)
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
        case FillDown():
            return text("{column}: blank takes the value above", column=done.column)
        case DropLines(column=column, values=gone):
            named = ", ".join(text("blank") if one is None else one for one in gone[:_NAMED])
            return text("{column}: lines with {values} are left out", column=column, values=named)
        case _:
            assert_never(done)
