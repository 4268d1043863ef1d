"""The data owner's signature under the control totals of a run."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.migration.files import file_digest
from crm_core.services.migration.run import AREA, MANIFEST
from crm_core.services.migration.runs import Run, one_run
from crm_core.services.migration.totals import Total, totals
from crm_core.store import Store

Standing = Literal["none", "fits", "totals_changed", "files_changed"]
_LONGEST = 200


@dataclass(frozen=True)
class Signature:
    """Who signed a run, and whether that still holds."""

    run: int
    name: str
    actor_name: str
    signed_at: datetime
    """UTC."""
    digest: str
    differences: int
    reason: str | None
    standing: Standing


def sign(
    store: Store, actor: Actor, name: str, *, run: int | None = None, reason: str | None = None
) -> Signature:
    """Sign the totals of a run as their owner, in place of an earlier signature.

    Refused: migration_run_unknown; migration_sign_name; migration_open while a total differs or is
    missing and no reason is given; migration_files_changed where the files are not as written.
    """
    made = one_run(store, actor, run)
    name, reason = name.strip(), (reason or "").strip() or None
    if not name or len(name) > _LONGEST:
        raise Refused("migration_sign_name", limit=_LONGEST)
    every = totals(store, actor, made.run)
    differing = [one for one in every if not one.agrees]
    if differing and reason is None:
        raise Refused("migration_open", run=made.run, count=len(differing))
    if changed := changed_files(made):
        raise Refused("migration_files_changed", run=made.run, file=changed[0])
    digest = _digest(made, every)
    now = datetime.now(UTC).replace(tzinfo=None)
    with store.change(actor, "migration.sign", area=AREA, subject=str(made.run)) as change:
        change.retire("crm.migration_signature", "run_id = ?", [made.run])
        change.cursor.execute(
            "INSERT INTO crm.migration_signature VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [made.run, name, actor.name, now, digest, len(differing), reason, change.change_id],
        )
        change.detail = {"by": name, "digest": digest, "differences": len(differing)}
    return Signature(made.run, name, actor.name, now, digest, len(differing), reason, "fits")


def signature(store: Store, actor: Actor, run: int) -> Signature | None:
    """The signature of a run, held against its totals and files as they are now; None: unsigned."""
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT run_id, name, actor_name, signed_at, digest, differences, reason"
            " FROM crm.migration_signature WHERE run_id = ?",
            [run],
        ).fetchone()
    if row is None:
        return None
    number, name, who, at, digest, differences, reason = row
    made = one_run(store, actor, run)
    standing: Standing = "fits"
    if _digest(made, totals(store, actor, run)) != digest:
        standing = "totals_changed"
    elif changed_files(made):
        standing = "files_changed"
    return Signature(number, name, who, at, digest, differences, reason, standing)


def changed_files(made: Run) -> list[str]:
    """Files of the run that are not as they were written. A folder that is gone tells nothing."""
    if not (made.folder / MANIFEST).is_file():
        return []
    return [
        file["name"]
        for file in made.manifest["files"]
        if file["name"] != "totals.csv"  # which people fill in
        and file_digest(made.folder / file["name"]) != file["sha256"]
    ]


def _digest(made: Run, every: list[Total]) -> str:
    """SHA-256 of everything that is signed, in one canonical writing."""
    said = {
        "run": made.run,
        "manifest": made.manifest,
        "totals": [[*one.key, _plain(one.source), _plain(one.target)] for one in every],
    }
    text = simplejson.dumps(
        said, sort_keys=True, ensure_ascii=True, use_decimal=True, separators=(",", ":")
    )
    return sha256(text.encode()).hexdigest()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
