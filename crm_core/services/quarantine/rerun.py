"""Lines that wait are run again as they were corrected: a load of its own, file and line kept."""

import uuid
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.pipeline.lines import quoted
from crm_core.services.imports.load import load
from crm_core.services.imports.result import FileResult, ImportResult
from crm_core.services.imports.upload import Table, Upload
from crm_core.services.quarantine import closing
from crm_core.services.quarantine.waiting import corrections
from crm_core.services.quarantine.worklist import Filter
from crm_core.sources import RawTable
from crm_core.store import Change, Store

Waiting = tuple[int, int, int]
"""quarantine_id, file_id, source line."""


def rerun(store: Store, actor: Actor, wanted: Filter | Sequence[int]) -> ImportResult:
    """Load the waiting lines of the filter, or with these ids, as they were corrected.

    What passes now is in the store and waits no longer; what does not goes on waiting, with the
    rule that it breaks now. Undoing the load puts the lines back on the worklist.
    Refused("nothing_waits").
    """
    waiting = _waiting(store, wanted)
    if not waiting:
        raise Refused("nothing_waits")
    said = corrections(store, [line[0] for line in waiting])
    upload = Upload(store.files / f"incoming-{uuid.uuid4().hex}")
    upload.folder.mkdir(parents=True)
    groups: list[list[Waiting]] = []
    with upload:
        for file_id, lines in groupby(waiting, key=lambda line: line[1]):
            groups.append(list(lines))
            fixes = [
                (line, cell, value)
                for quarantine_id, _, line in groups[-1]
                for cell, value in said.get(quarantine_id, {}).items()
            ]
            upload.tables.append(_table(store, upload, file_id, groups[-1], fixes))
        return load(store, actor, upload, after=lambda change, files: _close(change, files, groups))


def _waiting(store: Store, wanted: Filter | Sequence[int]) -> list[Waiting]:
    if isinstance(wanted, Filter):
        condition, params = wanted.condition()
    else:
        condition = "status = 'open' AND quarantine_id IN (SELECT unnest(?::BIGINT[]))"
        params = [list(wanted)]  # type: ignore[list-item]
    with store.read() as cursor:
        return cursor.execute(
            f"SELECT quarantine_id, file_id, source_line FROM crm.quarantine WHERE {condition}"
            " ORDER BY file_id, source_line",
            params,
        ).fetchall()


def _table(
    store: Store,
    upload: Upload,
    file_id: int,
    lines: list[Waiting],
    fixes: list[tuple[int, int, str | None]],
) -> Table:
    """The waiting lines of a file with the header, corrected, as a reader would give them."""
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT path, sheet, encoding, archive, plan FROM crm.batch_file WHERE file_id = ?",
            [file_id],
        ).fetchone()
    assert row is not None
    path, sheet, encoding, archive, kept = row
    plan = TablePlan.model_validate_json(kept)
    data = upload.folder / f"{file_id}.parquet"
    numbers = [line for _, _, line in lines]
    rows, columns = _write(store.files / archive, data, plan.header_line, numbers, fixes)
    return Table(RawTable(Path(path), rows, columns, data, sheet=sheet, encoding=encoding), plan)


def _write(
    archive: Path,
    data: Path,
    header: int,
    lines: list[int],
    fixes: list[tuple[int, int, str | None]],
) -> tuple[int, int]:
    """A corrected line has as many cells as the header, unless some beyond it are filled."""
    with duckdb.connect() as connection:
        raw = lines_in(connection, archive)
        described = connection.execute(
            f"DESCRIBE SELECT * EXCLUDE (line, width) FROM {raw}"
        ).fetchall()
        connection.execute("CREATE TABLE fix (line BIGINT, cell INTEGER, value VARCHAR)")
        if fixes:
            connection.executemany("INSERT INTO fix VALUES (?, ?, ?)", fixes)
        cells = [
            f"CASE WHEN {index} IN (SELECT cell FROM fix WHERE fix.line = raw.line)"
            f" THEN (SELECT value FROM fix WHERE fix.line = raw.line AND cell = {index})"
            f" ELSE {name} END AS {name}"
            if any(cell == index for _, cell, _ in fixes)
            else name
            for index, (name, *_) in enumerate(described)
        ]
        connection.execute(
            f"COPY (SELECT line, CASE WHEN line IN (SELECT line FROM fix) THEN"
            f" greatest(width, (SELECT width FROM {raw} WHERE line = $header))"
            f" ELSE width END AS width, {', '.join(cells)} FROM {raw} AS raw"
            " WHERE line <= $header OR line IN (SELECT unnest($lines::BIGINT[])) ORDER BY line)"
            f" TO {quoted(str(data))} (FORMAT parquet)",
            {"header": header, "lines": lines},
        )
        row = connection.execute(f"SELECT count(*) FROM {lines_in(connection, data)}").fetchone()
    return (int(row[0]) if row else 0), len(described)


def _close(change: Change, files: list[FileResult], groups: list[list[Waiting]]) -> None:
    """The lines are off the list in their old form; one that waits on does so as a new line."""
    for file, waiting in zip(files, groups, strict=True):
        assert file.file_id is not None
        change.cursor.execute(
            "UPDATE crm.batch_file SET corrects = ? WHERE file_id = ?",
            [waiting[0][1], file.file_id],
        )
        lines = [line[0] for line in waiting]
        closing.close(change, file.file_id, lines)
        closing.hand_on(change, file.file_id, lines)
