"""Which encoding a text is in, and the text itself as UTF-8."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Refused
from crm_core.sources import alphabets
from crm_core.sources.characters import (
    JAPANESE,
    KOREAN,
    SIMPLIFIED,
    TRADITIONAL,
    WESTERN,
)

CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # which begins as that of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Escapes that plain ASCII is told by to be Japanese or Korean.
_ESCAPES = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
_ASCII = bytes(range(128))
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_RUN = re.compile(rb"[\x80-\xff]{2,}")
_COMMON = {
    "gb18030": SIMPLIFIED,
    "big5hkscs": TRADITIONAL,
    "cp932": JAPANESE,
    "euc_jp": JAPANESE,
    "cp949": KOREAN,
}
# What markup may declare: others are no text's, or their bytes tell them; the Western one is what
# stands there where nobody has thought of it.
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_OLD = re.compile(r"(?!cp1252)cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|gb18030|big5hkscs|euc_\w+")
# Encodings that contain the one named and that programs write under its name.
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jis_2004": "euc_jp",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ZEROS, _ZEROS_IN_PLAIN = 0.05, 0.2
# The other bytes have zeros too: the commonest Chinese character, 一, is U+4E00.
_OTHER_ZEROS = 0.25
_COMMON_SHARE = 0.2
_LATIN_SHARE = 0.95
_ACCENTED_SHARE = 0.3
_DAMAGED_SHARE = 0.9
# chardet 7 measures likeness: right answers were seen from 0.12, wrong ones up to 0.09.
_CONFIDENCE = 0.11
# In a Chinese text this many of the bytes beyond ASCII have another one beside them, in a European
# one the accented letters stand between plain ones.
_PAIRED_SHARE = 0.4


def encoding_of(path: Path) -> str:
    """The Python name of the file's encoding; `encoding_unknown` when nothing fits surely.

    Some bytes of the file may be none of that encoding.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    if wide := encoding_of_mark(head) or without_mark(head):
        return wide
    for escape, name in _ESCAPES.items():
        if escape in head and head.isascii():
            return name
    sample = _foreign_lines(path)
    return "utf-8" if _is_utf8(sample) else _legacy(sample)


def encoding_of_markup(path: Path) -> str:
    """As encoding_of; of encodings older than Unicode the declared one, if the file is in it."""
    with path.open("rb") as stream:
        declared = _DECLARED.search(stream.read(_SAMPLE))
    name = _known(declared[1].decode()) if declared else ""
    if not _OLD.fullmatch(name):
        return encoding_of(path)
    sample = _foreign_lines(path)
    return name if not _is_utf8(sample) and _text(sample, name) else encoding_of(path)


def encoding_of_mark(head: bytes) -> str | None:
    """What the byte order mark says that a text may begin with."""
    return next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)


def without_mark(head: bytes) -> str | None:
    """Which UTF-16 the first bytes are in that have no mark: every second byte is mostly zero.

    What is UTF-8 as well, zeros and all, is UTF-16 only as plain English in it would be.
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = _ZEROS_IN_PLAIN if _is_whole_utf8(head) else _ZEROS
    if max(even, odd) < len(head) * least or min(even, odd) > max(even, odd) * _OTHER_ZEROS:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes, a megabyte at a time."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _foreign_lines(path: Path) -> bytes:
    """Lines with bytes beyond ASCII: the only ones that tell one encoding from another."""
    sample = bytearray()
    with path.open("rb") as stream:
        while len(sample) < _SAMPLE and (block := stream.read(CHUNK)):
            block += stream.readline(_SAMPLE)
            if not block.isascii():
                lines = block.splitlines(keepends=True)
                sample += b"".join(line for line in lines if not line.isascii())
    return bytes(sample[:_SAMPLE])


def _is_whole_utf8(head: bytes) -> bool:
    """Whether the bytes, of which the last may be cut off, are UTF-8 without a fault."""
    return _decoded(head, "utf-8") is not None


def _is_utf8(sample: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII are UTF-8: the rest was cut, or mixed in.

    Halves of emoji are of UTF-8 too, though no decoder takes them.
    """
    sample = _HALVES.sub(b"", sample)
    total = sum(byte > 0x7F for byte in sample)
    sound = sum(byte > 0x7F for byte in sample.decode(errors="ignore").encode())
    return sound >= total * _DAMAGED_SHARE


def _legacy(sample: bytes) -> str:
    paired = _is_paired(sample)
    shares = {name: _share(sample, name, common) for name, common in _COMMON.items()}
    if not paired:  # a Latin letter and the next one can be a character of Big5
        del shares["big5hkscs"]
    best = max(shares, key=lambda name: shares[name])
    eastern = shares[best] >= _COMMON_SHARE
    if eastern and paired:
        return best
    likely = alphabets.likely(sample)
    return best if eastern and not likely else _of_one_byte(sample, likely)


def _of_one_byte(sample: bytes, likely: list[str]) -> str:
    """The encoding of an alphabet: where several make words of it, the one that chardet prefers."""
    if len({_text(sample, name) for name in likely}) == 1:
        return likely[0]
    import chardet  # a tenth of a second, and seldom needed

    guesses = [_named(guess) for guess in chardet.detect_all(sample, compat_names=False)]
    if likely:
        confidence_of = dict(reversed(guesses))
        return max(likely, key=lambda name: confidence_of.get(name, 0.0))
    if _is_western(sample):
        return "cp1252"
    # Of UTF-16 and UTF-32 the marks and zeros were looked for.
    name, confidence = guesses[0]
    if not name or confidence < _CONFIDENCE or name.startswith(("utf-16", "utf-32")):
        raise Refused("encoding_unknown")
    return name


def _named(guess: Any) -> tuple[str, float]:
    return _known(guess["encoding"] or ""), guess["confidence"]


def _known(name: str) -> str:
    """The Python name of an encoding, or of a wider one; '' where there is none of this name."""
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return ""
    return _WIDER.get(name, name)


def _is_paired(sample: bytes) -> bool:
    runs = _RUN.findall(sample)
    return sum(map(len, runs)) >= _PAIRED_SHARE * len(sample.translate(None, _ASCII))


def _share(sample: bytes, encoding: str, common: frozenset[str]) -> float:
    """How many of the characters beyond ASCII are common ones; 0 when it does not decode."""
    foreign = [char for char in _text(sample, encoding) if char > "\x7f"]
    return sum(char in common for char in foreign) / len(foreign) if foreign else 0.0


def _is_western(sample: bytes) -> bool:
    """Whether the few letters beyond ASCII are those of Western European languages."""
    text = _text(sample, "cp1252")
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() and char > "\x7f" for char in text)
    return (
        _share(sample, "cp1252", WESTERN) >= _LATIN_SHARE and accented <= letters * _ACCENTED_SHARE
    )


def _text(sample: bytes, encoding: str) -> str:
    """The sample decoded; '' when more than a few of its lines are not in this encoding."""
    lines = sample.splitlines(keepends=True)
    texts = [text for line in lines if (text := _decoded(line, encoding)) is not None]
    return "".join(texts) if len(texts) >= len(lines) * _DAMAGED_SHARE else ""


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(line)  # a cut end does not count
    except UnicodeDecodeError:
        return None
