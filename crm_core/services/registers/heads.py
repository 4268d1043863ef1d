"""What the heads of somebody's file mean in a register, and in which line they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from crm_core.domain.registers import Register
from crm_core.i18n import LANGUAGES, Texts, mark
from crm_core.pipeline.recognise.headers import read_header
from crm_core.reference import word_key
from crm_core.reference.registers import registers
from crm_core.services.brought import Lines
from crm_core.services.registers.workbook import HEADS

_LOOKED_AT = 20
"""Lines from the top among which the heads are looked for, below titles and remarks."""
_NAMES = (mark("Name"), mark("{label} name"))
"""What people call the column of titles besides the title itself and what its rows are."""
Meant = Mapping[str, str | None]
"""A head as the file writes it -> the field that somebody said it is; None: it is left out."""


@dataclass(frozen=True)
class Head:
    """A column of a file."""

    text: str
    """As the file writes it."""
    code: str | None
    """The field that it fills, `id` or `version`; None: this register has none for it."""
    scale: Decimal = Decimal(1)
    """What numbers are multiplied by: ten thousand where the head says 万元."""


def head_line(register: Register, lines: Lines, meant: Meant) -> int:
    """The position of the line that has most heads of the register; of equals, most cells."""
    first = [[cell for cell in cells if cell.strip()] for _, cells in lines[:_LOOKED_AT]]
    known = [sum(one.code is not None for one in heads(register, cells, meant)) for cells in first]
    return max(range(len(first)), key=lambda at: (known[at], len(first[at])), default=0)


def heads(register: Register, cells: Sequence[str], meant: Meant) -> list[Head]:
    """What each head means; of two that mean the same the first counts."""
    codes, known = _codes(register.name), _known(register.name)
    if all(word_key(cell) in codes for cell in cells if cell.strip()):
        known = codes
    found, taken = [], set[str | None]()
    for cell in cells:
        one = _head(cell, known, meant)
        found.append(Head(cell, None) if one.code in taken else one)
        taken |= {one.code} - {None}
    return found


def _head(cell: str, known: Mapping[str, str], meant: Meant) -> Head:
    read = read_header(cell)
    if cell in meant:
        return Head(cell, meant[cell], read.unit.scale)
    if code := known.get(word_key(cell)):
        return Head(cell, code)
    codes = (known[key] for key, _ in read.words if key in known)
    return Head(cell, next(codes, None), read.unit.scale)


@cache
def _codes(name: str) -> dict[str, str]:
    codes = (*HEADS, *(one.name for one in registers()[name].fields))
    return {word_key(code): code for code in codes}


@cache
def _known(name: str) -> dict[str, str]:
    """Every way to write a head -> its code. Labels go before codes, as a label may be the code
    of another field ("Users")."""
    register, said = registers()[name], [Texts(language) for language in LANGUAGES]
    known = dict[str, str]()
    for texts in said:
        label = texts.label(register.label)
        words = (label, *(texts.text(word, label=label) for word in _NAMES))
        known |= {word_key(word): register.titled_by or "title" for word in words}
    known |= _codes(name)
    for texts in said:
        known |= {word_key(texts.label(one.label)): one.name for one in register.fields}
        known |= {word_key(texts.text(head)): code for code, head in HEADS.items()}
    return known
