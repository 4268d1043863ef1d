"""What people write into cells as answers, read as values."""

from typing import cast
from unicodedata import normalize

from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.problems import Problem
from crm_core.domain.registers import FieldKind, RegisterField
from crm_core.domain.scoring import Value
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import plain_key
from crm_core.reports.cells import printable
from crm_core.services.checklists import words
from crm_core.services.checklists.answers import Given
from crm_core.services.checklists.exchange.answers_book import choices, written
from crm_core.services.registers.values import BETWEEN, read

SPOKEN = tuple(Texts(language) for language in LANGUAGES)
_FIELDS = {ItemKind.NUMBER: FieldKind.NUMBER, ItemKind.DATE: FieldKind.DATE}


def is_same(item: Item, now: Given | None, said: str, note: str) -> bool:
    """Whether cells say what is kept, in the words of either language."""
    if now is None:
        return not said.strip() and not note
    texts = {written(item, now.value, texts).strip() for texts in SPOKEN}
    return now.note == note and _without_unit(item, said) in texts


def value_of(item: Item, said: str) -> Value | Problem | None:
    """What a cell that is not blank answers; None: that it does not apply."""
    if item.options:
        return _chosen(item, said)
    if _is_none(said):
        return None
    if item.kind in _FIELDS:
        field = RegisterField(name="answer", kind=_FIELDS[item.kind], label=item.text)
        return cast(Value | Problem, read(field, _without_unit(item, said)))
    return printable(said).strip()


def _chosen(item: Item, said: str) -> Value | Problem | None:
    known = _words(item)
    whole = known.get(plain_key(said))
    if whole is None and _is_none(said):
        return None
    if item.kind is not ItemKind.SEVERAL:
        return whole or _unknown(said)
    lines = [said] if whole else said.split("\n")
    if any(plain_key(one) not in known for one in lines if one.strip()):
        lines = BETWEEN.split(said)
    codes = {one: known.get(plain_key(one)) for one in lines if one.strip()}
    if strange := [one for one, code in codes.items() if code is None]:
        return _unknown(strange[0])
    return tuple(one.code for one in item.options if one.code in codes.values())


def _words(item: Item) -> dict[str, str]:
    """Every way to write an answer that can be chosen -> its code."""
    codes = {plain_key(one.code): one.code for one in item.options}
    said = (choices(item, texts).items() for texts in SPOKEN)
    return codes | {plain_key(word): code for each in said for code, word in each}


def _without_unit(item: Item, said: str) -> str:
    """A number without its unit behind it: "80%" says 80 where percent are asked for."""
    plain = said.strip()
    if item.unit and item.kind is ItemKind.NUMBER:
        plain = normalize("NFKC", plain)
        for unit in (item.unit.en, item.unit.zh):
            plain = plain.removesuffix(unit).rstrip()
    return plain


def _unknown(said: str) -> Problem:
    return Problem("answers_choice", {"value": said.strip()})


def _is_none(said: str) -> bool:
    return plain_key(said) in {plain_key(texts.text(words.NOT_APPLICABLE)) for texts in SPOKEN}
