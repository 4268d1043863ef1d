"""Taking a load back, updates included."""

from itertools import chain

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline import told
from crm_core.pipeline.derive import DERIVABLE
from crm_core.pipeline.undo import later_changes, take_back
from crm_core.reference import entities
from crm_core.services import settings
from crm_core.services.imports.load import AREA
from crm_core.services.quality import measure
from crm_core.services.quarantine import closing
from crm_core.store import Change, Store


def undo(store: Store, actor: Actor, batch: int) -> dict[str, int]:
    """Restore the store as it was before the load; entity -> rows touched.

    Refused: batch_unknown; batch_undone when it was taken back before; batch_built_upon when
    later changes touched its rows, naming them: take those back first.
    """
    with store.change(actor, "batch.undo", area=AREA, subject=str(batch)) as change:
        touched = take_back_load(change, batch)
        restore_told(change)
        tables = measure.tables_of(change.cursor, [batch])
        metrics.refresh(change.cursor)
        change.detail = {"rows": touched}
    settings.withdraw_basis(store, actor)
    measure.keep(store, change.change_id, tables)
    return touched


def take_back_load(change: Change, batch: int, *, replaced: bool = False) -> dict[str, int]:
    """Undo a load inside a larger change; entity -> rows touched. Refused as `undo` says.

    A load that this one had taken the place of is in force again, unless the change is itself a
    load that takes this one's place (`replaced`). To be followed by `restore_told`, once nothing
    more comes that may tell of the same records.
    """
    row = change.cursor.execute(
        "SELECT undone_by FROM crm.batch WHERE batch_id = ?", [batch]
    ).fetchone()
    if row is None:
        raise Refused("batch_unknown", batch=batch)
    if row[0] is not None:
        raise Refused("batch_undone", batch=batch)
    _refuse_if_built_upon(change, batch)
    touched = {name: take_back(change, name, batch, replaced=replaced) for name in entities()}
    restored = [] if replaced else _put_in_force(change, batch)
    change.cursor.execute(
        "UPDATE crm.batch SET undone_by = ? WHERE batch_id = ?", [change.change_id, batch]
    )
    closing.reopen(change, batch, restored)
    return {name: count for name, count in touched.items() if count}


def _put_in_force(change: Change, batch: int) -> list[int]:
    """The loads that the batch had taken the place of stand again."""
    rows = change.cursor.execute(
        "UPDATE crm.batch SET undone_by = NULL WHERE undone_by = ? RETURNING batch_id", [batch]
    ).fetchall()
    return [row[0] for row in rows]


def restore_told(change: Change) -> bool:
    """Make the records anew that standing loads tell of and that were taken back; whether any."""
    made = [told.restore(change, name) for name in DERIVABLE]
    return any(made)


def _refuse_if_built_upon(change: Change, batch: int) -> None:
    found = [later_changes(change, name, batch) for name in entities()]
    later = sorted({*chain.from_iterable(found), *closing.later_loads(change, batch)})
    if later:
        raise Refused("batch_built_upon", batch=batch, later=", ".join(map(str, later)))
