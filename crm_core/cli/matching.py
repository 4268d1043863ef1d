"""The command `match`: records that are one customer."""

import argparse

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.store import Store


def match(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Find the pairs, write them if asked for; the counts as JSON."""
    from crm_core.services import matching  # splink is slow to import

    if not (args.dry_run or args.export):
        raise Refused("match_unmerged")
    found = matching.find(store, LOCAL, args.entity, threshold=args.threshold, export=args.export)
    console.document(
        {
            "pairs": found.pairs,
            "merged": found.merge,
            "review": found.review,
            "seconds": found.seconds,
        }
    )
    return 0
