"""The files of a run in one archive."""

import zipfile
from io import BytesIO

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.migration.run import MANIFEST
from crm_core.services.migration.runs import one_run
from crm_core.store import Store


def packed(store: Store, actor: Actor, run: int) -> bytes:
    """A zip of the run's folder. Refused: migration_run_unknown, migration_folder_gone."""
    made = one_run(store, actor, run)
    target = BytesIO()
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in [*(one["name"] for one in made.manifest["files"]), MANIFEST]:
                archive.write(made.folder / file, file)
    except OSError as error:
        raise Refused("migration_folder_gone", path=str(made.folder), run=run) from error
    return target.getvalue()
