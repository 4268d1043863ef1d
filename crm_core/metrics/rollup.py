"""The views and macros (schema staging) and the rollup tables (schema mart) metrics read from."""

import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import Any, Literal

import duckdb
from pydantic import BaseModel, ConfigDict

from crm_core.metrics.folder import FOLDER
from crm_core.reference.sql_files import split

_FORMS = {
    "macro": "MACRO {name}({parameters}) AS {sql}",
    "table_macro": "MACRO {name}({parameters}) AS TABLE {sql}",
    "view": "VIEW {name} AS {sql}",
    "table": "TABLE {name} AS {sql}",
}
_COMMENTED = {"macro": "MACRO", "table_macro": "MACRO TABLE", "view": "VIEW", "table": "TABLE"}


class _Part(BaseModel):
    """One .sql file under staging/ or marts/."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """With its schema, as SQL has it."""
    kind: Literal["macro", "table_macro", "view", "table"]
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """The parts it reads from; they are made before it."""
    sql: str
    digest: str = ""
    """Of its text and of all that it reads from."""


def install(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make what is missing, and anew what was made from another text; else nothing is written.

    A table that is made is filled. Runs inside the caller's transaction, if there is one.
    """
    cursor.execute("CREATE SCHEMA IF NOT EXISTS staging")
    there = dict(_installed(cursor))
    for part in _parts():
        if there.get(part.name) != part.digest:
            _make(cursor, part)


def refresh(
    cursor: duckdb.DuckDBPyConnection, *, only: str | None = None, changed: str | None = None
) -> None:
    """Rebuild every rollup table, or `only` one, from the rows as the caller's transaction has.

    `changed`: the one table of schema crm that was written; what does not read from it stays.
    """
    for part in _parts():
        touched = changed is None or changed in _reads()[part.name]
        if part.kind == "table" and only in (None, part.name) and touched:
            _make(cursor, part)


def _make(cursor: duckdb.DuckDBPyConnection, part: _Part) -> None:
    form = _FORMS[part.kind].format(
        name=part.name, parameters=", ".join(part.parameters), sql=part.sql
    )
    cursor.execute(f"CREATE OR REPLACE {form}")
    cursor.execute(f"COMMENT ON {_COMMENTED[part.kind]} {part.name} IS '{part.digest}'")


def _installed(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """What is there, with the digest of the text that it was made from."""
    return cursor.execute(
        """
        SELECT schema_name || '.' || view_name, comment FROM duckdb_views()
        WHERE database_name = current_database() AND schema_name = 'staging'
        UNION ALL
        SELECT schema_name || '.' || table_name, comment FROM duckdb_tables()
        WHERE database_name = current_database() AND schema_name = 'mart'
        UNION ALL
        SELECT schema_name || '.' || function_name, comment FROM duckdb_functions()
        WHERE database_name = current_database() AND schema_name = 'staging'
        """
    ).fetchall()


@cache
def _parts() -> tuple[_Part, ...]:
    """Every part, those that it needs before it."""
    found = {part.name: part for part in _read()}
    order = TopologicalSorter({name: part.needs for name, part in found.items()}).static_order()
    done: dict[str, _Part] = {}
    for name in order:
        part = found[name]
        texts = (part.model_dump_json(), *(done[need].digest for need in part.needs))
        digest = sha256("\n".join(texts).encode()).hexdigest()
        done[name] = part.model_copy(update={"digest": digest})
    return tuple(done.values())


@cache
def _reads() -> dict[str, frozenset[str]]:
    """Part -> the tables of schema crm that it reads from, also by way of others."""
    found: dict[str, frozenset[str]] = {}
    for part in _parts():
        own = frozenset(re.findall(r"\bcrm\.(\w+)", part.sql))
        found[part.name] = own.union(*(found[need] for need in part.needs))
    return found


def _read() -> Iterator[_Part]:
    for folder, schema in (("staging", "staging"), ("marts", "mart")):
        for path in sorted((FOLDER / folder).glob("*.sql")):
            head, sql = split(path)
            fields: dict[str, Any] = head | {"name": f"{schema}.{path.stem}", "sql": sql}
            yield _Part.model_validate(fields)
