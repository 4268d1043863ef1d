"""Staged rows become rows of the store, inside one change; every line gets its fate."""

from dataclasses import dataclass

from crm_core.domain.fates import Fate
from crm_core.pipeline.derive import derive, supersede
from crm_core.pipeline.identity import identifying_field, repeated
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.rows import Incoming, Source, Writer, apply
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
        _quarantine(change, staged, source)
    _resolve(change, staged, source)
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


def _resolve(change: Writer, staged: Staged, source: Source) -> None:
    """Close what earlier loads set aside of records that this one has loaded or updated.

    The record must be the same by a key of its own: a file's name and line number prove nothing.
    """
    change.cursor.execute(
        f"UPDATE crm.quarantine SET status = 'resolved', resolved_by = {source.batch_id}"
        f" WHERE status = 'open' AND entity = $entity AND batch_id <> {source.batch_id}"
        f" AND row_key IN (SELECT row_key FROM crm.{staged.spec.name}"
        f" WHERE origin = 'own' AND batch_id = {source.batch_id})",
        {"entity": staged.spec.name},
    )


def _quarantine(change: Writer, staged: Staged, source: Source) -> None:
    """The refused lines as a worklist: file, line, column, value, rule.

    A line that is there already, from an earlier load of the same file, is not put in twice.
    """
    identifier = identifying_field(staged.spec, set(staged.fields))
    key = f"{staged.name}.row_key" if identifier else "NULL::VARCHAR"
    header = {column.index: column.header for column in staged.plan.columns}
    titles = ", ".join(
        quoted(header.get(index, "").strip()) for index in range(staged.cells.columns)
    )
    cells = ", ".join(f"c{index}" for index in range(staged.cells.columns))
    change.cursor.execute(
        f"""
        INSERT INTO crm.quarantine BY NAME
        SELECT nextval('crm.row_id') AS quarantine_id, {source.batch_id} AS batch_id,
            {source.file_id} AS file_id, $entity AS entity, $file AS source_file,
            $sheet AS sheet, line AS source_line, [{titles}][bad_column + 1] AS column,
            [{cells}][bad_column + 1] AS value, why AS rule,
            json_object('cells', width, 'expected', {staged.cells.header_width}) AS reason,
            {key} AS row_key, 'open' AS status
        FROM {staged.name} JOIN {staged.cells.name} USING (line)
        WHERE fate = 'quarantined' AND NOT EXISTS (
            SELECT 1 FROM crm.quarantine AS waiting
            WHERE waiting.status IN ('open', 'resolved')
              AND waiting.row_key IS NOT DISTINCT FROM {key}
              AND waiting.entity = $entity AND waiting.source_file = $file
              AND waiting.sheet IS NOT DISTINCT FROM $sheet AND waiting.source_line = line
              AND waiting.rule = {staged.name}.why
              AND waiting.value IS NOT DISTINCT FROM [{cells}][bad_column + 1])
        ORDER BY line
        """,
        {"entity": staged.spec.name, "file": source.name, "sheet": staged.plan.sheet},
    )
