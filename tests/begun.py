"""Stores into which files were loaded: the first test that asks loads them, others copy."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores
from crm_core.services.imports import ImportResult
from crm_core.store import Store

STORE = "crm.duckdb"
_FOLDER = tempfile.TemporaryDirectory()


def begin(folder: Path, **files: str) -> Path:
    """Put these CSV files, and a closed store into which they were loaded in one go, into a folder;
    the store's path."""
    shutil.copytree(_begun(tuple(files.items())), folder, dirs_exist_ok=True)
    return folder / STORE


@cache
def _begun(files: tuple[tuple[str, str], ...]) -> Path:
    folder = Path(tempfile.mkdtemp(dir=_FOLDER.name))
    store = stores.open_store(folder / STORE)
    load(store, folder, **dict(files))
    store.close()
    return folder


def load(store: Store, folder: Path, **files: str) -> ImportResult:
    """Write texts as CSV files into a folder, and load them in one go."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with imports.prepare(store, LOCAL, [folder / f"{name}.csv" for name in files]) as upload:
        return imports.load(store, LOCAL, upload)
