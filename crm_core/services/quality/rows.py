"""The rows behind a column's figures: without a value, with a wrong one, with a shared one."""

from dataclasses import dataclass
from typing import Any, Literal

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline.rules import wrong_values
from crm_core.reference import entities
from crm_core.services.quality import measure
from crm_core.store import Store

What = Literal["missing", "invalid", "duplicates"]
MOST = 200


@dataclass(frozen=True)
class Row:
    """A row of a table, how it is known, its value, and the line it came from."""

    number: str | None
    """Its own ID, where its table has one."""
    name: str | None
    value: Any
    file: str | None
    line: int | None


def behind(
    store: Store, _actor: Actor, entity: str, field: str, what: What, limit: int = MOST
) -> list[Row]:
    """The first rows that are counted as `what` in a column, in the order they were loaded.

    Cells that wait in quarantine are in no row. Refused("column_unknown").
    """
    spec = entities().get(entity)
    names = {one.name for one in spec.fields} if spec else set()
    if spec is None or field not in names or what not in ("missing", "invalid", "duplicates"):
        raise Refused("column_unknown", entity=entity, column=field)
    name = next((one for one in ("name", "subject") if one in names), "NULL")
    with store.read() as cursor:
        tests = {
            "missing": f"{field} IS NULL",
            "invalid": wrong_values(measure.rules_in_force(cursor)[entity]).get(field, "false"),
            "duplicates": f"{field} IN (SELECT {field} FROM crm.{entity} WHERE {field} IS NOT NULL"
            f" GROUP BY {field} HAVING count(*) > 1)",
        }
        order = f"{field}, row_id" if what == "duplicates" else "row_id"
        rows = cursor.execute(
            f"SELECT {spec.key or 'NULL'}, {name}, {field}, source_file, source_line"
            f" FROM crm.{entity} WHERE {tests[what]} ORDER BY {order} LIMIT ?",
            [max(0, min(limit, MOST))],
        ).fetchall()
    return [Row(*row) for row in rows]
