"""Rows of a register: one, or those that a reader asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.registers import SEVERAL, FieldKind, Register
from crm_core.reference.registers import registers
from crm_core.services.registers.values import Values, restored
from crm_core.store import Store

AREA = "programme"
_SELECT = (
    "SELECT id, version, data, committed_at, actor_name"
    " FROM {rows} LEFT JOIN app.change USING (change_id)"
)

# What a row says, without the names of its fields; quotes within a text are escaped, as in JSON.
_SAID = """lower(id || ' ' || regexp_replace(data::VARCHAR, '"[a-z_]+": ', '', 'g'))"""


@dataclass(frozen=True)
class Row:
    """A row as it is now; `at` in UTC."""

    id: str
    version: int
    values: Values
    at: datetime
    by: str


@dataclass(frozen=True)
class Query:
    """Which rows are asked for, and in which order."""

    search: str = ""
    """Every word of it stands somewhere in the row."""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the values of which it has one; "" is a blank one."""
    sort: str = "id"
    descending: bool = False
    limit: int | None = None
    offset: int = 0


def known(name: str) -> Register:
    """The register of that name, or of its plural: initiatives. Refused("register_unknown")."""
    found = registers().get(name) or registers().get(name.removesuffix("s"))
    if found is None:
        raise Refused("register_unknown", value=name, known=", ".join(registers()))
    return found


def row(store: Store, _actor: Actor, name: str, key: str) -> Row:
    """The row with this id. Refused: register_unknown, item_unknown."""
    with store.read() as cursor:
        return row_of(cursor, known(name), key)


def rows_of(
    cursor: duckdb.DuckDBPyConnection, register: Register, keys: Sequence[str]
) -> dict[str, Row]:
    """The rows with these ids, by id, as a cursor sees them."""
    found = cursor.execute(
        _SELECT.format(rows="programme.item")
        + " WHERE register = ? AND id IN (SELECT unnest(?::VARCHAR[]))",
        [register.name, list(keys)],
    ).fetchall()
    return {row.id: row for row in (_row(register, one) for one in found)}


def every_row(cursor: duckdb.DuckDBPyConnection, name: str) -> dict[str, Row]:
    """All rows of a register by id, in the order of their numbers, as a cursor sees them.
    Refused("register_unknown")."""
    register = known(name)
    found = cursor.execute(
        _SELECT.format(rows="programme.item") + " WHERE register = ? ORDER BY length(id), id",
        [register.name],
    ).fetchall()
    return {row.id: row for row in (_row(register, one) for one in found)}


def row_of(cursor: duckdb.DuckDBPyConnection, register: Register, key: str) -> Row:
    """The same, as a cursor sees it."""
    found = rows_of(cursor, register, [key]).get(key)
    if found is None:
        raise Refused("item_unknown", id=key)
    return found


def listed(
    store: Store, _actor: Actor, name: str, query: Query | None = None
) -> tuple[list[Row], int]:
    """The rows that are asked for, and how many there are without `limit`.

    Refused: register_unknown; item_field_unknown for a field to filter or sort by.
    """
    register, query = known(name), query or Query()
    tests, params = condition(register, query)
    view = f"programme.{register.name}"
    order = _order(register, query)
    most = "" if query.limit is None else f" LIMIT {max(0, query.limit)}"
    with store.snapshot() as cursor:
        [(count,)] = cursor.execute(f"SELECT count(*) FROM {view} WHERE {tests}", params).fetchall()
        found = cursor.execute(
            f"{_SELECT.format(rows=view)} WHERE {tests} ORDER BY {order}"
            f"{most} OFFSET {max(0, query.offset)}",
            params,
        ).fetchall()
    return [_row(register, one) for one in found], int(count)


def table(
    store: Store,
    _actor: Actor,
    name: str,
    query: Query,
    fields: tuple[str, ...],
    between: str = "; ",
) -> pa.Table:
    """The rows that are asked for as a table to look at: id and these fields, typed, links by the
    titles of their rows; what stands `between` the parts of a list. Refused as `listed`."""
    register = known(name)
    tests, params = condition(register, query)
    for one in fields:
        _require_field(register, one)
    columns = ", ".join(["id", *(_shown(register, one, between) for one in fields)])
    with store.read() as cursor:
        return cursor.sql(
            f"SELECT {columns} FROM programme.{name}{_titles(register, fields)} WHERE {tests}"
            f" ORDER BY {_order(register, query)}",
            params=params,
        ).to_arrow_table()


