"""Staged rows become rows of the store, inside one change; every line gets its fate."""

from dataclasses import dataclass

from crm_core.domain.fates import Fate
from crm_core.pipeline.derive import derive, supersede
from crm_core.pipeline.identity import repeated
from crm_core.pipeline.rows import Incoming, Source, Writer, apply
from crm_core.pipeline.set_aside import resolve, set_aside
from crm_core.pipeline.stage import Staged


@dataclass(frozen=True)
class Counts:
    """The fates of a table's lines, and the new rows derived for other entities."""

    fates: dict[Fate, int]
    derived: dict[str, int]


def publish(change: Writer, staged: Staged, source: Source) -> Counts:
    """Write the staged table, its lines' fates, its quarantine and what it derives."""
    _gather(change, staged)
    apply(change, Incoming("incoming_own", staged.spec.name, staged.fields, "own"), source)
    _keep_fates(change, staged, source)
    if change.cursor.execute(
        f"SELECT 1 FROM {staged.name} WHERE fate = 'quarantined' LIMIT 1"
    ).fetchone():
        set_aside(change, staged, source)
    resolve(change, staged, source)
    supersede(change, staged.spec.name)
    derived = derive(change, staged, source)
    counted = change.cursor.execute(
        "SELECT fate, count(*) FROM crm.line_fate WHERE file_id = ? GROUP BY fate", [source.file_id]
    ).fetchall()
    return Counts({Fate(fate): int(count) for fate, count in counted}, derived)


def _gather(change: Writer, staged: Staged) -> None:
    """The view `incoming_own`: one row per key. Of several lines the last filled cell counts.

    Those of several lines are in the temporary table `several_own`.
    """
    opened = f"FROM {staged.name} WHERE fate IS NULL"
    names = (*staged.fields, "extra")
    single = f"SELECT row_key, row_id, line, {', '.join(names)} {opened}"
    if staged.doubled:
        shared = f"row_key IN (FROM {repeated(staged.name)})"
        last = ", ".join(
            f"arg_max({name}, line) FILTER (WHERE {name} IS NOT NULL) AS {name}" for name in names
        )
        change.cursor.execute(
            "CREATE OR REPLACE TEMP TABLE several_own AS SELECT row_key, min(row_id) AS row_id,"
            f" max(line) AS line, min(line) AS first_line, {last} {opened}"
            f" AND {shared} GROUP BY row_key"
        )
        single += (
            f" AND NOT {shared} UNION ALL BY NAME SELECT * EXCLUDE (first_line) FROM several_own"
        )
    change.cursor.execute(f"CREATE OR REPLACE TEMP VIEW incoming_own AS {single}")


def _keep_fates(change: Writer, staged: Staged, source: Source) -> None:
    """A fate per line: the first line of a row has loaded it, later ones have updated it."""
    first, several, row = "true", "", "staged.row_id"
    if staged.doubled:
        first = "coalesce(staged.line = several.first_line, true)"
        several = " LEFT JOIN several_own AS several USING (row_key)"
        row = "several.row_id, staged.row_id"
    change.cursor.execute(
        f"""
        INSERT INTO crm.line_fate BY NAME
        SELECT {source.file_id} AS file_id, line, fate, why AS reason, NULL AS row_id
        FROM {staged.name} WHERE fate IS NOT NULL
        UNION ALL BY NAME
        SELECT {source.file_id} AS file_id, staged.line, CASE
                WHEN NOT changed THEN 'skipped'
                WHEN changed IS NULL AND {first} THEN 'loaded' ELSE 'updated' END AS fate,
            CASE WHEN NOT changed THEN 'known' END AS reason,
            coalesce(known.row_id, {row}) AS row_id
        FROM {staged.name} AS staged{several} LEFT JOIN temp.known AS known USING (row_key)
        WHERE staged.fate IS NULL
        """
    )
