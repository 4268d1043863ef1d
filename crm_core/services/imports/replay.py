"""A load is made again with another recipe: a step switched off, a column corrected."""

import uuid
from collections.abc import Mapping
from pathlib import Path

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.services.imports.load import load
from crm_core.services.imports.result import ImportResult
from crm_core.services.imports.undo import take_back_load
from crm_core.services.imports.upload import Table, Upload
from crm_core.sources import RawTable
from crm_core.store import Change, Store


def opened(store: Store, _actor: Actor, batch: int) -> Upload:
    """The tables of a load as they were read, with the plans they were loaded with.

    Close it when done. Refused: batch_unknown; line_unknown where its raw lines are gone.
    """
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT path, sheet, encoding, archive, plan FROM crm.batch_file"
            " WHERE batch_id = ? AND archive IS NOT NULL ORDER BY file_id",
            [batch],
        ).fetchall()
    if not found:
        raise Refused("batch_unknown", batch=batch)
    upload = Upload(store.files / f"incoming-{uuid.uuid4().hex}")
    upload.folder.mkdir(parents=True)
    try:
        for path, sheet, encoding, archive, plan in found:
            rows, columns = _measured(store.files / archive)
            raw = RawTable(
                Path(path), rows, columns, store.files / archive, sheet=sheet, encoding=encoding
            )
            upload.tables.append(Table(raw, TablePlan.model_validate_json(plan)))
    except BaseException:
        upload.close()
        raise
    return upload


def replay(store: Store, actor: Actor, batch: int, plans: Mapping[int, TablePlan]) -> ImportResult:
    """Take the load back and load its raw lines with other plans, in one change.

    `plans`: position of a table in `opened` -> its plan; the others stay as they are. Undoing the
    new load puts the old one back in force. Refused as `undo` and `load` say.
    """
    with opened(store, actor, batch) as upload:
        for place, plan in plans.items():
            upload.tables[place].plan = plan

        def take_back(change: Change) -> None:
            take_back_load(change, batch)

        return load(store, actor, upload, before=take_back)


def _measured(data: Path) -> tuple[int, int]:
    """Rows and columns of the raw lines of a table."""
    try:
        with duckdb.connect() as connection:
            row = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(data)]).fetchone()
            cells = connection.execute(
                "DESCRIBE SELECT * EXCLUDE (line, width) FROM read_parquet(?)", [str(data)]
            ).fetchall()
    except duckdb.IOException as error:
        raise Refused("line_unknown", line=1) from error
    return (int(row[0]) if row else 0), len(cells)
