"""The words of a pair: its fields, how far they agree, what that weighs, and where they differ."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from difflib import SequenceMatcher
from html import escape
from typing import Any

from crm_core.i18n import DASH, mark
from crm_core.services.matching import Field
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.plain import plain

LEVELS = {
    "exact": mark("the same"),
    "near": mark("nearly the same"),
    "sound": mark("sounds the same"),
    "part": mark("one is part of the other"),
    "alike": mark("similar"),
    "word": mark("a word in common"),
    "swapped": mark("given and family name swapped"),
    "initial": mark("the same initial"),
    "mailbox": mark("the same before the @"),
    "house": mark("the same street, another number"),
    "number": mark("the same number, another street"),
    "differs": mark("different"),
    "across": mark("from two files"),
    "within": mark("from one file"),
}
_NAMES = {
    "domain": mark("Domain of mail and website"),
    "file": mark("File"),
    "given": mark("Given name"),
    "surname": mark("Family name"),
}
_LITTLE, _SOME, _MUCH = 0.5, 2.0, 5.0
_LONGEST = 300
"""Longer texts are not compared letter by letter."""
_ALIKE = 0.5
"""Texts that have less in common differ as a whole: a letter here and there says nothing."""
FULL = 8.0
"""The weight of a bar that is full."""


def name(one: Field, entity: str) -> str:
    """A field in the reader's language; a column of no field of ours as its file calls it."""
    if one.title:
        return one.title
    said = words.field(one.name, entity)
    if said == one.name and one.name in _NAMES:
        return session.texts().text(_NAMES[one.name])
    return said


def level(one: Field) -> str:
    """How far the two values agree."""
    return session.texts().text(LEVELS[one.level]) if one.level in LEVELS else one.level or ""


def weight(value: float) -> str:
    """What a field's agreement or difference says of the pair."""
    text = session.texts().text
    size, speaks_for = abs(value), value > 0
    if size < _LITTLE:
        return text("says little")
    if size < _SOME:
        return text("speaks a little for it") if speaks_for else text("speaks a little against it")
    if size < _MUCH:
        return text("speaks for it") if speaks_for else text("speaks against it")
    return text("speaks strongly for it") if speaks_for else text("speaks strongly against it")


def written(value: Any) -> str:
    """A cell in full precision, written the reader's way; a dash for none."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        midnight = value.time() == datetime.min.time()
        formats = session.formats()
        return formats.day(value) if midnight else formats.moment(value)
    if hasattr(value, "year"):
        return session.formats().day(value)
    if isinstance(value, bool):
        return session.texts().text("yes") if value else session.texts().text("no")
    if isinstance(value, int | float | Decimal):
        return session.formats().number(value)
    return str(value)


def place(file: str | None, line: int | None) -> str | None:
    """Where a record stands in its file."""
    if file is None:
        return None
    return session.texts().text("{file}, line {line}", file=file, line=str(line))


def parts(text: str, other: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, each with whether the other one lacks it."""
    if max(len(text), len(other)) > _LONGEST:
        yield text, True
        return
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield text, True
        return
    for kind, start, end, _, _ in matcher.get_opcodes():
        if end > start:
            yield text[start:end], kind != "equal"


def marked(text: str, other: str) -> str:
    """Markdown of a text in which what the other one lacks is marked."""
    return "".join(
        f":orange-background[{plain(_seen(piece))}]" if differs else plain(piece)
        for piece, differs in parts(text, other)
    )


def _seen(piece: str) -> str:
    """A piece as it can be seen: a mark on a blank alone would not show."""
    return piece if piece.strip() else "␣" * len(piece)


def bar(value: float) -> str:
    """HTML of a bar from the middle: to the right for one record, to the left for two."""
    share = min(abs(value) / FULL, 1) * 50
    side, kind = ("left", "for") if value > 0 else ("right", "against")
    said = escape(weight(value))
    return (
        f'<span class="crm-weight" role="img" aria-label="{said}">'
        f'<i class="{kind}" style="{side}: 50%; width: {share:.0f}%"></i></span>'
    )
