"""The sample company's stores: its exports, imported once, and a copy for each language that its
registers are filled in with."""

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from crm_core import sample
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services import imports, loads, sample_programme, stores
from crm_core.services.clock import utc_now
from crm_core.services.imports.result import Progress, silent
from crm_core.store import Store

_LOADED = "sample-loaded.duckdb"
"""The store before anybody filled in registers. It is kept: to copy it takes a moment, to import
the exports again the better part of a minute."""
_MAKING = threading.Lock()
"""Readers may ask for the same one at the same time."""


def ensure(path: Path, actor: Actor, language: str, progress: Progress = silent) -> None:
    """Make the sample store at `path` unless it is there already, its registers in that language.

    Its data come in through the same door as any export, so it shows what a real load looks like;
    the registers are filled in as people fill them in.
    """
    with _MAKING:
        if path.exists():
            return
        loaded = path.with_name(_LOADED)
        if not loaded.exists():
            _make(loaded, lambda store: _load(store, actor, progress))
        _make(
            path,
            lambda store: sample_programme.fill(store, actor, utc_now(), language),
            model=loaded,
        )


def _make(path: Path, fill: Callable[[Store], None], model: Path | None = None) -> None:
    """A store that is there only once it is complete; it begins as a copy of `model`, if any."""
    making = path.with_name(path.name + ".making")
    _require_alone(making)
    for left_behind in (making, path):
        stores.remove(left_behind)
    if model:
        stores.copy(model, making)
    store = stores.open_store(making)
    try:
        fill(store)
    finally:
        store.close()
    stores.rename(making, path)


def _require_alone(making: Path) -> None:
    """Refused("store_held") where another start of the program is at it: it needs a minute, and
    impatient people start twice."""
    if making.exists():
        try:
            Store(making).close()
        except Refused as refusal:
            if refusal.problem.code == "store_held":
                raise


def _load(store: Store, actor: Actor, progress: Progress) -> None:
    with tempfile.TemporaryDirectory() as folder:
        progress("write", "", 0.0)
        sample.write(Path(folder))
        with imports.prepare(store, actor, [Path(folder)], progress=progress) as upload:
            imports.load(store, actor, upload, progress=progress)
    if not loads.batches(store, actor):
        raise RuntimeError("the sample company's exports were not recognised")
