"""Generated exports: one fate a line, nothing the second time, the same state from pieces.

CRM_GENERATED says how many files (`make generated FILES=10000`), CRM_GENERATED_FROM the first.
"""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from generated import Export, export, pieces

from crm_core.domain.actor import LOCAL
from crm_core.domain.plan import TablePlan
from crm_core.reference import entities
from crm_core.services import imports, stores
from crm_core.services.imports import ImportResult
from crm_core.store import Store

FILES = int(os.environ.get("CRM_GENERATED", "8"))
FIRST = int(os.environ.get("CRM_GENERATED_FROM", "0"))
AT_ONCE, PIECES = min(20, FILES), 3
BOOKKEEPING = "row_id, batch_id, file_id, source_file, source_line, loaded_at, change_id"


def load(
    store: Store, paths: Sequence[Path], recipe: Sequence[TablePlan] = ()
) -> tuple[ImportResult, list[TablePlan]]:
    with imports.prepare(store, LOCAL, paths, recipe=recipe) as upload:
        plans = [table.plan for table in upload.tables]
        return imports.load(store, LOCAL, upload), plans


def rows(store: Store, left_out: str = "row_id") -> dict[str, list[object]]:
    """All rows in force by their keys; of derived ones only that they are there."""
    found: dict[str, list[object]] = {}
    with store.read() as cursor:
        for name in entities():
            told = cursor.execute(
                f"SELECT origin, row_key, * EXCLUDE (origin, row_key, {left_out}) FROM crm.{name}"
                " ORDER BY row_key"
            ).fetchall()
            found[name] = [row if row[0] == "own" else row[:2] for row in told]
    return found


def check_fates(
    store: Store, result: ImportResult, exports: dict[str, Export], folder: Path
) -> None:
    """Each line that another reader counts has one fate."""
    for file in result.files:
        name = Path(file.path).name
        assert file.problem is None, (name, file.problem)
        with store.read() as cursor:
            lines, fates = cursor.execute(
                "SELECT count(DISTINCT line), count(*) FROM crm.line_fate WHERE file_id = ?",
                [file.file_id],
            ).fetchall()[0]
        counted = exports[name].lines_below(folder / name)
        told = file.loaded + file.updated + file.merged + file.quarantined + file.skipped
        assert (name, lines, fates, file.rows_read, told) == (name, *[counted] * 4)


@pytest.mark.parametrize("first", range(FIRST, FIRST + FILES, AT_ONCE))
def test_every_line_has_one_fate_and_loading_again_or_in_pieces_changes_nothing(
    first: int, tmp_path: Path
) -> None:
    exports = {one.name: one for one in map(export, range(first, first + AT_ONCE))}
    folder = tmp_path / "in"
    folder.mkdir()
    paths = [one.write(folder / name) for name, one in exports.items()]
    with closing(stores.open_store(tmp_path / "whole" / "crm.duckdb")) as store:
        result, plans = load(store, paths)
        check_fates(store, result, exports, folder)
        before = rows(store)
        waiting = open_lines(store)
        again, _ = load(store, paths)
        check_fates(store, again, exports, folder)
        assert sum(file.loaded + file.updated for file in again.files) == 0
        assert (rows(store), open_lines(store)) == (before, waiting)
    keyed = {name: one for name, one in exports.items() if one.keyed}
    check_pieces(keyed, plans, tmp_path, Random(first))


def check_pieces(
    keyed: dict[str, Export], plans: list[TablePlan], folder: Path, chance: Random
) -> None:
    """Files with keys give the same state whole and in pieces, whichever comes first."""
    states = []
    for count in (1, PIECES):
        dealt = {name: pieces(one, chance, count) for name, one in keyed.items()}
        with closing(stores.open_store(folder / f"in{count}" / "crm.duckdb")) as store:
            for dealing in range(count):
                paths = []
                for name, tables in dealt.items():
                    table = tables.pop(chance.randrange(len(tables)))
                    (folder / f"{count}-{dealing}").mkdir(exist_ok=True)
                    path = folder / f"{count}-{dealing}" / name
                    paths.append(keyed[name].write(path, table))
                load(store, paths, plans)
            states.append(rows(store, BOOKKEEPING))
    assert states[0] == states[1]


def open_lines(store: Store) -> int:
    with store.read() as cursor:
        row = cursor.execute("SELECT count(*) FROM crm.quarantine WHERE status = 'open'").fetchone()
    return int(row[0]) if row else 0
