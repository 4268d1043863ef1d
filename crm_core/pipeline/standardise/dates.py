"""Days and moments in words and in the ways that SQL's formats do not cover.

A month without a day is its first day, as spreadsheets have it. A quarter, a half-year or a year
alone is no day. A moment keeps its own clock: what names a time zone is dropped.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from functools import cache

from babel.dates import get_month_names

from crm_core.domain.plan import DateOrder
from crm_core.pipeline.standardise.numerals import numeral, spelled_digits
from crm_core.pipeline.standardise.texts import one_line

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_ERA = re.compile(r"((?:中[华華])?民[国國]|令和|平成|昭和)\s*")
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of an era; of the Republic of China it is 1911."""
_CHINESE = re.compile(
    r"([\d〇零○一二三四五六七八九元十百]+)\s*年\s*([\d〇零○一二三四五六七八九十]+)\s*月"
    r"(?:\s*([\d〇零○一二三四五六七八九十廿卅]+)\s*[日号號])?"
)
_PARTED = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})(?:\s*\2\s*(\d{1,4}))?")
_WORDED = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of |de )?(?P<m>[^\W\d_]+)\.?,?"
               r"[\s-]+(?:de )?(?P<y>\d{4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.?[\s-]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?P<y>\d{4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.?,?[\s-]+(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[\s-]+(?P<m>[^\W\d_]+)\.?"),
)  # fmt: skip
_TIME = re.compile(
    r"(?P<half>[上下]午|凌晨|早上|中午|晚上)?\s*(?P<h>\d{1,2})\s*[:点點时時]\s*(?:(?P<min>\d{1,2})\s*分?)?"
    r"(?:\s*[:]?\s*(?P<s>\d{1,2})(?:[.,]\d+)?\s*秒?)?\s*(?P<pm>[ap]\.?m\.?)?"
    r"\s*(?:z|utc|gmt|[a-z]{2,4}|(?:utc|gmt)?[-+]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"[\s,，(（]*(?:星期|周|週|礼拜)[一二三四五六日天][)）]?|\s*[(（][月火水木金土日](?:曜日?)?[)）]|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?\.?,?\s+",
    re.IGNORECASE,
)


_LONGEST = 100
"""Characters beyond which a cell is no day, and patterns would look for one for minutes."""


def plain_date(raw: str, order: DateOrder | None) -> str | None:
    """The day or moment as ISO 8601 without zone ("2024-03-05T00:00:00"); None if it is none.

    `order`: of day, month and year where all three are numbers.
    """
    if len(raw) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", one_line(raw)).strip().lower()
    text = _WEEKDAY.sub(" ", text).strip()
    found = _chinese(text) or _parted(text, order or "ymd") or _worded(text)
    if found is None:
        return None
    (year, month, day), rest = found
    seconds = _seconds(rest.strip(" ,t\uff0c"))
    if seconds is None or not 1900 <= year <= 2199:
        return None
    try:
        return (datetime(year, month, day) + timedelta(seconds=seconds)).isoformat()
    except ValueError:
        return None


_Found = tuple[tuple[int, int, int], str]
"""Year, month and day, and what follows them."""


def _chinese(text: str) -> _Found | None:
    era = _ERA.match(text)
    written = _CHINESE.match(text, era.end() if era else 0)
    if not written:
        return None
    said, month, day = written[1], _number(written[2]), _number(written[3] or "1")
    year = 1 if era and said == "元" else _year(said)
    if year is None or month is None or day is None:
        return None
    year += _BEFORE_ERA.get(era[1], 1911) if era else 2000 if year < 100 else 0
    return (year, month, day), text[written.end() :]


def _year(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return spelled_digits(said) or numeral(said)


def _number(said: str) -> int | None:
    return int(said) if said.isdigit() else numeral(said)


def _parted(text: str, order: DateOrder) -> _Found | None:
    written = _PARTED.match(text)
    if not written:
        return None
    first, second, third = written[1], written[3], written[4]
    rest = text[written.end() :]
    if len(first) == 4:
        return (int(first), int(second), int(third or 1)), rest
    if third is None or len(first) > 2 or (len(third) not in (2, 4) and order != "ymd"):
        return None
    parts = dict(zip(order, (first, second, third), strict=True))
    if len(parts["y"]) == 1 or len(parts["d"]) > 2:
        return None
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 69 else 1900
    return (year, int(parts["m"]), int(parts["d"])), rest


def _worded(text: str) -> _Found | None:
    for pattern in _WORDED:
        written = pattern.match(text)
        month = _months().get(written["m"]) if written else None
        if written and month:
            named = written.groupdict()
            return (int(named["y"]), month, int(named.get("d") or 1)), text[written.end() :]
    return None


def _seconds(text: str) -> int | None:
    """Seconds after midnight, up to 24:00; 0 where nothing is written."""
    if not text:
        return 0
    written = _TIME.fullmatch(text)
    if not written:
        return None
    hour, minute, second = (int(written[name] or 0) for name in ("h", "min", "s"))
    late = written["half"] in ("下午", "晚上") or (written["pm"] or "").startswith("p")
    early = written["half"] in ("上午", "凌晨", "早上") or (written["pm"] or "").startswith("a")
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    if late and hour < 12:
        hour += 12
    elif early and hour == 12:
        hour = 0
    return hour * 3600 + minute * 60 + second


@cache
def _months() -> dict[str, int]:
    """A month's name, whole or short, in the languages of Europe's exports -> its number."""
    names = {"sept": 9, "mrz": 3, "mär": 3}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names.setdefault(unicodedata.normalize("NFKC", name).lower().strip("."), number)
    return names
