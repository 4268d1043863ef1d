"""The sample company's store: made once, in a file of its own."""

import tempfile
from pathlib import Path

from crm_core import sample
from crm_core.domain.actor import Actor
from crm_core.services import imports, loads, sample_programme, stores
from crm_core.services.clock import utc_now
from crm_core.services.imports.result import Progress, silent


def ensure(path: Path, actor: Actor, progress: Progress = silent) -> None:
    """Make the sample store unless it is there already, by importing the sample's exports.

    It comes in through the same door as any export, so it shows what a real load looks like; the
    registers are filled in as people fill them in.
    """
    if path.exists():
        return
    making = path.with_name(path.name + ".making")
    making.unlink(missing_ok=True)
    store = stores.open_store(making)
    try:
        with tempfile.TemporaryDirectory() as folder:
            progress("write", "", 0.0)
            sample.write(Path(folder))
            with imports.prepare(store, actor, [Path(folder)], progress=progress) as upload:
                imports.load(store, actor, upload, progress=progress)
        if not loads.batches(store, actor):
            raise RuntimeError("the sample company's exports were not recognised")
        sample_programme.fill(store, actor, utc_now())
    finally:
        store.close()
    stores.rename(making, path)
