"""Opening stores: the reader's own and the sample company's, never mixed."""

import os
import shutil
from pathlib import Path

from crm_core import metrics
from crm_core.services.registers import views
from crm_core.store import Store

ROOT = Path(__file__).resolve().parents[2]
_SETTING = "CRM_STORE"


def use(path: Path) -> None:
    """Let this process, and those it starts, take `path` for the reader's own store."""
    os.environ[_SETTING] = str(path.absolute())


def own_path() -> Path:
    """Where the reader's own data live: the CRM_STORE setting, else var/crm.duckdb."""
    return Path(os.environ.get(_SETTING) or ROOT / "var" / "crm.duckdb").absolute()


def sample_path() -> Path:
    """Where the sample company lives: beside the reader's own store."""
    return own_path().with_name("sample.duckdb")


def open_store(path: Path) -> Store:
    """Create or upgrade the store at `path` and open it; the caller closes it.

    Raises what Store does. Leftovers of a load that was cut off are removed.
    """
    store = Store(path)
    with store.read() as cursor:
        metrics.install(cursor)
        views.install(cursor)
        kept = {row[0] for row in cursor.execute("SELECT archive FROM crm.batch_file").fetchall()}
    for leftover in store.files.glob("*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        elif leftover.name not in kept:
            leftover.unlink(missing_ok=True)
    return store


def rename(old: Path, new: Path) -> None:
    """Give a closed store another name, its raw lines included; the store itself comes last."""
    for suffix in (".files", ".wal", ""):
        source = old.with_name(old.name + suffix)
        if source.exists():
            source.replace(new.with_name(new.name + suffix))
