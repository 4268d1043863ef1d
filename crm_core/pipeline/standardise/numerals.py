"""Chinese numerals: 二〇二四, 三万五千, 叁佰贰拾."""

import re

_DIGITS = dict(zip("〇零○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True))
_DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖两幺", (*range(1, 10), 2, 1), strict=True))
_DIGITS |= dict(zip("貳參陸兩", (2, 3, 6, 2), strict=True))
_ONES = "".join(sign for sign, value in _DIGITS.items() if value)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

NUMERAL = "[" + "".join((*_DIGITS, *_TENS, *_MYRIADS)) + "]"
"""Regular expression of one sign of a numeral."""
_VALID = re.compile(f"{NUMERAL}+")
_SHORT = {"廿": "二十", "卅": "三十"}


def spelled_digits(text: str) -> int | None:
    """The number whose figures are read one by one: 二〇二四 is 2024."""
    if not text or any(sign not in _DIGITS for sign in text):
        return None
    return int("".join(str(_DIGITS[sign]) for sign in text))


def _cut_short(text: str) -> bool:
    """Whether a figure follows a unit above ten, without its own unit and without a zero."""
    return re.search(f"[百佰千仟万萬亿億][{_ONES}](?:$|[万萬亿億])", text) is not None


def numeral(text: str) -> int | None:
    """The whole number that a Chinese numeral says, None where it is not well formed.

    三万五 is thirty-five thousand to who says it and 30,005 to who counts the signs: it is none.
    """
    for short, long in _SHORT.items():
        text = text.replace(short, long)
    if not _VALID.fullmatch(text):
        return None
    total, section, digit, unit_before = 0, 0, None, 10**5
    if _cut_short(text):
        return None
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            if _TENS[sign] >= unit_before or digit == 0:
                return None
            section += (1 if digit is None else digit) * _TENS[sign]
            digit, unit_before = None, _TENS[sign]
        else:
            section += digit or 0
            if not section or (total and total % (_MYRIADS[sign] * 10**4)):
                return None
            total += section * _MYRIADS[sign]
            section, digit, unit_before = 0, None, 10**5
    return total + section + (digit or 0)
