"""Countries: one column names them in one language."""

import re
from collections.abc import Mapping

from crm_core.pipeline.standardise.slips import meant
from crm_core.pipeline.standardise.texts import CJK, one_line
from crm_core.reference import countries, plain_key, word_key
from crm_core.reference.words import Country

_CHINESE = re.compile(f"[{CJK}]")
_CODE = 3
"""Letters that a country's code has at most; codes are of no language."""


def same_language(lines: Mapping[str, int], chinese: bool) -> dict[str, str]:
    """Raw country -> its proper name, for the values of a column with the lines that hold each.

    In the language of most names, or where codes alone are written in that of the headers
    (`chinese`). Untied States is United States. What is no known country stays.
    """
    found = {raw: country for raw in lines if (country := _country(one_line(raw)))}
    votes = sum(
        lines[raw] * (-1 if _CHINESE.search(raw) else 1)
        for raw in found
        if len(plain_key(raw)) > _CODE or _CHINESE.search(raw)
    )
    english = votes > 0 or (votes == 0 and not chinese)
    return {raw: _name(found[raw], english) if raw in found else one_line(raw) for raw in lines}


def code(raw: str) -> str | None:
    """The ISO 3166 code of a country as it is written, None for an unknown one."""
    country = countries().get(word_key(raw))
    return country.iso if country else None


def _country(name: str) -> Country | None:
    listed, key = countries(), word_key(name)
    return listed.get(key) or listed.get(meant(key, listed) or "")


def _name(country: Country, english: bool) -> str:
    return country.en if english else country.zh
