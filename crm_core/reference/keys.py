"""How words are compared: without case, width, spaces, signs or traditional characters."""

import re
import unicodedata
from functools import cache

from crm_core.reference.lists import read_yaml

_SIGNS = re.compile(r"[\W_]+")


@cache
def _simplified() -> dict[int, int]:
    table = read_yaml("reference/traditional.yaml")
    return str.maketrans(table["from"], table["to"])


def plain_key(text: str) -> str:
    """`text` in one width and case, without surrounding blanks; signs stay."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def word_key(text: str) -> str:
    """`text` reduced to its letters and digits: "Client-Name " and "clientname" are one word.

    Traditional characters become simplified ones. A text of signs alone has the key "".
    """
    return _SIGNS.sub("", plain_key(text)).translate(_simplified())
