"""Text that was once read in a wrong encoding and saved again: set right where that is certain."""

import re

# How UTF-8 looks when read as Western text: the first byte of a character, then one that follows.
_WESTERN = re.compile("[ÂÃâãäåæçèéêëìíîïð][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
# The pairs that the first two bytes of a Chinese character in UTF-8 make when read as GBK.
_AS_GBK = frozenset(
    char
    for first in range(0xE4, 0xEA)
    for second in range(0x80, 0xC0)
    for char in bytes((first, second)).decode("gbk", "ignore")
)
_CHINESE = re.compile(f"[{''.join(sorted(_AS_GBK))}][^\\W\\da-zA-Z_]+")
_HAN = re.compile("[\u4e00-\u9fff\uff00-\uffef\u3000-\u303f]{2,}")


def is_suspect(text: str) -> bool:
    """Whether something in a text looks like the outcome of a wrong decoding."""
    return not text.isascii() and bool(_WESTERN.search(text) or _CHINESE.search(text))


def mended(line: str) -> str:
    """The line with what is certainly wrongly decoded as it was written; else as it is.

    Western: as ftfy judges. Chinese: where a run of characters, written as GBK, is UTF-8 without
    a fault and of Chinese characters only, which chance does not bring about.
    """
    if _WESTERN.search(line):
        import ftfy  # a fifth of a second, and seldom needed

        line = ftfy.fix_encoding(line, ftfy.TextFixerConfig(replace_lossy_sequences=False))
    return _CHINESE.sub(lambda run: _as_utf8(run[0]), line)


def _as_utf8(run: str) -> str:
    try:
        text = run.encode("gbk").decode()
    except UnicodeError:
        return run
    return text if _HAN.fullmatch(text) else run
