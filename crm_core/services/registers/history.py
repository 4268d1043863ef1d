"""What a row was: every version with who made it and when, and the way back to one."""

from dataclasses import dataclass
from datetime import datetime

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.services.registers import save
from crm_core.services.registers.rows import known, row
from crm_core.services.registers.values import Values, restored
from crm_core.store import Store

Difference = tuple[str, Value | None, Value | None]
"""Field, value before, value after; None: blank."""


@dataclass(frozen=True)
class Version:
    """A row as one change left it; `at` in UTC."""

    version: int
    at: datetime
    by: str
    values: Values
    changed: tuple[Difference, ...]
    """Against the version before it."""


def history(store: Store, _actor: Actor, name: str, key: str) -> list[Version]:
    """The versions of a row, the newest first; of one that was taken out as well. [] for none."""
    register = known(name)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT version, committed_at, actor_name, data FROM (SELECT * FROM programme.item"
            " UNION ALL BY NAME SELECT * EXCLUDE superseded_by FROM programme_history.item)"
            " LEFT JOIN app.change USING (change_id) WHERE register = ? AND id = ?"
            " ORDER BY version, change_id",
            [name, key],
        ).fetchall()
    versions, before = [], Values()
    for version, at, by, data in found:
        values = restored(register, data)
        versions.append(Version(version, at, by, values, differences(before, values)))
        before = values
    return versions[::-1]


@dataclass(frozen=True)
class Gone:
    """A row that was taken out; `at` in UTC."""

    id: str
    title: str
    at: datetime
    by: str


def taken_out(store: Store, _actor: Actor, name: str, search: str = "") -> list[Gone]:
    """The rows that were taken out and are not back, the last one first; `search`: every word of
    it stands in number or title. Refused("register_unknown")."""
    words = search.lower().split()
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT id, data ->> 'title' AS title, committed_at, actor_name FROM ("
            " SELECT id, arg_max(data, version) AS data, max(superseded_by) AS change_id"
            " FROM programme_history.item AS old WHERE register = $name"
            " AND id NOT IN (SELECT id FROM programme.item WHERE register = $name) GROUP BY id"
            ") LEFT JOIN app.change USING (change_id)"
            " WHERE list_bool_and([true] || list_transform($words::VARCHAR[],"
            " lambda word: contains(lower(id || ' ' || coalesce(title, '')), word)))"
            " ORDER BY change_id DESC, length(id), id",
            {"name": known(name).name, "words": words},
        ).fetchall()
    return [Gone(*one) for one in found]


def differences(before: Values, after: Values) -> tuple[Difference, ...]:
    """The fields whose values differ, in their order."""
    names = dict.fromkeys((*before, *after))
    return tuple(
        (name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def restore(store: Store, actor: Actor, name: str, key: str, version: int, now: int) -> None:
    """Make an earlier version the row's newest; `now` is the version that the reader saw.

    Refused: item_version_unknown; as save.change.
    """
    found = {one.version: one for one in history(store, actor, name, key)}
    if version not in found:
        raise Refused("item_version_unknown", id=key, version=version)
    save.change(store, actor, name, key, found[version].values, now)


@dataclass(frozen=True)
class Conflict:
    """What two people made of one version of a row: both wrote, none is lost."""

    theirs: Version
    """The newest version."""
    both: tuple[tuple[str, Value | None, Value | None, Value | None], ...]
    """Field, value before, theirs, mine: where both changed it, otherwise."""
    merged: Values
    """Mine with what only they changed."""


def conflict(store: Store, actor: Actor, name: str, key: str, base: int, mine: Values) -> Conflict:
    """Hold `mine`, a change of version `base`, against what the row has become meanwhile.

    Refused: item_unknown if it was taken out; item_version_unknown.
    """
    row(store, actor, name, key)
    versions = {one.version: one for one in history(store, actor, name, key)}
    if base not in versions:
        raise Refused("item_version_unknown", id=key, version=base)
    theirs, before = versions[max(versions)], versions[base].values
    merged, both = dict(mine), []
    for field, was, now in differences(before, theirs.values):
        if mine.get(field) == was:
            merged = _with(merged, field, now)
        elif mine.get(field) != now:
            both.append((field, was, now, mine.get(field)))
    return Conflict(theirs, tuple(both), merged)


def _with(values: Values, field: str, value: Value | None) -> Values:
    rest = {name: one for name, one in values.items() if name != field}
    return rest if value is None else rest | {field: value}
