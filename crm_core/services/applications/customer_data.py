"""Which application keeps which field of a customer's record, as what, and what typing it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.applications import KeptField, Role
from crm_core.services import settings
from crm_core.store import Store

_HOUR = 60

# A cell is a field in an application; what several rows say of it is one.
_CELLS = """
SELECT
    lower(trim(entity)) || ' ' || lower(trim(field)) AS key,
    min(trim(entity)) AS entity,
    min(trim(field)) AS field,
    a.id AS application,
    any_value(a.title) AS title,
    list_sort(list(DISTINCT coalesce(f.role, 'unknown'))) AS roles,
    list_sort(list(DISTINCT f.id)) AS items,
    NOT bool_or(coalesce(f.role = 'master', false))
        AND bool_or(coalesce(f.role = 'typed', false)) AS typed_anew,
    sum(minutes_a_month) FILTER (f.role = 'typed') AS minutes
FROM programme.application_field AS f
JOIN programme.application AS a
    ON list_contains(f.application, a.id) AND coalesce(a."until" >= $today, TRUE)
GROUP BY key, a.id
"""
_ROLES = ", ".join(f"count(*) FILTER (list_contains(roles, '{role}'))" for role in Role)
_FIELDS = f"""
SELECT
    key, min(entity), min(field),
    count(*) FILTER (typed_anew),
    sum(minutes) FILTER (typed_anew),
    max(minutes) FILTER (typed_anew),
    count(*) FILTER (typed_anew AND minutes IS NULL),
    {_ROLES}
FROM cell GROUP BY key ORDER BY count(*) DESC, key
"""
_APPLICATIONS = """
SELECT application, title FROM cell
GROUP BY ALL ORDER BY count(*) DESC, lower(any_value(title)), application
"""
_FLOWS = """
SELECT
    master.application, other.application, count(*) FILTER (NOT other.typed_anew),
    count(*) FILTER (other.typed_anew)
FROM cell AS master JOIN cell AS other USING (key)
WHERE list_contains(master.roles, 'master') AND NOT list_contains(other.roles, 'master')
    AND list_has_any(other.roles, ['copy', 'typed'])
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Cell:
    """A field in an application."""

    roles: tuple[Role, ...]
    items: tuple[str, ...]
    """The rows of the register that say so."""


@dataclass(frozen=True)
class Flow:
    """What one application, as the master, gives to another: fields copied and typed by hand."""

    source: str
    target: str
    copied: int
    typed: int


@dataclass(frozen=True)
class CustomerData:
    """The fields by the applications that keep them."""

    applications: Mapping[str, str]
    """Id -> title; the one that keeps most fields first."""
    fields: tuple[KeptField, ...]
    """The one that is kept in most places first."""
    cells: Mapping[tuple[str, str], Cell]
    """Key of the field, id of the application -> what it is there."""
    flows: tuple[Flow, ...]
    hour_cost: Decimal | None
    """What an hour of work costs, in `currency`; None: nobody said."""
    currency: str | None

    def cost(self, minutes: Decimal | None) -> Decimal | None:
        """What so many minutes cost; None where one of the two is not known."""
        if self.hour_cost is None or minutes is None:
            return None
        return minutes * self.hour_cost / _HOUR


def customer_data(store: Store, _actor: Actor, today: date) -> CustomerData:
    """The matrix as the register application_field has it. Record and field count as the same in
    any case; a row that names no application of the catalogue, or one that has ended before
    today, is left out."""
    with store.snapshot() as cursor:
        known = settings.read_from(cursor)
        cursor.register("cell", cursor.sql(_CELLS, params={"today": today}).to_arrow_table())
        return CustomerData(
            dict(cursor.execute(_APPLICATIONS).fetchall()),
            tuple(_field(*row) for row in cursor.execute(_FIELDS).fetchall()),
            _cells(cursor),
            tuple(Flow(*row) for row in cursor.execute(_FLOWS).fetchall()),
            settings.hour_cost(known),
            known["home_currency"],
        )


def _field(*row: Any) -> KeptField:
    """A row of _FIELDS, its last columns the counts of the roles."""
    key, entity, field, *typed = row[: -len(Role)]
    roles = dict(zip(Role, row[-len(Role) :], strict=True))
    return KeptField(key, entity, field, roles, *typed)


def _cells(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Cell]:
    rows = cursor.execute("SELECT key, application, roles, items FROM cell").fetchall()
    return {
        (key, application): Cell(tuple(Role(role) for role in roles), tuple(items))
        for key, application, roles, items in rows
    }
