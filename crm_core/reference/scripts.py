"""Traditional and simplified Chinese characters: names are compared, not converted."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(texts: Iterable[str]) -> list[str]:
    """Each text in simplified characters, in the same order."""
    every = list(texts)
    # One call for all of them: a converter's call costs more than its characters.
    whole = _converter().convert("\0".join(every))
    return whole.split("\0") if every else []


def is_mixed(text: str) -> bool:
    """Whether a text has characters that only traditional writing uses, and only simplified."""
    return not text.isascii() and bool(re.search(traditional(), text) and re.search(simple(), text))


def shares(lines: Mapping[str, int]) -> tuple[int, int]:
    """The lines of texts with traditional characters, and of those with simplified ones."""
    return (
        sum(count for text, count in lines.items() if re.search(traditional(), text)),
        sum(count for text, count in lines.items() if re.search(simple(), text)),
    )


@cache
def traditional() -> str:
    """Regular expression (RE2 and Python) of the characters that have a simplified form."""
    pairs = zip(_every(), simplified(_every()), strict=True)
    return f"[{''.join(sign for sign, plain in pairs if sign != plain)}]"


@cache
def simple() -> str:
    """The same of those that traditional writing does not know."""
    plain = set(simplified(re.findall(traditional(), "".join(_every()))))
    return f"[{''.join(sign for sign in _every() if sign in plain and not _in_big5(sign))}]"


def _every() -> list[str]:
    return [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]


def _in_big5(sign: str) -> bool:
    """Whether the encoding of traditional Chinese has it: 台 and 里 are simplified and not."""
    try:
        sign.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
