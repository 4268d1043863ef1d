"""Refused lines wait on the worklist; those of records that came in after all wait no longer."""

from collections.abc import Sequence

from crm_core.pipeline.identity import content_of, identifying_field
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.rows import Source, Writer
from crm_core.pipeline.stage import Staged

_KNOWN = """
    SELECT max(quarantine_id) AS waits_as, rule, row_key, fingerprint FROM crm.quarantine AS earlier
    WHERE entity = $entity AND (status = 'open' OR status = 'resolved' AND NOT EXISTS (
        SELECT 1 FROM crm.quarantine AS other JOIN crm.batch_file AS file USING (file_id)
        WHERE other.status = 'open' AND other.entity = $entity
          AND other.row_key = earlier.row_key AND corrects IS NULL))
    GROUP BY rule, row_key, fingerprint"""
"""SQL: lines that need not wait anew. One that was seen to counts while nothing else that was
delivered waits of its record: what waits is what was told last."""


def resolve(change: Writer, staged: Staged, source: Source) -> None:
    """Close what earlier loads set aside of records that this one brings, or finds known.

    The record must be the same by a key of its own: a file's name and line number prove nothing.
    To be called while the view `incoming_own` shows the staged table.
    """
    change.cursor.execute(
        f"UPDATE crm.quarantine SET status = 'resolved', resolved_by = {source.batch_id}"
        f" WHERE status = 'open' AND entity = $entity AND batch_id <> {source.batch_id}"
        " AND row_key IN (SELECT row_key FROM temp.incoming_own)",
        {"entity": staged.spec.name},
    )


def keep_waiting(change: Writer, batch: int, files: Sequence[int]) -> None:
    """A line that the load itself brings again waits on, also beside a sound one of its record;
    so do those that read the same, since the fates of all of them name one.

    To be called when all its tables, `files`, are written.
    """
    same = "(entity, rule, row_key, fingerprint)"
    change.cursor.execute(
        "UPDATE crm.quarantine SET status = 'open', resolved_by = NULL"
        f" WHERE status = 'resolved' AND resolved_by = $batch AND {same} IN (SELECT {same}"
        " FROM crm.line_fate JOIN crm.quarantine ON quarantine_id = line_fate.row_id"
        " WHERE fate = 'quarantined' AND line_fate.file_id IN (SELECT unnest($files::BIGINT[])))",
        {"batch": batch, "files": list(files)},
    )


def set_aside(change: Writer, staged: Staged, source: Source) -> None:
    """The refused lines as a worklist: file, line, column, value, rule.

    A line that an earlier load put there is not put in twice: it is the same by rule, key and
    cells, or without a key of its own by rule, value and place in a file of the same name. Its
    fate then names the line that waits.
    """
    params = {"entity": staged.spec.name}
    _note_refused(change, staged, source)
    change.cursor.execute(
        "CREATE OR REPLACE TEMP TABLE known_refused AS SELECT source_line, waits_as"
        f" FROM temp.refused JOIN ({_KNOWN}) AS known ON known.rule = refused.rule"
        " AND known.fingerprint = refused.fingerprint"
        " AND known.row_key IS NOT DISTINCT FROM refused.row_key",
        params,
    )
    change.cursor.execute(
        f"UPDATE crm.line_fate SET row_id = waits_as FROM temp.known_refused AS known"
        f" WHERE file_id = {source.file_id} AND line = known.source_line"
    )
    change.cursor.execute(
        "INSERT INTO crm.quarantine BY NAME"
        f" SELECT nextval('crm.row_id') AS quarantine_id, {source.batch_id} AS batch_id,"
        f" {source.file_id} AS file_id, $entity AS entity, 'open' AS status,"
        " now() AT TIME ZONE 'UTC' AS since, refused.*"
        " FROM temp.refused ANTI JOIN temp.known_refused USING (source_line) ORDER BY source_line",
        params,
    )


def _note_refused(change: Writer, staged: Staged, source: Source) -> None:
    """The temporary table `refused`: columns of the worklist that come from the line itself."""
    header = {column.index: column.header.strip() for column in staged.plan.columns}
    width = staged.cells.columns
    titles = ", ".join(quoted(header.get(index, "")) for index in range(width))
    cells = ", ".join(f"c{index}" for index in range(width))
    key, fingerprint = "row_key", content_of(width)
    if not identifying_field(staged.spec, set(staged.fields)):
        key = "NULL::VARCHAR"
        place = "source_file, coalesce(sheet, ''), source_line, coalesce(value, '')"
        fingerprint = f"md5(concat_ws(chr(31), {place}))"
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE refused AS
        SELECT $file AS source_file, $sheet::VARCHAR AS sheet, line AS source_line,
            [{titles}][bad_column + 1] AS column, [{cells}][bad_column + 1] AS value, why AS rule,
            json_object('cells', width, 'expected', {staged.cells.header_width}) AS reason,
            {key} AS row_key, {fingerprint} AS fingerprint
        FROM {staged.name} JOIN {staged.cells.name} USING (line) WHERE fate = 'quarantined'
        """,
        {"file": source.name, "sheet": staged.plan.sheet},
    )
