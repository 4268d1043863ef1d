from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.services.imports import ImportResult
from crm_core.services.imports.upload import Table, Upload
from crm_core.store import Store

Load = Callable[..., ImportResult]


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Load:
    """Write texts as files, in the order given, and load them in one go."""

    def write_and_load(
        dry_run: bool = False, encoding: str = "utf-8", **files: str
    ) -> ImportResult:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        paths = []
        for name, text in files.items():
            path = folder / f"{name}.csv"
            path.write_bytes(text.encode(encoding))
            paths.append(path)
        with imports.prepare(store, LOCAL, paths) as upload:
            return imports.load(store, LOCAL, upload, dry_run=dry_run)

    return write_and_load


@pytest.fixture
def upload(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Upload]:
    """The proposal for the customers of the test's module, CUSTOMERS."""
    path = tmp_path / "customers.csv"
    path.write_text(request.module.CUSTOMERS)
    with imports.prepare(store, LOCAL, [path]) as upload:
        yield upload


@pytest.fixture
def table(upload: Upload) -> Table:
    [table] = upload.tables
    return table
