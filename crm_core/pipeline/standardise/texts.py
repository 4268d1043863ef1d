"""Any text: one width, no invisible characters, single spaces, no entities of a web page.

Chinese punctuation beside Chinese characters is Chinese punctuation and stays.
"""

import html
import re
import unicodedata

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
)
_JOINERS = "\u200c\u200d"
"""Letters of Persian and Indic scripts, and emoji, are joined by these; elsewhere they are dirt."""
_WIDE = "\uff01-\uff5e"
_CHINESE_SIGNS = "（），：；！？～"
_NARROW = "\uff65-\uffdc\u2f00-\u2fd5"
"""Half-width katakana and hangul, and the radicals that some PDF writers use for characters."""
_MARKS = "\u0300-\u036f\u3099\u309a"
_LINES = "\r\u0085\u2028\u2029"

_ENTITY = "&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"
_LONE_QUOTE = '^[ \n]*"[^"]*$'
"""A quote that opens and never closes is left of a broken line; 15" is a size."""

_MARKED = f"^'[0-9A-Z{CJK}][^']+$"
"""An apostrophe before a text that has no other is a spreadsheet's mark of a text."""
_SHORTENED = re.compile(r"'(\d0s|[A-Z]|Tis|Twas|Til|Cause|Round|Em)\b")
"""What an apostrophe shortens: 'S-Hertogenbosch, '90s."""

_MODULE = re.compile(r"^(?:[A-Z][A-Za-z]+::::)+")
_ADDRESS = re.compile(r"^(?!.*://.*://)(.*) [(]https?://[^() ]+[)]$")
"""What a system writes about a record that it refers to."""

ODD = (
    f"[{_SPACES}{_INVISIBLE}{_JOINERS}{_WIDE}{_NARROW}{_MARKS}{_LINES}]|  | \n|\n "
    f"|{_ENTITY}|{_LONE_QUOTE}|{_MARKED}|::::|://"
)
"""Regular expression (RE2 and Python) found in every text that `tidy` changes, names aside."""

_ODD = re.compile(ODD)
_HAS_CJK = re.compile(f"[{CJK}]")
_IS_JOINED = re.compile("[\u0590-\u0dff\u0e00-\u0fff\u2600-\u27bf\U0001f000-\U0001ffff]")
_TO_SPACE = re.compile(f"[{_SPACES}]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_DROPPED_JOINERS = re.compile(f"[{_JOINERS}]")
_RUN = re.compile(f"[{_NARROW}]+")
_WIDE_SIGN = re.compile(f"[{_WIDE}]")


def tidy(text: str) -> str:
    """`text` in the usual width, without invisible characters and repeated spaces.

    Line breaks stay. A text of which nothing would be left is given back as it is.
    """
    if not _ODD.search(text):
        return text
    clean = _DROPPED.sub("", re.sub("\r\n?|[\u0085\u2028\u2029]", "\n", _unescaped(text)))
    if not _IS_JOINED.search(clean):
        clean = _DROPPED_JOINERS.sub("", clean)
    clean = _half_width(_TO_SPACE.sub(" ", clean))
    clean = unicodedata.normalize("NFC", clean)
    clean = re.sub(_LONE_QUOTE, lambda found: found[0].replace('"', ""), clean)
    if re.search(_MARKED, clean) and not _SHORTENED.match(clean):
        clean = clean[1:]
    clean = re.sub(" +", " ", re.sub(" *\n *", "\n", clean)).strip(" \n")
    return clean or text


def one_line(text: str) -> str:
    """`tidy` for names: a line break is a space, and a name is without the address of its record.

    Accounts::::Acme (vtiger) and Acme (https://…) (Notion) are Acme.
    """
    name = re.sub(r"\s+", " ", tidy(text)).strip()
    return _ADDRESS.sub(r"\1", _MODULE.sub("", name).strip()).strip() or text


def _unescaped(text: str) -> str:
    """`text` with the characters that a web page writes as &nbsp; or &amp;."""
    plain = re.sub(_ENTITY, lambda found: html.unescape(found[0]), text)
    return text if plain == text else _unescaped(plain)


def _half_width(text: str) -> str:
    kept = _CHINESE_SIGNS if _HAS_CJK.search(text) else ""
    text = _WIDE_SIGN.sub(
        lambda found: found[0] if found[0] in kept else chr(ord(found[0]) - 0xFEE0), text
    )
    return _RUN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
