"""A store in a folder whose name is a pattern to DuckDB reads its own files, not those that fit."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.steps import Case
from crm_core.services import imports, loads, profile, stores
from crm_core.services.imports import FileResult, steps
from crm_core.services.imports.replay import opened, replay
from crm_core.services.imports.undo import undo
from crm_core.services.quarantine import correct
from crm_core.services.quarantine.rerun import rerun
from crm_core.store import Store

CUSTOMERS = "Customer ID,Customer Name,Region\n001,Alder,North\n,Birch,South\n"
FITTING = "Customer ID,Customer Name,Region\n091,Fir,East\n092,Gum,East\n"
"""Of as many lines, so that the raw lines of both stores have the same names."""


def loaded(store: Store, path: Path, text: str) -> FileResult:
    path.write_text(text)
    with imports.prepare(store, LOCAL, [path]) as upload:
        [file] = imports.load(store, LOCAL, upload).files
    return file


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Store]:
    """Beside it lies another store, in a folder that fits the pattern."""
    for name in ("a1", "a[1]"):
        (tmp_path / name).mkdir()
    with closing(stores.open_store(tmp_path / "a1" / "crm.duckdb")) as fitting:
        loaded(fitting, tmp_path / "a1" / "customers.csv", FITTING)
    with closing(stores.open_store(tmp_path / "a[1]" / "crm.duckdb")) as store:
        yield store


def test_a_line_and_the_profile_of_a_file_are_those_of_the_store_itself(
    odd: Store, tmp_path: Path
) -> None:
    file = loaded(odd, tmp_path / "a[1]" / "customers.csv", CUSTOMERS)
    assert file.file_id
    assert (tmp_path / "a1" / "crm.duckdb.files" / f"{file.file_id}.parquet").is_file()
    assert loads.source_line(odd, LOCAL, file.file_id, 2)["cells"]["Region"] == "North"
    assert "Birch" in str(profile.of_file(odd, LOCAL, file.file_id))


def test_lines_are_corrected_and_loads_made_again_from_the_store_itself(
    odd: Store, tmp_path: Path
) -> None:
    file = loaded(odd, tmp_path / "a[1]" / "customers.csv", CUSTOMERS)
    assert (file.loaded, file.quarantined) == (1, 1)
    [waiting] = loads.quarantine(odd, LOCAL)
    correct.correct(odd, LOCAL, {waiting["quarantine_id"]: {0: "002"}})
    ran = rerun(odd, LOCAL, [waiting["quarantine_id"]])
    assert ran.batch and ran.files[0].loaded == 1
    with opened(odd, LOCAL, waiting["batch_id"]) as upload:
        steps.add(upload.tables[0], Case(column="Region", to="upper"))
        made = replay(odd, LOCAL, waiting["batch_id"], upload)
    assert made.batch
    with odd.read() as cursor:
        rows = cursor.execute("SELECT customer_id, region FROM crm.customer ORDER BY 1")
        assert rows.fetchall() == [("001", "NORTH"), ("002", "South")]
    for batch in (made.batch, ran.batch, waiting["batch_id"]):
        undo(odd, LOCAL, batch)
