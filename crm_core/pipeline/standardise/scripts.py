"""Traditional and simplified Chinese characters: names are compared, not converted."""

from collections.abc import Iterable
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


@cache
def traditional() -> str:
    """Regular expression (RE2 and Python) of the characters that have a simplified form."""
    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    pairs = zip(every, simplified(every), strict=True)
    return f"[{''.join(sign for sign, plain in pairs if sign != plain)}]"
