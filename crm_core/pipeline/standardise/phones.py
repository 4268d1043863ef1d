"""Phone numbers in E.164 (+8613800138000), extensions as " x123"."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from crm_core.pipeline.standardise.standard import Standard
from crm_core.pipeline.standardise.texts import tidy

MOBILE = r"1[3-9]\d{9}"
_NORTH_AMERICAN = r"[2-9]\d{2}[2-9]\d{6}"
_DAMAGED = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_WHOLE = re.compile(r"(\d)\.(\d+)E\+?(\d{1,2})", re.IGNORECASE)
_LABEL = re.compile(
    r"(tel|phone|telephone|mobile|mob|cell|电话|手机|联系电话|座机)\s*[.:：]?\s*", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"[\s,;(-]*(?:转|轉|分机|分機|内线|內線|ext(?:ension)?\.?|x|#)[\s.:=-]*(\d{1,7})\)?", re.I
)
_CHINESE_EXTENSION = re.compile(r"((?:\+?86[\s-]?)?\(?0?\d{2,3}\)?[\s-]\d{7,8})-(\d{1,6})")
_AMERICAN = re.compile(r"\([2-9]\d\d\) ?\d{3}-\d{4}|(?![48]00)[2-9]\d\d-\d{3}-\d{4}")
"""Three, three and four figures: no Chinese number is written so, but 400-800-1234."""
_PARTS = re.compile(r"[;,/、|\n]|\bor\b|或|和")
_NOTATION = re.compile(r"[+\d\s().\-/x]*")


@dataclass(frozen=True)
class Quick:
    """SQL over a cell: its number where that is written the usual way, else NULL."""

    cell: str
    chinese: str = "false"
    """SQL: whether a number without country code is a Chinese one."""
    american: str = "false"
    """The same for the United States and Canada."""

    @property
    def sql(self) -> str:
        digits = f"regexp_replace({self.cell}, '[ ().-]', '', 'g')"
        usual = rf"\+(1{_NORTH_AMERICAN}|86{MOBILE}|([2-79]|8[0-57-9])\d{{7,13}})( x\d{{1,7}})?"
        punctuated = f"regexp_full_match({self.cell}, '[+0-9 ().-]{{11,24}}')"
        return (
            f"CASE WHEN regexp_full_match({self.cell}, '{usual}') THEN {self.cell}"
            f" WHEN NOT {punctuated} OR {self.cell} LIKE '%.0' THEN NULL"
            f" WHEN regexp_full_match({digits}, '(\\+|00)86{MOBILE}') OR ({self.chinese})"
            f" AND regexp_full_match({digits}, '(86)?{MOBILE}') THEN '+86' || right({digits}, 11)"
            f" WHEN regexp_full_match({digits}, '\\+1{_NORTH_AMERICAN}') OR ({self.american})"
            f" AND regexp_full_match({digits}, '1?{_NORTH_AMERICAN}')"
            f" THEN '+1' || right({digits}, 10) END"
        )


def phone(raw: str, country: str | None) -> Standard:
    """The number in E.164, read as one of `country` (ISO 3166, two letters) where it has no code.

    Codes: phone_damaged (a spreadsheet rounded it), phone_several, phone_no_country,
    phone_invalid. Such a cell stays as written.
    """
    text = unicodedata.normalize("NFKC", tidy(raw)).strip()
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    text = _WHOLE.sub(_digits, text)
    if _DAMAGED.fullmatch(text):
        return Standard(raw, "phone_damaged")
    text = re.sub(r"(?<=\d{7})\.0+$", "", text)
    if _are_several(text):
        return Standard(raw, "phone_several")
    number, extension = _parted(text, country)
    foreign = country == "CN" and _AMERICAN.fullmatch(number)
    if not number.startswith("+") and (country is None or foreign):
        return Standard(raw, "phone_no_country")
    clean = _e164(number, country)
    if clean is None:
        return Standard(raw, "phone_invalid")
    return Standard(f"{clean} x{extension}" if extension else clean)


def _digits(found: re.Match[str]) -> str:
    """The number that an exponent stands in place of, where no digit of it is lost."""
    whole = len(found[2].rstrip("0")) <= int(found[3]) <= len(found[2])
    return found[1] + found[2][: int(found[3])] if whole else found[0]


def is_notation(raw: str) -> bool:
    """Whether a number is written in figures and the usual signs, so that only notation changes."""
    return _NOTATION.fullmatch(raw) is not None and re.search(r"\d{7}\.0+$", raw) is None


def country_of(number: str) -> str | None:
    """The country of a number with a country code, ISO 3166; None where it has none."""
    try:
        found = phonenumbers.parse(re.sub("^00", "+", number))
    except NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(found)
    return None if region in (None, "001") else str(region)


def _are_several(text: str) -> bool:
    parts = [re.sub(r"\D", "", part) for part in _PARTS.split(text)]
    whole = [part for part in parts if len(part) >= 7]
    beside = "/" in text and bool(whole) and 1 <= len(parts[-1]) <= 4
    mobiles = re.findall(rf"(?<!\d){MOBILE}(?!\d)", text)
    return len(whole) > 1 or beside or len(mobiles) > 1


def _parted(text: str, country: str | None) -> tuple[str, str]:
    """The number with a + where its country code is written, and the extension or ""."""
    found = re.fullmatch(rf"(.*\d\)?){_EXTENSION.pattern}", text, re.IGNORECASE)
    if not found and (country == "CN" or re.match(r"\+?86", text)):
        found = _CHINESE_EXTENSION.fullmatch(text)
    number, extension = (found[1], found[2]) if found else (text, "")
    number = re.sub(r"^00(?=\s*[1-9])", "+", number)
    if re.fullmatch(rf"86{MOBILE}", re.sub(r"\D", "", number)):
        number = "+" + re.sub(r"\D", "", number)
    return number, extension


def _e164(number: str, country: str | None) -> str | None:
    try:
        found = phonenumbers.parse(number, None if number.startswith("+") else country)
    except NumberParseException:
        return None
    if found.extension or not phonenumbers.is_valid_number(found):
        return None
    return phonenumbers.format_number(found, PhoneNumberFormat.E164)
