"""Fixtures that every test may use."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import sample, stores
from crm_core.store import Store

SHARED = Path(os.environ.get("CRM_SHARED") or Path(__file__).parents[2] / "shared") / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, ready for use."""
    opened = stores.open_store(tmp_path / "store" / "crm.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def settle_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Put the sample company's store into a home, as an app that was started there before did."""
    made = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    sample.ensure(made, LOCAL)

    def settle(home: Path) -> None:
        shutil.copytree(made.parent, home, dirs_exist_ok=True)

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
