"""The catalogues: gettext files read as they are written, so there is no compile step to forget."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "zh": "中文"}
"""Every language of the interface and how its readers call it; the first is the msgids' own."""


def choose(*wishes: str | None) -> str:
    """The first wish that is a language of ours ("zh-Hans-CN" is "zh"), else English."""
    for wish in wishes:
        language = _language_of(wish or "")
        if language in LANGUAGES:
            return language
    return next(iter(LANGUAGES))


def _language_of(tag: str) -> str:
    try:
        return Locale.parse(tag.strip().replace("-", "_").split(".")[0]).language
    except (ValueError, TypeError, UnknownLocaleError):
        return ""


def catalogue_file(language: str, domain: str = "messages") -> Path:
    """Where the texts of a language other than English are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


@cache
def translations(language: str, domain: str = "messages") -> NullTranslations:
    """The texts of a language; English needs none, its texts are the msgids."""
    file = catalogue_file(language, domain)
    if not file.exists():
        return NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def mark(msgid: str) -> str:
    """Mark a text for the catalogue where it is defined; it is translated where it is shown."""
    return msgid