def answers(store: Store, _actor: Actor, name: str) -> dict[str, tuple[str, ...]]:
    """What stands in the fields that the list is filtered by, each once and in order; "" first
    where one is blank. Fields in which nothing stands are left out. Refused("register_unknown")."""
    register = known(name)
    found = {}
    with store.read() as cursor:
        for field in (one.name for one in register.fields if one.filtered):
            said = f"SELECT DISTINCT coalesce(\"{field}\", '') FROM programme.{name} ORDER BY 1"
            found[field] = tuple(one for (one,) in cursor.execute(said).fetchall())
    return {field: said for field, said in found.items() if any(said)}


def people(store: Store, _actor: Actor) -> tuple[str, ...]:
    """Whoever is named as the owner of a row, and the people of the programme, in order."""
    said = (
        "SELECT data ->> 'owner' AS name FROM programme.item UNION SELECT title FROM"
        " programme.person ORDER BY 1"
    )
    with store.read() as cursor:
        return tuple(name for (name,) in cursor.execute(said).fetchall() if name)


def _shown(register: Register, name: str, between: str) -> str:
    """SQL of a field as the table shows it."""
    match register.field(name).kind:
        case FieldKind.LIST:
            return f'array_to_string("{name}", \'{between}\') AS "{name}"'
        case FieldKind.LINK:
            titled = f'list_transform("{name}", lambda key: coalesce({name}_titles[key], key))'
            return f"array_to_string({titled}, '{between}') AS \"{name}\""
        case FieldKind.NUMBER:
            return f'"{name}"::DOUBLE AS "{name}"'
        case _:
            return f'"{name}"'


def _titles(register: Register, names: Sequence[str]) -> str:
    """SQL of the titles behind each field that links, one row each, to be joined to every row."""
    links = [register.field(one) for one in names if register.field(one).kind is FieldKind.LINK]
    return "".join(
        f", (SELECT map(list(id), list(title)) AS {one.name}_titles FROM programme.{one.of})"
        for one in links
    )


def condition(register: Register, query: Query) -> tuple[str, list[object]]:
    """SQL over the register's view for what a query asks for, and its parameters, by position.

    Refused("item_field_unknown").
    """
    tests, params = ["true"], list[object]()
    for word in query.search.lower().split():
        tests.append(f"contains({_SAID}, ?)")
        params.append(simplejson.dumps(word, ensure_ascii=False)[1:-1])
    for name, values in query.where.items():
        _require_field(register, name)
        tests.append(_has_any(register, name) if values else "false")
        params += [list(values)] if values else []
    return " AND ".join(tests), params


def _has_any(register: Register, name: str) -> str:
    """SQL for a field that has one of the values of a parameter; what means a row does so in any
    case, as in programme.link."""
    field = None if name == "id" else register.field(name)
    is_list = field is not None and field.kind in SEVERAL
    held = f'"{name}"' if is_list else f"[coalesce(\"{name}\"::VARCHAR, '')]"
    wanted = "?::VARCHAR[]"
    if field and field.means:
        held, wanted = plain_names(held), plain_names(wanted)
    return f"list_has_any({held}, {wanted})"


def plain_names(names: str) -> str:
    """SQL of a list of names as they are compared: without case and outer blanks."""
    return f"list_transform({names}, lambda name: lower(trim(name)))"


def _order(register: Register, query: Query) -> str:
    """By a field, blank ones last; ids by their number: G-9 stands before G-10."""
    _require_field(register, query.sort)
    way = "DESC" if query.descending else "ASC"
    by_id = f"length(id) {way}, id {way}"
    return by_id if query.sort == "id" else f'"{query.sort}" {way} NULLS LAST, length(id), id'


def _require_field(register: Register, name: str) -> None:
    if name != "id" and all(one.name != name for one in register.fields):
        raise Refused("item_field_unknown", value=name, register=register.name)


def _row(register: Register, found: tuple[str, int, str, datetime, str]) -> Row:
    key, version, data, at, by = found
    return Row(key, version, restored(register, data), at, by)
