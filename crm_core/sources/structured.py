"""JSON and JSON lines: objects as rows, nested lists of objects as tables of their own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Refused
from crm_core.sources.encoding import encoding_of
from crm_core.sources.limits import Limits
from crm_core.sources.parquet import TableWriter
from crm_core.sources.table import RawTable
from crm_core.sources.text import as_utf8

_DEEPEST = 50
# Names of a field that tells one object from another.
_KEY = re.compile(r"(?i:(^|[_. ])id)$|[a-z]I[Dd]$|编号$|编码$")

Value = dict[str, Any] | list[Any] | str | bool | None


@dataclass
class _Table:
    """Rows as they are found, and the columns in the order in which they first appear."""

    columns: dict[str, None] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)


def read_json(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The file's objects as one table, then one for each nested list of objects in them.

    The first row of each has the names, nested ones joined by dots. A row of an inner list begins
    with the key of the object it belongs to. Numbers keep the characters they are written in;
    lists of plain values are JSON text.
    """
    encoding = encoding_of(path)
    text, notes = as_utf8(path, encoding, folder / "text")
    content = text.read_text(encoding="utf-8-sig")
    tables: dict[str, _Table] = {}
    try:
        for item in _items(content):
            _take(item, "", {}, tables, 0)
    except RecursionError as fault:
        raise Refused("json_too_deep", limit=_DEEPEST) from fault
    if text is not path:
        text.unlink()
    found = []
    for number, (name, table) in enumerate(tables.items()):
        target = folder / f"table{number}.parquet"
        _write(table, target, limits)
        rows, columns = len(table.rows) + 1, len(table.columns)
        found.append(
            RawTable(
                path, rows, columns, target, sheet=name or None, encoding=encoding, notes=notes
            )
        )
    if not found:
        raise Refused("file_empty")
    return found


def _items(content: str) -> Iterator[Value]:
    """The outermost objects: of a list, of one object a line, or the one that is the file."""
    first, _, rest = content.lstrip().partition("\n")
    if rest.strip() and isinstance(_parsed_or_none(first), dict):
        for number, line in enumerate(content.splitlines(), 1):
            if line.strip():
                yield _parsed(line, number)
        return
    whole = _parsed(content, 1)
    yield from whole if isinstance(whole, list) else [whole]


def _parsed(text: str, first_line: int) -> Value:
    try:
        value: Value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as fault:
        raise Refused("json_broken", line=first_line + fault.lineno - 1) from fault
    return value


def _parsed_or_none(text: str) -> Value:
    try:
        return _parsed(text, 1)
    except Refused:
        return None


def _take(
    item: Value, name: str, parent: dict[str, str], tables: dict[str, _Table], depth: int
) -> None:
    """Put an object into the table of its name, and the lists of objects in it into theirs."""
    if depth > _DEEPEST:
        raise RecursionError
    row, inner = dict(parent), dict[str, list[Any]]()
    for key, value in _fields(item if isinstance(item, dict) else {"value": item}, ""):
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            inner[key] = value
        else:
            row[key] = _text(value)
    if len(row) > len(parent):
        table = tables.setdefault(name, _Table())
        table.columns.update(dict.fromkeys(row))
        table.rows.append(row)
    for key, values in inner.items():
        below = f"{name}.{key}" if name else key
        for value in values:
            _take(value, below, _key(row, name, tables), tables, depth + 1)


def _fields(item: dict[str, Any], before: str) -> Iterator[tuple[str, Value]]:
    if before.count(".") > _DEEPEST:
        raise RecursionError
    for key, value in item.items():
        if isinstance(value, dict) and value:
            yield from _fields(value, f"{before}{key}.")
        else:
            yield before + key, value


def _key(row: dict[str, str], name: str, tables: dict[str, _Table]) -> dict[str, str]:
    """What a row of an inner list begins with: the key of its object, or else its number."""
    for key, value in row.items():
        if _KEY.search(key):
            return {f"{name or 'parent'}_id" if key.lower() == "id" else key: value}
    return {f"{name or 'parent'}_row": str(len(tables[name].rows))} if name in tables else {}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _write(table: _Table, target: Path, limits: Limits) -> None:
    columns = list(table.columns)
    if len(columns) > limits.columns:
        raise Refused("too_many_columns", line=1, columns=len(columns), limit=limits.columns)
    writer = TableWriter(target, len(columns), limits.columns)
    writer.add(1, columns)
    for line, row in enumerate(table.rows, 2):
        writer.add(line, [row.get(column, "") for column in columns])
    writer.close()
