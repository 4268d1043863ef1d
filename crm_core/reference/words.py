"""Words that cells are made of: segments, stages, countries, currencies, yes and no, and nothing.

Each accessor reads its list once. Where an index is keyed, the docstring says by which key of
`crm_core.reference.keys`.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global
from pydantic import BaseModel, ConfigDict

from crm_core.reference.keys import plain_key, word_key
from crm_core.reference.lists import read_yaml

Outcome = Literal["open", "won", "lost"]
LANGUAGES = ("en", "zh")
_OTHER_LANGUAGES = ("de", "fr", "ja", "es", "it")
"""In which countries are known, but never named."""
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")


class Aliases(BaseModel):
    """Other words for an entry, by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class Segment(BaseModel):
    """A known market segment, industry or customer size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    en: str
    zh: str
    aliases: Aliases = Aliases()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means this segment, in either language."""
        return (self.en, self.zh, self.id, *self.aliases.en, *self.aliases.zh)


@dataclass(frozen=True)
class Segments:
    """The shipped list of segments; a segment outside of it is a segment all the same."""

    entries: dict[str, Segment]
    """By id."""
    index: dict[str, Segment]
    """By `word_key` of every word."""

    def find(self, text: str) -> Segment | None:
        """The segment that `text` names, spelled exactly so or with an alias."""
        return self.index.get(word_key(text))


@dataclass(frozen=True)
class Country:
    """A country: its ISO 3166 code of two letters and its name in both languages."""

    iso: str
    en: str
    zh: str


@cache
def segments() -> Segments:
    """The list of known segments with its index of aliases."""
    listed = [Segment.model_validate(entry) for entry in read_yaml("reference/segments.yaml")]
    index = {word_key(word): entry for entry in listed for word in entry.words}
    return Segments({entry.id: entry for entry in listed}, index)


@cache
def stages() -> dict[str, Outcome]:
    """`word_key` of a stage or status -> what it says of the deal."""
    lists = read_yaml("reference/stages.yaml")
    outcomes: tuple[Outcome, ...] = ("open", "won", "lost")
    return {
        word_key(word): outcome
        for outcome in outcomes
        for language in LANGUAGES
        for word in lists[outcome][language]
    }


def outcome_of(stage: str) -> Outcome | None:
    """What a stage or status says of the deal, None: nothing known.

    Some exports write the pipeline in brackets behind it: "Closed Won (Sales Pipeline)".
    """
    known = stages()
    return known.get(word_key(stage)) or known.get(word_key(_BRACKETED.sub("", stage)))


@cache
def placeholders() -> frozenset[str]:
    """`plain_key` of every cell text that means nothing was entered."""
    every = map(plain_key, _both(read_yaml("reference/placeholders.yaml")))
    return frozenset(every) | lost_values() | {""}


@cache
def written_placeholders() -> frozenset[str]:
    """The same texts in small letters as cells have them, in usual and in full width: for SQL."""
    return frozenset(
        {word for word in placeholders() if word}
        | {word.translate(_FULL_WIDTH) for word in placeholders() if word}
        | {word.casefold() for word in _both(read_yaml("reference/placeholders.yaml"))}
    )


@cache
def lost_values() -> frozenset[str]:
    """`plain_key` of the placeholders that stand for a value that was there, such as #ref!."""
    return frozenset(map(plain_key, read_yaml("reference/placeholders.yaml")["lost"]))


@cache
def totals() -> frozenset[str]:
    """The words that open a footer row of sums, without blanks and signs, in small letters.

    Those in traditional characters are there as `word_key` makes them and as they are written.
    """
    words = _both(read_yaml("reference/totals.yaml"))
    return frozenset(map(word_key, words)) | {re.sub(r"[\W_]+", "", word) for word in words}


@dataclass(frozen=True)
class Credits:
    """Regular expressions, in small letters, for columns and cells that tell credits from sales."""

    headers: str
    cells: str
    denials: str


@cache
def credits_told() -> Credits:
    """How the type or the status of a sale says that its amount is to be taken off."""
    lists = read_yaml("reference/credits.yaml")
    headers, cells = (
        "|".join(map(re.escape, _both(lists[name]))) for name in ("headers", "credits")
    )
    words = "|".join(map(re.escape, lists["denials"]["en"]))
    characters = "".join(lists["denials"]["zh"])
    return Credits(headers, cells, rf"^(?:(?:{words})\b|[{characters}])")


@cache
def booleans() -> dict[str, bool]:
    """`plain_key` of a word -> yes (True) or no (False)."""
    lists = read_yaml("reference/booleans.yaml")
    return {
        plain_key(word): answer == "yes"
        for answer in ("yes", "no")
        for word in _both(lists[answer])
    }


@cache
def countries() -> dict[str, Country]:
    """`word_key` of a country's code, name or other spelling -> the country."""
    names = {language: _territories(language) for language in ("en", "zh", "zh_Hant")}
    index: dict[str, Country] = {}
    for iso in sorted(names["en"]):
        country = Country(iso, names["en"][iso], names["zh"].get(iso, iso))
        others = (territories.get(iso, iso) for territories in names.values())
        index |= {word_key(word): country for word in (iso, *others)}
    for language in _OTHER_LANGUAGES:
        for iso, name in _territories(language).items():
            if word_key(iso) in index:
                index.setdefault(word_key(name), index[word_key(iso)])
    known = {country.iso: country for country in index.values()}
    aliases = read_yaml("reference/countries.yaml")
    return index | {word_key(word): known[iso] for iso in aliases for word in aliases[iso]}


@cache
def currencies() -> dict[str, str]:
    """`plain_key` of a currency's sign, word or code -> its ISO 4217 code.

    Signs that several currencies share ($, ¥) are not in it.
    """
    codes = {code.casefold(): code for code in get_global("all_currencies")}
    lists = read_yaml("reference/currencies.yaml")
    return codes | {plain_key(word): iso for iso in lists for word in _both(lists[iso])}


def _territories(language: str) -> dict[str, str]:
    """The countries' names in `language` by ISO 3166 code, without regions and unions."""
    names = Locale.parse(language).territories
    return {
        str(code): str(name)
        for code, name in names.items()
        if len(str(code)) == 2 and str(code).isalpha() and code not in _NO_COUNTRIES
    }


def _both(lists: dict[str, list[str]]) -> list[str]:
    return [word for language in LANGUAGES for word in lists[language]]
