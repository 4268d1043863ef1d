"""Fixtures that every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_core.services import stores
from crm_core.store import Store

SHARED = Path(os.environ.get("CRM_SHARED") or Path(__file__).parents[2] / "shared") / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, ready for use."""
    opened = stores.open_store(tmp_path / "store" / "crm.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data sets; see CONTRIBUTING.md."""
    if not SHARED.is_dir():
        pytest.fail(
            f"This test reads public data sets in {SHARED}, which is not there. "
            "Set CRM_SHARED to the folder that holds data/ (see CONTRIBUTING.md)."
        )
    return SHARED
