"""A text file as UTF-8 that can be parsed: decoded, damaged bytes shown, wrong decodings undone."""

import codecs
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from crm_core.sources.encoding import chunks
from crm_core.sources.lines import lines_of
from crm_core.sources.mojibake import is_suspect, mended
from crm_core.sources.table import Note, Noted

# Stands where a byte is not of the encoding.
DAMAGED = "\ufffd"
_ASCII = bytes(range(128))


def as_utf8(path: Path, encoding: str, target: Path) -> tuple[Path, list[Note]]:
    """The file itself where it is sound UTF-8, else `target`, written; and what was noted."""
    if not all(map(is_sound, texts(path, encoding))):
        return target, _written_by_line(path, encoding, target)
    if encoding.startswith("utf-8"):
        return path, []
    with target.open("wb") as out:
        for text in texts(path, encoding):
            out.write(text.encode())
    return target, []


def is_sound(text: str, encoded: bytes | None = None) -> bool:
    """Whether no byte of a decoded text was damaged and nothing looks wrongly decoded.

    `encoded`: the text as UTF-8, where it is at hand; it may be cut within its outer characters.
    """
    if text.isascii():
        return True
    foreign = _foreign(text.encode() if encoded is None else encoded)
    return DAMAGED not in text and not (is_suspect(foreign) and is_suspect(text))


def _foreign(encoded: bytes) -> str:
    """The characters beyond ASCII alone: quick to search, and wrong decodings stay together."""
    return encoded.translate(None, _ASCII).decode(errors="ignore")


def texts(path: Path, encoding: str) -> Iterator[str]:
    """The file decoded, piece by piece; damaged bytes as DAMAGED."""
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    for chunk in chain(chunks(path), [b""]):
        yield decode(chunk, final=not chunk)


def _written_by_line(path: Path, encoding: str, target: Path) -> list[Note]:
    damaged, mistaken = Noted("bytes_damaged"), Noted("encoding_mended")
    with (
        path.open(encoding=encoding, errors="replace", newline="") as stream,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for number, line in enumerate(lines_of(stream), 1):
            text = mended(line) if is_suspect(line) else line
            if DAMAGED in line:
                damaged.add(number, line.rstrip("\r\n"))
            elif text != line:
                mistaken.add(number, line.rstrip("\r\n"))
            out.write(text)
    return [*damaged.notes(), *mistaken.notes()]
