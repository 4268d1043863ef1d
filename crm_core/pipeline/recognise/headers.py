"""What a header says: the words it may mean, the unit and the date order it names."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from crm_core.domain.plan import DateOrder
from crm_core.reference import currencies, header_words, plain_key, word_key

_BRACKETS = re.compile(r"[(\[{【〔「](.*?)[)\]}】〕」]")
_FORCED = re.compile(r"^\s*\((?:do not modify|[请勿不要可得]{2,4}修改)\)\s*", re.IGNORECASE)
_CUSTOM = re.compile(r"__[cr]$", re.IGNORECASE)
# AccountExtId__c, "External ID": what an id from outside identifies is the same record.
_EXTERNAL = re.compile(r"((?<=[a-z])Ext(ernal)?|(?<![A-Za-z])(?i:ext(ernal)?))[\s_.]*(?=(?i:id)$)")
_PREFIX = re.compile(r"^\s*([^\W\d]+)\s*(?:\s[-–]\s|\.|:|/)\s*(.+)$")
_PIVOT = re.compile(r"^(求和项\s*[:：]|sum of |summe von |somme de |suma de |soma de )\s*", re.I)
"""What a pivot table writes before the header of a column that it sums."""
_PARTS = re.compile(r"[/|\n;；、]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_TAIL = re.compile(r"^(.+?)[\s_/-]+((?:in\s+)?[\w$€£¥']+)$")
_HAN_TAIL = re.compile(r"^(.+?)((?:十?亿|[百千]?万|千)?(?:元|美元|欧元|港元|日元))$")
_TITLED = re.compile(
    r"单位\s*[:：为是]\s*([^\s,，;；、。/)）]+)"
    r"|\b(in\s+(?:thousand|million|billion)s?)(?:\s+of)?((?:\s+(?:[a-z]{3}\b|[$€£¥]))?)",
    re.IGNORECASE,
)
READ = 500
"""Characters of a text that are looked at: no name of a field is longer."""
_DATE_HINT = re.compile(
    r"^(y{2,4}|m{1,3}|d{1,2})[-/. ]?(y{2,4}|m{1,3}|d{1,2})[-/. ]?(y{2,4}|d{1,2})"
)
_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}


@dataclass(frozen=True)
class Unit:
    """By how much cells are multiplied, and the ISO 4217 code of their currency if it is named."""

    scale: Decimal = Decimal(1)
    currency: str | None = None


@dataclass(frozen=True)
class Header:
    """A header taken apart."""

    text: str
    words: tuple[tuple[str, float], ...]
    """Keys it may be known by, each with how well it stands for the header (1: as written)."""
    unit: Unit = Unit()
    date_order: DateOrder | None = None
    percent: bool = False
    forced: bool = False
    """Whether the export forbids to modify it, as it does the record's own id."""

    @property
    def key(self) -> str:
        """The header as written, as a key; "" for a blank header."""
        return self.words[0][0] if self.words else ""


def read_header(text: str) -> Header:
    """Take the header `text` apart, as far as it is read; a blank one has no words."""
    read = unicodedata.normalize("NFKC", text[:READ]).strip()
    plain = _CUSTOM.sub("", _FORCED.sub("", read))
    plain = _PIVOT.sub("", plain)
    inside = [content.strip() for content in _BRACKETS.findall(plain)]
    bare, tail_unit = _without_tail(_BRACKETS.sub(" ", plain).strip())
    units = [unit for unit in (*map(read_unit, inside), tail_unit) if unit]
    return Header(
        text=text,
        words=_words(plain, bare, inside),
        unit=units[0] if units else Unit(),
        date_order=next(filter(None, map(_date_order, inside)), None),
        percent="%" in plain or "percent" in plain.casefold(),
        forced=_FORCED.match(read) is not None,
    )


def read_unit(text: str) -> Unit | None:
    """The unit that `text` names ("万元", "k$", "USD", "in thousands"), if it names one."""
    rest = plain_key(text).removeprefix("单位").lstrip(" :").removeprefix("in ").strip()
    if not rest:
        return None
    for word, factor in (*header_words().scales, ("", Decimal(1))):
        for other in _without_word(rest, word):
            currency = currencies().get(other)
            if currency or other in ("$", "¥") or (not other and word):
                return Unit(factor, currency)
    return None


def titled_unit(titles: Iterable[str]) -> Unit:
    """The unit that remarks on a table name for its amounts: 单位：万元, in thousands of USD."""
    for title in titles:
        named = _TITLED.search(unicodedata.normalize("NFKC", title[:READ]))
        if named is None:
            continue
        said = named[1] or named[2] + named[3]
        unit = read_unit(said) or read_unit(named[2] or "")
        if unit and (unit.currency or named[2] or not said.isascii()):  # m is a metre
            return unit
    return Unit()


def _without_word(text: str, word: str) -> list[str]:
    """What stands beside the magnitude `word` in `text`: before it, or after it."""
    if not word:
        return [text]
    found = []
    if text.startswith(word):
        found.append(text.removeprefix(word).strip())
    if text.endswith(word):
        found.append(text.removesuffix(word).strip())
    return found


def _without_tail(text: str) -> tuple[str, Unit | None]:
    """`text` without a unit written behind it without brackets, and that unit."""
    for pattern in (_HAN_TAIL, _TAIL):
        match = pattern.match(text)
        unit = read_unit(match[2]) if match else None
        if match and unit:
            return match[1].strip().removesuffix(" in"), unit
    return text, None


def _words(plain: str, bare: str, inside: list[str]) -> tuple[tuple[str, float], ...]:
    """Every key of the header with its weight, the best first, each once."""
    found = [(plain, 1.0), (_BRACKETS.sub(" ", plain), 0.99), (bare, 0.98)]
    found.append((_EXTERNAL.sub("", bare), 0.96))
    prefix = _PREFIX.match(bare)
    if prefix and word_key(prefix[1]) in header_words().prefixes:
        found.append((prefix[2], 0.95))
    if prefix and word_key(prefix[1]) == "name":  # name.first, as nested data have it
        found.append((f"{prefix[2]} {prefix[1]}", 0.95))
    parts = [*_PARTS.split(bare), *inside, "".join(_HAN.findall(bare)), _HAN.sub(" ", bare)]
    found += [(part, 0.94) for part in parts]
    keys: dict[str, float] = {}
    for text, weight in found:
        if key := word_key(text):
            keys.setdefault(key, weight)
    return tuple(keys.items())


def _date_order(text: str) -> DateOrder | None:
    match = _DATE_HINT.match(plain_key(text))
    return _ORDERS.get("".join(part[0] for part in match.groups())) if match else None
