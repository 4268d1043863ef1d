"""JSON text as values: the items of a list one at a time, also where an object holds the list."""

import json
import re
from collections.abc import Container, Generator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Refused
from crm_core.sources.limits import Limits
from crm_core.sources.lines import LONGEST_LINE, lines_of

_BLANKS = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Listed:
    """A list of objects that begins at a place of a text, and is read from there each time it is
    gone through: all its items together need many times the text's memory."""

    content: str
    at: int

    def __iter__(self) -> Iterator["Value"]:
        yield from _items(self.content, self.at)


Value = dict[str, Any] | list[Any] | Listed | str | bool | None


def values(text: Path) -> Iterator[Value]:
    """The outermost values: of a list, of one object a line, or the one that is the file.

    Numbers keep the characters they are written in; a name that comes twice in an object is
    numbered. Refused: json_broken with its line; too_many_columns.
    """
    with text.open(encoding="utf-8-sig") as lines:
        start = lines.readline(LONGEST_LINE)
        while start.isspace():
            start = lines.readline(LONGEST_LINE)
        first = start if start.endswith("\n") else ""  # else it is long, or all there is
        more = first != "" and any(map(str.strip, lines))
    if more and isinstance(_parsed_or_none(first), dict):
        with text.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines_of(lines), 1):
                if line.strip():
                    yield _parsed(line, number)
        return
    try:
        yield from _outermost(text.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as fault:
        raise Refused("json_broken", line=fault.lineno) from fault


def free(name: str, taken: Container[str]) -> str:
    """The name, with a number where it is taken."""
    if name not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name} ({number})") not in taken)


def _parsed(text: str, line: int) -> Value:
    try:
        value: Value = _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise Refused("json_broken", line=line + fault.lineno - 1) from fault
    return value


def _parsed_or_none(text: str) -> Value:
    try:
        return _parsed(text, 1)
    except Refused:
        return None


def _outermost(content: str) -> Iterator[Value]:
    at = _after_blanks(content, 0)
    if content.startswith("[", at):
        at = yield from _items(content, at)
    else:
        value, at = _value(content, at)
        yield value
    if content[at:].strip():
        raise json.JSONDecodeError("something follows the end", content, at)


def _value(content: str, at: int) -> tuple[Value, int]:
    """The value that begins here, the lists of objects in it left in the text; its end."""
    if content.startswith("{", at):
        return _fields(content, at)
    if content.startswith("[", at) and (end := _end_of_objects(content, at)):
        return Listed(content, at), end
    value, end = _DECODER.raw_decode(content, at)
    return value, end


def _fields(content: str, at: int) -> tuple[dict[str, Any], int]:
    pairs = []
    at, more = _first(content, at + 1, "}")
    while more:
        name, at = _name(content, at)
        value, at = _value(content, at)
        pairs.append((name, value))
        at, more = _next(content, at, "}")
    return _object(pairs), at


def _items(content: str, at: int) -> Generator[Value, None, int]:
    at, more = _first(content, at + 1, "]")
    while more:
        item, at = _DECODER.raw_decode(content, at)
        yield item
        at, more = _next(content, at, "]")
    return at


def _end_of_objects(content: str, at: int) -> int | None:
    """Where the list ends; None where it has something else in it, or nothing."""
    at, more = _first(content, at + 1, "]")
    if not more:
        return None
    while more:
        item, at = _DECODER.raw_decode(content, at)
        if not isinstance(item, dict):
            return None
        at, more = _next(content, at, "]")
    return at


def _name(content: str, at: int) -> tuple[str, int]:
    """A field's name, and where its value begins."""
    if not content.startswith('"', at):
        raise json.JSONDecodeError("a name is missing", content, at)
    name, at = _DECODER.raw_decode(content, at)
    at = _after_blanks(content, at)
    if not content.startswith(":", at):
        raise json.JSONDecodeError("a colon is missing", content, at)
    return name, _after_blanks(content, at + 1)


def _first(content: str, at: int, close: str) -> tuple[int, bool]:
    """Where the first part within brackets begins, True; or the end of empty ones, False."""
    at = _after_blanks(content, at)
    return (at + 1, False) if content.startswith(close, at) else (at, True)


def _next(content: str, at: int, close: str) -> tuple[int, bool]:
    """Where the part after one begins, True; or the end of the brackets, False."""
    at = _after_blanks(content, at)
    if content.startswith(close, at):
        return at + 1, False
    if not content.startswith(",", at):
        raise json.JSONDecodeError("a comma is missing", content, at)
    return _after_blanks(content, at + 1), True


def _after_blanks(content: str, at: int) -> int:
    found = _BLANKS.match(content, at)
    return found.end() if found else at


def _object(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    """An object of which no value is lost, though its name should come twice."""
    if len(pairs) > Limits.columns:
        raise Refused("too_many_columns", line=1, columns=len(pairs), limit=Limits.columns)
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        found[free(key, found)] = value
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=str
)
