"""Takes the profile of a table of the store, or of a load's file as it came."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.entities import Kind
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.reference import entities
from crm_core.services.profile.asking import one_row
from crm_core.services.profile.column import column, summary
from crm_core.services.profile.forms import forms_of
from crm_core.services.profile.shape import Profile
from crm_core.store import Store

Cursor = duckdb.DuckDBPyConnection

LOOKED_AT = 200_000
"""Of a larger table so many rows, drawn at random, stand for all: what is said is marked so."""

_MEASURED = {Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, None}
"""Fields whose cells a file's profile measures; of an ID the least and the most say nothing."""


def of_table(store: Store, _actor: Actor, entity: str) -> Profile:
    """The profile of a table of the store. Refused("entity_unknown")."""
    if entity not in entities():
        raise Refused("entity_unknown", entity=entity, known=", ".join(entities()))
    spec = entities()[entity]
    names = {f"c{place}": one.name for place, one in enumerate(spec.fields)}
    cells = ", ".join(f"{name} AS {place}" for place, name in names.items())
    aside = next((place for place, name in names.items() if name == spec.key), None)
    with store.snapshot() as cursor:
        return _profile(cursor, f"SELECT {cells} FROM crm.{entity}", names, set(names), aside)


def of_file(store: Store, _actor: Actor, file_id: int) -> Profile:
    """The profile of a load's file (or sheet) as it came, below its header.

    Refused("file_unknown") where no lines of it are kept.
    """
    with store.read() as cursor:
        kept = cursor.execute(
            "SELECT archive, plan FROM crm.batch_file WHERE file_id = ? AND archive IS NOT NULL",
            [file_id],
        ).fetchone()
    if kept is None or not (store.files / kept[0]).exists():
        raise Refused("file_unknown", id=file_id)
    plan = TablePlan.model_validate_json(kept[1])
    with _lines(store.files / kept[0], plan.header_line) as cursor:
        columns = [row[0] for row in cursor.execute("DESCRIBE line").fetchall()]
        titles = plan.titles(len(columns))
        names = {name: titles[place] for place, name in enumerate(columns)}
        rows = f"SELECT * FROM line WHERE coalesce({', '.join(columns)}) IS NOT NULL"
        return _profile(cursor, rows, names, _texts(plan), None)


def _texts(plan: TablePlan) -> set[str]:
    """The columns that are known to hold texts, whatever their cells look like."""
    found = set()
    for one in plan.columns:
        spec = entities().get(one.entity or plan.entity or "")
        kinds = {it.name: it.kind for it in spec.fields} if spec else {}
        if kinds.get(one.field or "") not in _MEASURED:
            found.add(f"c{one.index}")
    return found


@contextmanager
def _lines(archive: Path, header: int) -> Iterator[Cursor]:
    """The lines of a file below its header as the view `line` of a database of its own."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute(
            "CREATE VIEW line AS SELECT nullif(COLUMNS(* EXCLUDE (line, width)), '')"
            f" FROM {lines_in(connection, archive)} WHERE line > {header}"
        )
        yield connection


def _profile(
    cursor: Cursor, rows: str, names: Mapping[str, str], texts: set[str], aside: str | None
) -> Profile:
    """`rows`: SQL; `names`: its columns c0 … and how each is called; `texts`: those of them that
    stay texts; `aside`: the row's own number."""
    total, *filled = one_row(
        cursor, f"SELECT count(*), {', '.join(f'count({c})' for c in names)} FROM ({rows})"
    )
    sampled = total > LOOKED_AT
    sample = f" USING SAMPLE reservoir({LOOKED_AT} ROWS) REPEATABLE (7)" if sampled else ""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE looked AS {rows}{sample}")
    forms = forms_of(cursor, names, texts)
    source = f"({rows})" if sampled else "looked"
    count = "approx_count_distinct({})" if sampled else "count(DISTINCT {})"
    different = one_row(cursor, f"SELECT {', '.join(count.format(c) for c in names)} FROM {source}")
    known = summary(cursor, rows, names, forms, sampled)
    columns = tuple(
        column(cursor, (place, name), forms[place], (total, have, several), known[place])
        for (place, name), have, several in zip(names.items(), filled, different, strict=True)
    )
    repeated = None if sampled else _repeated(cursor, aside)
    return Profile(total, repeated, sampled, columns)


def _repeated(cursor: Cursor, aside: str | None) -> int:
    cells = f"* EXCLUDE ({aside})" if aside else "*"
    (repeated,) = one_row(
        cursor,
        "SELECT coalesce(sum(n - 1), 0)::BIGINT"
        f" FROM (SELECT {cells}, count(*) AS n FROM looked GROUP BY ALL)",
    )
    return int(repeated)
