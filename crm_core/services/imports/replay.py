"""A load is made again with another recipe: a step switched off, a column corrected."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.fates import Fate
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.raw import lines_in
from crm_core.services.imports import comparison
from crm_core.services.imports.load import load
from crm_core.services.imports.record import loadable, notes_of
from crm_core.services.imports.result import FileResult, ImportResult, Progress, silent
from crm_core.services.imports.undo import restore_told, take_back_load
from crm_core.services.imports.upload import Table, Upload
from crm_core.services.quarantine import closing
from crm_core.sources import Note, RawTable
from crm_core.store import Change, Store


def opened(store: Store, _actor: Actor, batch: int) -> Upload:
    """The tables of a load as they were read, with the plans they were loaded with.

    Close it when done. Refused: batch_unknown; line_unknown where its raw lines are gone.
    """
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT path, sheet, encoding, archive, plan, problem, notes, rows_read"
            " FROM crm.batch_file WHERE batch_id = ? AND archive IS NOT NULL ORDER BY file_id",
            [batch],
        ).fetchall()
    if not found:
        raise Refused("batch_unknown", batch=batch)
    upload = Upload(store.files / f"incoming-{uuid.uuid4().hex}")
    upload.folder.mkdir(parents=True)
    try:
        for path, sheet, encoding, archive, kept, problem, notes, below in found:
            data, plan = store.files / archive, TablePlan.model_validate_json(kept)
            # A sheet that nobody was told about when it was left out stood aside.
            aside = problem is None and not loadable(plan)
            rows, columns = _measured(data)
            raw = RawTable(
                *(Path(path), rows, columns, data),
                sheet=sheet,
                hidden=aside,
                encoding=encoding,
                notes=[_note(one) for one in notes_of(notes) if _is_readers(one)],
                # Of several tables in a file the second begins far below its first line.
                first_line=max(plan.header_line + 1 - (rows - below), 1),
            )
            upload.tables.append(Table(raw, plan))
    except BaseException:
        upload.close()
        raise
    return upload


def replay(
    store: Store, actor: Actor, batch: int, upload: Upload, *, progress: Progress = silent
) -> ImportResult:
    """Take the load back and load its raw lines as `upload` (of `opened`) says, in one change.

    Undoing the new load puts the old one back in force. Refused as `undo` and `load` say.
    """
    closed: dict[int, list[int]] = {}

    def take_back(change: Change) -> None:
        closed.update((was, _closed_by(change, was)) for was in _earlier(upload))
        take_back_load(change, batch, replaced=True)

    def close_again(change: Change, files: list[FileResult]) -> None:
        _restore(change)
        for was, now in _numbers(upload, files).items():
            _close(change, closed[was], was, now)

    return load(store, actor, upload, progress=progress, before=take_back, after=close_again)


@dataclass(frozen=True)
class Rehearsal:
    """What making a load again would change."""

    before: dict[Fate, int]
    """The lines of the load by what became of them."""
    after: dict[Fate, int]
    """The same, made again."""
    lines: int
    """Lines whose fate, or whose row, comes out otherwise."""


def rehearse(
    store: Store, actor: Actor, batch: int, upload: Upload, *, progress: Progress = silent
) -> Rehearsal:
    """What `replay` would do; nothing is changed. Refused as that says."""
    apart: list[int] = []

    def take_back(change: Change) -> None:
        comparison.note(change, batch)
        take_back_load(change, batch, replaced=True)

    def compare(change: Change, files: list[FileResult]) -> None:
        _restore(change)
        again: dict[int, int | None] = dict.fromkeys(earlier)
        again |= _numbers(upload, files)
        apart.append(comparison.lines_apart(change, again))

    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT file_id, {', '.join(Fate)} FROM crm.batch_file WHERE batch_id = ?"
            " AND archive IS NOT NULL",
            [batch],
        ).fetchall()
    earlier = [file_id for file_id, *_ in rows]
    result = load(
        store, actor, upload, dry_run=True, progress=progress, before=take_back, after=compare
    )
    before = {fate: sum(row[at] for row in rows) for at, fate in enumerate(Fate, start=1)}
    after = {fate: sum(getattr(file, fate) for file in result.files) for fate in Fate}
    return Rehearsal(before, after, sum(apart))


def _restore(change: Change) -> None:
    """What other loads tell of, and the load made again no longer brings."""
    if restore_told(change):
        metrics.refresh(change.cursor)


def _closed_by(change: Change, file_id: int) -> list[int]:
    """The lines of the worklist that a table of lines run again has closed."""
    rows = change.cursor.execute(
        "SELECT quarantine_id FROM crm.quarantine"
        " JOIN crm.batch_file AS own USING (file_id)"
        " JOIN crm.batch_file AS file ON file.file_id = ? AND file.corrects IS NOT NULL"
        " AND file.path = own.path AND file.sheet IS NOT DISTINCT FROM own.sheet"
        " WHERE resolved_by = file.batch_id",
        [file_id],
    ).fetchall()
    return [row[0] for row in rows]


def _close(change: Change, closed: Sequence[int], was: int, now: int) -> None:
    """The worklist after a table was loaded again: its number was `was` and is `now`.

    `closed`: the lines that it had closed before; they are off it if they come in now.
    """
    change.cursor.execute(
        "UPDATE crm.batch_file SET corrects = earlier.corrects FROM crm.batch_file AS earlier"
        " WHERE batch_file.file_id = $now AND earlier.file_id = $was",
        {"was": was, "now": now},
    )
    rows = change.cursor.execute(
        "SELECT quarantine_id FROM crm.quarantine WHERE file_id = ?", [was]
    ).fetchall()
    own = [row[0] for row in rows]
    closing.close(change, now, closed)
    closing.hand_on(change, now, own)
    closing.hand_on_settled(change, now, own)


def _earlier(upload: Upload) -> list[int]:
    """The number that each table had: its raw lines lie in a file named so."""
    return [int(table.raw.data.stem) for table in upload.tables]


def _numbers(upload: Upload, files: Sequence[FileResult]) -> dict[int, int]:
    """Number that each table had -> its number now."""
    numbers = (file.file_id for file in files)
    return {was: now for was, now in zip(_earlier(upload), numbers, strict=True) if now is not None}


def _is_readers(kept: Problem) -> bool:
    """Whether a reader noted it; what the load itself told, it tells anew."""
    return {"count", "line"} <= kept.params.keys()


def _note(kept: Problem) -> Note:
    """A reader's note, of which the first line is known."""
    count, line = (int(str(kept.params[name])) for name in ("count", "line"))
    return Note(kept.code, count, [line], [])


def _measured(data: Path) -> tuple[int, int]:
    """Rows and columns of the raw lines of a table."""
    try:
        with duckdb.connect() as connection:
            rows = lines_in(connection, data)
            row = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()
            cells = connection.execute(
                f"DESCRIBE SELECT * EXCLUDE (line, width) FROM {rows}"
            ).fetchall()
    except duckdb.IOException as error:
        raise Refused("line_unknown", line=1) from error
    return (int(row[0]) if row else 0), len(cells)
