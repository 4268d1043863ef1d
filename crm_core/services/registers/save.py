"""Writing rows of a register: each change with its version, its history and who made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain import goals
from crm_core.domain.actor import Actor
from crm_core.domain.planning import entry
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import Register, Value, wrong
from crm_core.reports.cells import printable
from crm_core.services import plan_span
from crm_core.services.clock import utc_now
from crm_core.services.registers import measures
from crm_core.services.registers.rows import AREA, Row, every_row, known, row_of, rows_of
from crm_core.services.registers.values import BETWEEN, Values, filled, stored
from crm_core.store import Change, Store

_ITEM = "programme.item"
LONGEST_ID = 100
_Stored = tuple[str, int, str]
"""Id, version, values as JSON."""


class ItemRefused(Refused):
    """A row that cannot be kept as it is: `problems` says what is wrong, by field."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        first = next(iter(problems.values()))
        super().__init__(first.code, **first.params)
        self.problems = dict(problems)


@dataclass(frozen=True)
class Write:
    """One row to write: a new one where `version` is None, else a change of that version."""

    id: str | None
    """None: the product gives a new row its id."""
    values: Mapping[str, Value | None]
    """Every field that is not blank."""
    version: int | None = None


def add(store: Store, actor: Actor, name: str, values: Mapping[str, Value | None]) -> str:
    """Keep a new row; its id. ItemRefused says what is wrong with which field."""
    return write(store, actor, name, [Write(None, values)])[0]


def change(
    store: Store,
    actor: Actor,
    name: str,
    key: str,
    values: Mapping[str, Value | None],
    version: int,
) -> None:
    """Keep a row's new values. Refused("item_changed") if it is no longer the version that they
    are a change of: by somebody else, who is named; "item_unknown" if it is gone. The same values
    again change nothing, whatever the version: a save that is repeated does no harm."""
    write(store, actor, name, [Write(key, values, version)])


def write(store: Store, actor: Actor, name: str, writes: Sequence[Write]) -> list[str]:
    """Keep several rows, all or none; their ids. Refused as `add` and `change`, and
    "item_id_taken" for a new row with an id that there is or was already."""
    with store.change(actor, f"{name}.write", area=AREA) as change:
        keys = put(change, name, writes)
        change.subject = keys[0] if len(keys) == 1 else None
    return keys


def put(change: Change, name: str, writes: Sequence[Write]) -> list[str]:
    """The same inside a larger change."""
    register = known(name)
    made = [(one, checked(register, one.values)) for one in writes]
    new = _Ids(change.cursor, register)
    held = rows_of(change.cursor, register, [str(one.id) for one in writes if one.version])
    keys, rows = [], list[_Stored]()
    for one, said in made:
        now = held.get(str(one.id)) if one.version else None
        if one.version and now is None:
            raise Refused("item_unknown", id=one.id)
        values = _titled(register, now, said)
        keys.append(now.id if now else new.taken(one.id))
        if now is None or now.values != values:
            _require_version(now, one.version)
            rows.append((keys[-1], now.version + 1 if now else 1, stored(values)))
    _replace(change, register, rows)
    if register.name == entry.WINDOW:
        _require_room(change, [values for _, values in made])
    if register.name == entry.REGISTER:
        _require_links(change, [key for key, _, _ in rows])
    change.detail = {"rows": len(rows)}
    return keys


def _require_room(change: Change, said: Sequence[Values]) -> None:
    """No window leaves the roadmap no day at all."""
    first, last = plan_span.read_from(change.cursor, utc_now().date()).days
    for values in said:
        if entry.covers_everything(values, first, last):
            raise ItemRefused({"ends": Problem("plan_window", {"first": first, "last": last})})


def _require_links(change: Change, keys: Sequence[str]) -> None:
    """Initiatives wait for others that are there, and never in a circle."""
    links = {
        key: row.values.get("depends_on", ())
        for key, row in every_row(change.cursor, entry.REGISTER).items()
    }
    wrong_ones = entry.wrong_links(
        {key: one for key, one in links.items() if isinstance(one, tuple)}
    )
    for key in keys:
        if key in wrong_ones:
            raise ItemRefused({"depends_on": wrong_ones[key]})


def remove(store: Store, actor: Actor, name: str, rows: Mapping[str, int]) -> None:
    """Take rows out, all or none: id -> version. They stay in the history. Refused as `change`."""
    with store.change(actor, f"{name}.remove", area=AREA) as change:
        take_out(change, name, rows)
        change.subject = next(iter(rows)) if len(rows) == 1 else None
        change.detail = {"rows": len(rows)}


def take_out(change: Change, name: str, rows: Mapping[str, int]) -> None:
    """The same inside a larger change."""
    register = known(name)
    for key, version in rows.items():
        _require_version(row_of(change.cursor, register, key), version)
    _retire(change, name, list(rows))


