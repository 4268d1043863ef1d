"""The command `match`: records that are one customer."""

import argparse
from dataclasses import asdict

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.store import Store


def match(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Find the pairs and merge what is sure; the counts as JSON."""
    from crm_core.services import matching  # splink is slow to import

    done = matching.run(
        store,
        LOCAL,
        args.entity,
        threshold=matching.MERGE if args.threshold is None else args.threshold,
        dry_run=args.dry_run,
        export=args.export,
        decisions=matching.read_decisions(args.decisions) if args.decisions else (),
    )
    console.document(asdict(done))
    return 0
