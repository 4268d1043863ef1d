"""Commands about the loads of a store."""

import argparse

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, loads
from crm_core.store import Store


def batches(_args: argparse.Namespace, store: Store, console: Console) -> int:
    """The loads of a store, the newest first."""
    console.rows(loads.batches(store, LOCAL), loads.BATCH_COLUMNS)
    return 0


def undo(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Take a load back."""
    touched = imports.undo(store, LOCAL, args.batch)
    console.rows(
        [{"entity": entity, "rows": count} for entity, count in touched.items()],
        ["entity", "rows"],
    )
    return 0
