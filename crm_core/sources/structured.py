"""JSON and JSON lines: objects as rows, nested lists of objects as tables of their own."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, TypeGuard

from crm_core.domain.problems import Refused
from crm_core.sources.encoding import encoding_of
from crm_core.sources.jsontext import Listed, Value, free, values
from crm_core.sources.limits import Limits
from crm_core.sources.parquet import TableWriter
from crm_core.sources.table import Noted, RawTable
from crm_core.sources.text import DAMAGED, as_utf8

_DEEPEST = 50
# Names of a field that tells one object from another.
_KEY = re.compile(r"(?i:(^|[_. ])id)$|[a-z]I[Dd]$|编号$|编码$")

# An escape for half of a character beyond the first 65,536, as emoji are; a text cut off by a
# program that counts halves ends with one, which cannot be written as UTF-8.
_HALF_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")


class _Tables:
    """The tables by their names: rows are written as they come, the columns known at the end."""

    def __init__(self, folder: Path, limits: Limits, halves: bool) -> None:
        self._folder, self._limits, self._halves = folder, limits, halves
        self.damaged = Noted("bytes_damaged")
        self._found: dict[str, tuple[dict[str, None], TableWriter]] = {}

    def add(self, name: str, row: dict[str, str]) -> int:
        """Add a row to the table of this name; its place there, from 1."""
        if name not in self._found:
            if len(self._found) == self._limits.tables:
                raise Refused("too_many_tables", limit=self._limits.tables)
            target = self._folder / f"table{len(self._found)}.parquet"
            self._found[name] = {}, TableWriter(target, 0, self._limits.columns)
        columns, writer = self._found[name]
        line = writer.rows_added + 2  # the names of the columns are to stand above
        if self._halves:
            row = self._mended(line, row)
        if not row.keys() <= columns.keys():
            columns.update(dict.fromkeys(row))
        writer.add(line, list(map(row.get, columns, repeat(""))))
        return line - 1

    def _mended(self, line: int, row: dict[str, str]) -> dict[str, str]:
        """The row with a sign of damage for each half of a character."""
        wrong = next(filter(_HALF.search, chain(row, row.values())), None)
        if wrong is None:
            return row
        self.damaged.add(line, _whole(wrong))
        mended: dict[str, str] = {}
        for key, value in row.items():
            mended[free(_whole(key), mended)] = _whole(value)
        return mended

    def closed(self) -> Iterator[tuple[str, TableWriter]]:
        """Each table's name and what has written it, its columns' names in its first row."""
        for name, (columns, writer) in self._found.items():
            writer.close(header=list(columns))
            yield name, writer


def read_json(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's objects as one table, then one for each nested list of objects in them.

    The first row of each has the names, nested ones joined by dots. A row of an inner list begins
    with the key of the object it belongs to. Numbers keep the characters they are written in;
    lists of plain values are JSON text. A name that comes twice in an object is numbered.
    """
    encoding = encoding_of(path)
    text, notes = as_utf8(path, encoding, folder / "text")
    if not text.stat().st_size:
        raise Refused("file_empty")
    tables = _Tables(folder, limits, _has_halves(text))
    try:
        for item in values(text):
            _take(item, "", {}, tables, 0)
    except RecursionError as fault:
        raise Refused("json_too_deep", limit=_DEEPEST) from fault
    if text is not path:
        text.unlink()
    found = [
        replace(
            RawTable(path, writer.rows, writer.columns, writer.target, name or None),
            encoding=encoding,
            notes=[*notes, *tables.damaged.notes()],
        )
        for name, writer in tables.closed()
    ]
    if not found:
        raise Refused("file_empty")
    return found


def _take(item: Value, name: str, parent: dict[str, str], tables: _Tables, depth: int) -> None:
    """Put an object into the table of its name, and the lists of objects in it into theirs."""
    if depth > _DEEPEST:
        raise RecursionError
    row: dict[str, str] = dict(parent)
    inner: dict[str, Iterable[Value]] = {}
    for key, value in _fields(item if isinstance(item, dict) else {"value": item}, ""):
        if _is_listed(value):
            inner[free(key, inner)] = value
        else:
            row[free(key, row) if key in row else key] = _text(value)
    place = tables.add(name, row) if len(row) > len(parent) else 0
    for key, listed in inner.items():
        below = f"{name}.{key}" if name else key
        for value in listed:
            _take(value, below, _key(row, name, place), tables, depth + 1)


def _is_listed(value: Value) -> TypeGuard[Iterable[Value]]:
    """Whether it is a list of objects."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, dict) for one in value)
    return isinstance(value, Listed)


def _fields(item: dict[str, Any], before: str) -> Iterator[tuple[str, Value]]:
    if before.count(".") > _DEEPEST:
        raise RecursionError
    for key, value in item.items():
        if isinstance(value, dict) and value:
            yield from _fields(value, f"{before}{key}.")
        else:
            yield before + key, value


def _key(row: dict[str, str], name: str, place: int) -> dict[str, str]:
    """What a row of an inner list begins with: the key of its object, or else its number."""
    for key, value in row.items():
        if _KEY.search(key):
            return {f"{name or 'parent'}_id" if key.lower() == "id" else key: value}
    return {f"{name or 'parent'}_row": str(place)} if place else {}


def _has_halves(text: Path) -> bool:
    with text.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        return _HALF_ESCAPE.search(content) is not None


def _whole(text: str) -> str:
    return _HALF.sub(DAMAGED, text)


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return json.dumps(value, ensure_ascii=False)
