"""Amounts in words and in the ways that SQL's pattern does not cover.

Nothing is guessed: "about 5", "from 100" or "5-10" is no amount.
"""

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Literal

from crm_core.pipeline.standardise.numerals import NUMERAL, numeral
from crm_core.pipeline.standardise.texts import one_line
from crm_core.reference.words import currencies

FIGURES = {
    ".": r"(?:\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?)",
    ",": r"(?:\d+(?:,\d*)?|,\d+|\d{1,3}(?:(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?:,\d+)?)",
}
"""Regular expression (RE2 and Python) of figures in whole groups, by decimal mark."""
_MAGNITUDES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6,
    "千万": 10**7, "亿": 10**8, "億": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12, "k": 1000, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9,
    "thousand": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9, "lakh": 10**5,
    "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
_UNITS = "|".join(sorted(_MAGNITUDES, key=lambda word: (-len(word), word)))
_LONGEST = 100
"""Characters beyond which a cell is no amount, and patterns would look for one for minutes."""
_MINUS = "-−–﹣"
_PARTS = re.compile(r"(\d+(?:\.\d+)?)\s*(亿|億|万|萬|千|百)")


def plain_amount(
    raw: str, decimal_mark: Literal[".", ","] = ".", *, ledger: bool = False
) -> Decimal | None:
    """The amount that a cell says, None where it says none or leaves it open.

    `ledger`: whether the column tells debit (DR) from credit (CR); a credit is negative there.
    Without it "Cr" may as well be ten million, and is not read.
    """
    if len(raw) > _LONGEST:
        return None
    if any(unicodedata.category(sign) == "No" for sign in raw):  # 5² is not 52, nor ½ a 1⁄2
        return None
    text = unicodedata.normalize("NFKC", one_line(raw)).strip().lower()
    text = re.sub(r"[\u2019`´]", "'", text.translate(dict.fromkeys(map(ord, _MINUS), "-")))
    text = text.removeprefix("'")  # a spreadsheet's mark of a text, no part of it
    side = re.search(r"\s*(cr|dr)\.?$", text)
    if side:
        if not ledger:
            return None
        text = text[: side.start()]
    unsigned, negative = _unsigned(text)
    value = None if unsigned is None else _value(unsigned, decimal_mark)
    if value is None:
        return None
    negative ^= bool(side and side[1] == "cr")
    return -value if negative else value


def without_people(raw: str) -> str:
    """A number of people without the word for them."""
    return re.sub(r"(?<=[0-9０-９])\s*(人|名|位|people|employees|persons|staff)\s*$", "", raw)


def is_debit(raw: str) -> bool:
    """Whether the cell is marked as a debit: such a column is a ledger's."""
    return re.search(r"\d\s*dr\.?$", raw.strip().lower()) is not None


def _unsigned(text: str) -> tuple[str | None, bool]:
    """What is left without sign, brackets and currency, and whether it is negative."""
    bracketed = re.fullmatch(r"\((.*)\)", text)
    if bracketed:
        return _without_currency(bracketed[1]), True
    found = re.fullmatch(r"([-+]?)\s*(.*?)\s*(-?)", _without_currency(text))
    if not found or (found[1] and found[3]):
        return None, False
    return _without_currency(found[2]), "-" in (found[1], found[3])


def _without_currency(text: str) -> str:
    """`text` without the currency's sign or word before or after it."""
    text = re.sub(r"(?<=[元圆])[整正]$", "", text.strip())
    for word in _currency_words():
        if text.startswith(word) and not _run_together(word, text[len(word) :]):
            return text[len(word) :].strip()
        if text.endswith(word) and not _run_together(text[: -len(word)], word):
            return text[: -len(word)].strip()
    return text


def _run_together(left: str, right: str) -> bool:
    """Whether two parts of a text are one word in Latin letters."""
    beside = left[-1:] + right[:1]
    return len(beside) == 2 and beside.isascii() and beside.isalpha()


def _value(text: str, decimal_mark: Literal[".", ","]) -> Decimal | None:
    written = re.fullmatch(rf"({FIGURES[decimal_mark]})\s*({_UNITS}|%|‰)?", text)
    if not written:
        return _compound(text)
    grouping = "[, ']" if decimal_mark == "." else "[. ']"
    figures = re.sub(grouping, "", written[1]).replace(",", ".")
    return Decimal(figures) * _factor(written[2])


def _factor(unit: str | None) -> Decimal:
    if unit in ("%", "‰"):
        return Decimal("0.01") if unit == "%" else Decimal("0.001")
    return Decimal(_MAGNITUDES[unit]) if unit else Decimal(1)


def _compound(text: str) -> Decimal | None:
    """3万5千, 1亿2000万, 三万五千."""
    if re.fullmatch(f"{NUMERAL}+", text):
        spelled = numeral(text)
        return None if spelled is None else Decimal(spelled)
    total, place, before = Decimal(0), 0, None
    for part in _PARTS.finditer(text.replace(" ", "")):
        factor = _MAGNITUDES[part[2]]
        if part.start() != place or (before and factor >= before):
            return None
        if before and Decimal(part[1]) * factor >= before:
            return None
        total, place, before = total + Decimal(part[1]) * factor, part.end(), factor
    rest = text.replace(" ", "")[place:]
    if before is None or (
        rest and not (rest.isdecimal() and len(rest) >= 2 and int(rest) < before)
    ):
        return None
    return total + int(rest or 0)


@cache
def _currency_words() -> tuple[str, ...]:
    """Every word, code and sign of a currency in small letters, the longest first."""
    signs = {"$", "¥", "元", "圆", "块", "块钱"}
    return tuple(sorted({*currencies(), *signs}, key=lambda word: (-len(word), word)))
