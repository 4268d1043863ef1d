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


def sample_path(language: str) -> Path:
    """Where the sample company lives whose registers are in that language: beside the reader's own
    store. The Chinese one had this name before there was another."""
    suffix = "" if language == "zh" else f"-{language}"
    return own_path().with_name(f"sample{suffix}.duckdb")


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


def _parts(path: Path) -> list[Path]:
    """What a closed store is made of: its raw lines, what is left of its log, and itself, last."""
    return [path.with_name(path.name + suffix) for suffix in (".files", ".wal", "")]


def rename(old: Path, new: Path) -> None:
    """Give a closed store another name."""
    for source, target in zip(_parts(old), _parts(new), strict=True):
        if source.exists():
            source.replace(target)


def copy(old: Path, new: Path) -> None:
    """Copy a closed store to where there is none."""
    for source, target in zip(_parts(old), _parts(new), strict=True):
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy2(source, target)


def remove(path: Path) -> None:
    """Take away a closed store, or what is left of one."""
    for part in _parts(path):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
