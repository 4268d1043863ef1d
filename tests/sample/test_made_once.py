"""The sample company's stores: imported once, then copied for each language of the registers."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.services import registers, sample, sample_programme, settings, stores
from crm_core.services.registers import Write
from crm_core.store import Store


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done; the import and the registers are too large for what is tested here."""
    done: list[str] = []

    def load(store: Store, actor: Actor, _progress: object) -> None:
        settings.write(store, actor, "fiscal_year_start", 4)
        done.append("loaded")

    def fill(store: Store, actor: Actor, _now: datetime, language: str) -> None:
        registers.write(store, actor, "term", [Write("T-1", {"word": language})])
        done.append(language)

    monkeypatch.setattr(sample, "_load", load)
    monkeypatch.setattr(sample_programme, "fill", fill)
    return done


def held(path: Path) -> tuple[object, object]:
    """What the load wrote, and the one word in the glossary."""
    store = stores.open_store(path)
    try:
        row = registers.row(store, LOCAL, "term", "T-1")
        return settings.read(store, LOCAL)["fiscal_year_start"], row.values["word"]
    finally:
        store.close()


def test_the_exports_are_imported_once_for_all_languages(tmp_path: Path, made: list[str]) -> None:
    for language in ("zh", "en", "zh"):
        sample.ensure(tmp_path / f"{language}.duckdb", LOCAL, language)
    assert made == ["loaded", "zh", "en"]
    assert [held(tmp_path / f"{one}.duckdb") for one in ("zh", "en")] == [(4, "zh"), (4, "en")]


def test_readers_who_come_at_once_have_it_made_once(tmp_path: Path, made: list[str]) -> None:
    with ThreadPoolExecutor() as readers:
        wanted = [tmp_path / "en.duckdb"] * 4
        list(readers.map(lambda path: sample.ensure(path, LOCAL, "en"), wanted))
    assert made == ["loaded", "en"]


def test_the_company_of_an_earlier_version_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    monkeypatch.setenv("CRM_STORE", str(tmp_path / "crm.duckdb"))
    before = stores.open_store(tmp_path / "sample.duckdb")
    registers.write(before, LOCAL, "term", [Write("T-1", {"word": "mine"})])
    before.close()
    for language in ("zh", "en"):
        sample.ensure(stores.sample_path(language), LOCAL, language)
    assert made == ["loaded", "en"]
    assert [held(stores.sample_path(one)) for one in ("zh", "en")] == [(1, "mine"), (4, "en")]


def test_what_a_start_that_was_cut_off_left_behind_does_no_harm(
    tmp_path: Path, made: list[str]
) -> None:
    for name in ("en.duckdb.making", "en.duckdb.making.wal", "sample-loaded.duckdb.making"):
        (tmp_path / name).write_bytes(b"cut off")
    for name in ("en.duckdb.making.files", "en.duckdb.files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.parquet").write_bytes(b"cut off")
    sample.ensure(tmp_path / "en.duckdb", LOCAL, "en")
    assert (made, held(tmp_path / "en.duckdb")) == (["loaded", "en"], (4, "en"))
    assert not list(tmp_path.glob("*.making*"))
    assert not list((tmp_path / "en.duckdb.files").iterdir())


def test_a_second_start_leaves_the_first_ones_work_alone(tmp_path: Path, made: list[str]) -> None:
    making = tmp_path / "sample-loaded.duckdb.making"
    first = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", first, making],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(Refused) as refused:
            sample.ensure(tmp_path / "en.duckdb", LOCAL, "en")
        assert (refused.value.problem.code, making.exists(), made) == ("store_held", True, [])
        process.communicate("\n")
    sample.ensure(tmp_path / "en.duckdb", LOCAL, "en")
    assert made == ["loaded", "en"]
