from collections.abc import Callable
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.services.imports import ImportResult
from crm_core.store import Store

Load = Callable[..., ImportResult]


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Load:
    """Write texts as CSV files, named by their argument, and load them in one go."""

    def write_and_load(**files: str) -> ImportResult:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        paths = [folder / f"{name}.csv" for name in files]
        with imports.prepare(store, LOCAL, paths) as upload:
            return imports.load(store, LOCAL, upload)

    return write_and_load
