"""Fixtures that every test may use."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import begun
import hypothesis
import in_process
import pytest

from crm_core import sources
from crm_core.domain.actor import LOCAL
from crm_core.i18n import LANGUAGES
from crm_core.services import sample, stores
from crm_core.store import Store

# Where a test names no number itself: `make long` draws sixteen times as many.
hypothesis.settings.register_profile("daily", max_examples=25, deadline=None)
hypothesis.settings.register_profile("long", max_examples=400, deadline=None)
hypothesis.settings.load_profile(os.environ.get("CRM_EXAMPLES", "daily"))

Filled = Callable[[Callable[[Store], Any]], tuple[Path, Any]]
SHARED = Path(os.environ.get("CRM_SHARED") or Path(__file__).parents[2] / "shared") / "data"


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: one of its own takes a third of a second to start."""
    monkeypatch.setattr(sources, "read", in_process.read)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, closed: to copy it takes a sixth of the time that it takes to make one."""
    path = tmp_path_factory.mktemp("empty") / "crm.duckdb"
    stores.open_store(path).close()
    return path


@pytest.fixture(scope="session")
def closed_store(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Filled:
    """Make a closed store for tests to copy: closed_store(fill); its path, and what `fill` gave."""

    def make(fill: Callable[[Store], Any]) -> tuple[Path, Any]:
        path = tmp_path_factory.mktemp("filled") / "store" / empty_store.name
        shutil.copytree(empty_store.parent, path.parent)
        with closing(stores.open_store(path)) as store:
            return path, fill(store)

    return make


@pytest.fixture(scope="module")
def model(empty_store: Path) -> Path:
    """What `store` begins as a copy of: an empty one, unless a file of tests has one of its own."""
    return empty_store


@pytest.fixture
def store(tmp_path: Path, model: Path) -> Iterator[Store]:
    """A store as the `model`, ready for use."""
    shutil.copytree(model.parent, tmp_path / "store")
    with closing(stores.open_store(tmp_path / "store" / model.name)) as opened:
        yield opened


@pytest.fixture
def store_of(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """The store of a test, with these texts loaded as CSV files: store_of(customers="…")."""
    opened = []

    def begin(**files: str) -> Store:
        opened.append(stores.open_store(begun.begin(tmp_path / "store", **files)))
        return opened[-1]

    yield begin
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def settle_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Put the sample company's stores into a home, as an app that was visited there before did."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent  # to make them takes the better part of a minute: once for all workers
    made = base / "sample"
    made.mkdir(exist_ok=True)
    with (base / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for language in LANGUAGES:
            sample.ensure(made / stores.sample_path(language).name, LOCAL, language)

    def settle(home: Path) -> None:
        model = shutil.ignore_patterns("sample-loaded.*")
        shutil.copytree(made, home, dirs_exist_ok=True, ignore=model)

    return settle


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data sets; see CONTRIBUTING.md."""
    if not SHARED.is_dir():
        pytest.fail(
            f"This test reads public data sets in {SHARED}, which is not there. "
            "Set CRM_SHARED to the folder that holds data/ (see CONTRIBUTING.md)."
        )
    return SHARED
