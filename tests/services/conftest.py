from collections.abc import Callable
from pathlib import Path

import begun
import pytest

from crm_core.services.imports import ImportResult
from crm_core.store import Store

Load = Callable[..., ImportResult]


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Load:
    """Write texts as CSV files, named by their argument, and load them in one go."""

    def write_and_load(**files: str) -> ImportResult:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        return begun.load(store, folder, **files)

    return write_and_load