def bring_back(
    store: Store,
    actor: Actor,
    name: str,
    key: str,
    values: Mapping[str, Value | None] | None = None,
) -> None:
    """Put a row back that was taken out, as it was, or with other values as one change. Refused:
    item_id_taken if it is there; item_unknown if it never was; as `add` for the values."""
    with store.change(actor, f"{name}.bring_back", area=AREA, subject=key) as change:
        put_back(change, name, key)
        if values is not None:
            now = row_of(change.cursor, known(name), key)
            put(change, name, [Write(key, values, now.version)])


def put_back(change: Change, name: str, key: str) -> None:
    """The same inside a larger change."""
    there = "register = $name AND id = $key"
    params = {"name": known(name).name, "key": key}
    if change.cursor.execute(f"FROM {_ITEM} WHERE {there}", params).fetchone():
        raise Refused("item_id_taken", id=key)
    change.cursor.execute(
        f"INSERT INTO {_ITEM} SELECT register, id, version + 1, data, $change"
        f" FROM programme_history.item WHERE {there} ORDER BY version DESC LIMIT 1",
        params | {"change": change.change_id},
    )
    if not change.cursor.execute(f"FROM {_ITEM} WHERE {there}", params).fetchone():
        raise Refused("item_unknown", id=key)


def checked(
    register: Register,
    values: Mapping[str, Value | None],
    unread: Mapping[str, Problem] | None = None,
) -> Values:
    """The values as they would be kept. ItemRefused says what is wrong with which field, the
    fields that could not be `unread` among them."""
    said = filled(register, values)
    if register.titled_by and "title" not in said and register.titled_by in said:
        said["title"] = said[register.titled_by]
    problems = wrong(register, said) | dict(unread or {})
    is_asked = "title" in problems and "title" not in said and "title" not in (unread or {})
    if register.titled_by and is_asked:
        # A blank title is no mistake there: the field that it is taken from is to be filled in.
        problems = {register.titled_by: problems.pop("title")} | problems
    if register.name == goals.REGISTER:
        problems = goals.wrong(said) | measures.wrong(said) | problems
    problems |= entry.wrong_values(register.name, said)
    if problems:
        raise ItemRefused(problems)
    return said


def _titled(register: Register, now: Row | None, values: Values) -> Values:
    """A title that was taken from another field goes on following it."""
    field = register.titled_by
    if now is None or not field or values["title"] != now.values["title"]:
        return values
    taken = now.values["title"] == now.values.get(field)
    return values | {"title": values[field]} if taken else values


def _replace(change: Change, register: Register, rows: Sequence[_Stored]) -> None:
    """Put rows in the place of those with the same ids, which move to the history."""
    ids, versions, data = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 3
    )
    _retire(change, register.name, ids)
    change.cursor.execute(
        f"INSERT INTO {_ITEM} SELECT $register, unnest($ids::VARCHAR[]),"
        " unnest($versions::INTEGER[]), unnest($data::VARCHAR[]), $change",
        {
            "register": register.name,
            "ids": ids,
            "versions": versions,
            "data": data,
            "change": change.change_id,
        },
    )


def _retire(change: Change, name: str, ids: Sequence[str]) -> None:
    wanted = "register = $name AND id IN (SELECT unnest($ids::VARCHAR[]))"
    change.retire(_ITEM, wanted, {"name": name, "ids": list(ids)})


def _require_version(now: Row | None, version: int | None) -> None:
    if now is not None and now.version != version:
        raise Refused("item_changed", id=now.id, by=now.by, at=now.at)


class _Ids:
    """The ids of a register: none is given twice, not even after its row is gone."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, register: Register) -> None:
        self._prefix = register.prefix
        rows = cursor.execute(
            f"SELECT DISTINCT id FROM (SELECT register, id FROM {_ITEM}"
            " UNION ALL SELECT register, id FROM programme_history.item) WHERE register = ?",
            [register.name],
        ).fetchall()
        self._known = {key.lower() for (key,) in rows}
        start, numbers = f"{self._prefix}-".lower(), [0]
        numbers += [
            int(key.removeprefix(start))
            for key in self._known
            if key.startswith(start) and key.removeprefix(start).isdecimal()
        ]
        self._last = max(numbers)

    def taken(self, wished: str | None) -> str:
        """The id that is wished for, or the next one. Refused("item_id_taken", "item_id")."""
        if wished is None:
            self._last += 1
            wished = f"{self._prefix}-{self._last}"
        elif wished.lower() in self._known:
            raise Refused("item_id_taken", id=wished)
        elif not is_id(wished):
            raise Refused("item_id", id=wished)
        self._known.add(wished.lower())
        return wished


def is_id(wished: str) -> bool:
    """Whether a link can name it: in a cell, beside others."""
    is_plain = wished == printable(wished).strip() and not BETWEEN.search(wished)
    return is_plain and 0 < len(wished) <= LONGEST_ID
