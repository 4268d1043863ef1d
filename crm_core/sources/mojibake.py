"""Text that was once read in a wrong encoding and saved again: set right where that is certain."""

import re

_FIRST = "ÂÃâãäåæçèéêëìíîïð"
# How UTF-8 looks when read as Western text: the first byte of a character, then one that follows.
# A control character stands where cp1252 has a dash, a quote or the euro: it was read as Latin-1.
_CONTROLS = "\x80-\x9f"
_WESTERN = re.compile(f"[{_FIRST}][\xa0-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|[{_CONTROLS}]")
# The pairs that the first two bytes of a Chinese character in UTF-8 make when read as GBK.
_AS_GBK = frozenset(
    char
    for first in range(0xE4, 0xEA)
    for second in range(0x80, 0xC0)
    for char in bytes((first, second)).decode("gbk", "ignore")
)
# A run goes over what the other bytes make: signs, and characters of GB 18030 for private use.
_CHINESE = re.compile(f"[{''.join(sorted(_AS_GBK))}][^\x00-\x7f]+")
SIGNS = f"[{_CONTROLS}{_FIRST}{''.join(sorted(_AS_GBK))}]"
"""Regular expression (RE2 and Python) found in every text that `is_suspect`, and in few others."""
_HAN = re.compile("[\u4e00-\u9fff\uff00-\uffef\u3000-\u303f]{2,}")


def is_suspect(text: str) -> bool:
    """Whether something in a text looks like the outcome of a wrong decoding."""
    return not text.isascii() and bool(_WESTERN.search(text) or _CHINESE.search(text))


def mended(line: str) -> str:
    """The line with what is certainly wrongly decoded as it was written; else as it is.

    Western: as ftfy judges. Chinese: where a run of characters, written as GB 18030, is UTF-8
    without a fault and of Chinese characters only, which chance does not bring about.
    """
    if _WESTERN.search(line):
        import ftfy  # a fifth of a second, and seldom needed

        line = ftfy.fix_encoding(line, ftfy.TextFixerConfig(replace_lossy_sequences=False))
    return _CHINESE.sub(lambda run: _as_utf8(run[0]), line)


def _as_utf8(run: str) -> str:
    """A run of characters as the UTF-8 that it begins with; what follows that stays."""
    try:
        written = run.encode("gb18030")
    except UnicodeError:
        return run
    text = written.decode(errors="replace").partition("\ufffd")[0]
    if not _HAN.fullmatch(text):
        return run
    try:
        return text + written[len(text.encode()) :].decode("gb18030")
    except UnicodeError:  # it ends within a character
        return run
