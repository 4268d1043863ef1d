"""The stores that this process holds open for its pages, and for commands that ask for them."""

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crm_core.cli import remote
from crm_core.cli.main import execute_for
from crm_core.services import stores
from crm_core.store import Store


@dataclass(frozen=True)
class _Held:
    store: Store
    close_door: Callable[[], None]


_HELD: dict[Path, _Held] = {}
_LOCK = threading.Lock()


def hold(path: Path) -> Store:
    """The store at `path`, opened once in this process; commands on it are answered from now on.

    Raises what open_store does.
    """
    with _LOCK:
        if path not in _HELD:
            store = stores.open_store(path)
            _HELD[path] = _Held(store, remote.listen(store.path, execute_for(store)))
        return _HELD[path].store


def release() -> None:
    """Close every store that is held."""
    with _LOCK:
        while _HELD:
            _, held = _HELD.popitem()
            held.close_door()
            held.store.close()


atexit.register(release)
