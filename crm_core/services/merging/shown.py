"""What is shown of records that are one: which row fills which field, and why that row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline.rows import TECHNICAL, columns_of
from crm_core.services import settings
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.records import OF_ONE, check
from crm_core.services.merging.survivorship import KEY, Survivorship
from crm_core.store import Store, as_dicts

Cursor = duckdb.DuckDBPyConnection
Why = Literal["chosen", "newest", "longest", "source", "first"]
"""By hand; by the company's rule for the field; or the first that is filled."""
MOST_EXAMPLES = 5


@dataclass(frozen=True)
class Member:
    """A row of a record, as its source tells it."""

    row_id: int
    name: str | None
    source_file: str | None
    source_line: int | None
    loaded_at: datetime
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """A field of a record: the value that is shown, the row that it comes from, and why."""

    field: str
    value: Any
    row_id: int
    why: Why


@dataclass(frozen=True)
class Effect:
    """What rules would change in a field: of how many records, and of some before and after."""

    field: str
    records: int
    examples: Sequence[tuple[str | None, str | None]]


class _Rehearsed(Exception):  # noqa: N818 - leaves a change that must not commit
    pass


def record(
    store: Store, _actor: Actor, entity: str, row_id: int
) -> tuple[list[Member], list[Shown]]:
    """The rows that are one with this one, the first to fill a field first; and what is shown.

    Refused: entity_not_merged; record_unknown where the row is gone or merged with none.
    """
    check(entity)
    with store.read() as cursor:
        members = _members(cursor, entity, row_id)
        if not members:
            raise Refused("record_unknown", id=row_id)
        fields = _fields(cursor, entity)
        firsts = ", ".join(
            f"arg_min(row_id, {_place(name)}) FILTER ({name} IS NOT NULL)" for name in fields
        )
        [holders] = cursor.execute(
            f"SELECT {firsts} {_joined(entity)} WHERE {OF_ONE}", {"entity": entity, "row": row_id}
        ).fetchall()
        why = _reasons(cursor, entity, row_id)
    by_row = {member.row_id: member.values for member in members}
    shown = [
        Shown(name, by_row[holder][name], holder, why.get(name, "first"))
        for name, holder in zip(fields, holders, strict=True)
        if holder is not None
    ]
    return members, shown


def effect(store: Store, actor: Actor, entity: str, chosen: Survivorship) -> list[Effect]:
    """What these rules would change in the entity's records; nothing is changed.

    Refused("entity_not_merged").
    """
    check(entity)
    found: list[Effect] = []
    try:
        with store.change(actor, "setting.set", area=AREA) as change:
            _note(change.cursor, entity, "shown_before")
            settings.put(change, KEY, asdict(chosen))
            metrics.refresh(change.cursor, only="mart.winner")
            _note(change.cursor, entity, "shown_after")
            found = _differences(change.cursor)
            raise _Rehearsed
    except _Rehearsed:
        return found


def _joined(entity: str) -> str:
    return f"""
        FROM crm.{entity} JOIN mart.member AS m USING (row_id)
        LEFT JOIN mart.winner AS w ON w.entity = m.entity AND w.row_id = m.row_id
    """


def _place(name: str) -> str:
    return f"staging.place(won, '{name}', rank)"


def _fields(cursor: Cursor, entity: str) -> list[str]:
    return [name for name in columns_of(cursor, entity) if name not in TECHNICAL]


def _members(cursor: Cursor, entity: str, row_id: int) -> list[Member]:
    result = cursor.execute(
        f"SELECT r.* FROM crm.{entity} AS r JOIN mart.member AS m USING (row_id)"
        f" WHERE {OF_ONE} ORDER BY rank",
        {"entity": entity, "row": row_id},
    )
    return [
        Member(
            row["row_id"],
            row["name"],
            row["source_file"],
            row["source_line"],
            row["loaded_at"],
            {name: value for name, value in row.items() if name not in TECHNICAL},
        )
        for row in as_dicts(result)
    ]


def _reasons(cursor: Cursor, entity: str, row_id: int) -> dict[str, Why]:
    """Field -> why one row comes before the others, where it is not the order alone."""
    rules = settings.read_from(cursor).get(KEY, {}).get("rules", {}).get(entity, {})
    chosen = cursor.execute(
        f"SELECT field FROM staging.chosen JOIN mart.member AS m USING (entity, key, row_key)"
        f" WHERE {OF_ONE}",
        {"entity": entity, "row": row_id},
    ).fetchall()
    return dict(rules) | dict.fromkeys((field for (field,) in chosen), "chosen")


def _note(cursor: Cursor, entity: str, into: str) -> None:
    """Temporary table `into` of key, field and the value shown, of the entity's merged records."""
    cells = ", ".join(
        f"arg_min({name}, {_place(name)})::VARCHAR AS {name}" for name in _fields(cursor, entity)
    )
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {into} AS UNPIVOT"
        f" (SELECT m.key, {cells} {_joined(entity)} WHERE m.entity = '{entity}' GROUP BY m.key)"
        " ON COLUMNS(* EXCLUDE key) INTO NAME field VALUE value"
    )


def _differences(cursor: Cursor) -> list[Effect]:
    rows = cursor.execute(
        f"""
        SELECT field, count(*) AS records,
            list((was.value, will.value) ORDER BY key)[:{MOST_EXAMPLES}]
        FROM temp.shown_before AS was JOIN temp.shown_after AS will USING (key, field)
        WHERE was.value <> will.value GROUP BY field ORDER BY records DESC, field
        """
    ).fetchall()
    return [Effect(*row) for row in rows]
