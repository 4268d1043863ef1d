"""Commands that begin something: a store, the sample company's exports, the web app."""

import argparse

from crm_core.cli.console import Console
from crm_core.i18n import mark
from crm_core.services import stores
from crm_core.store import Store


def init(_args: argparse.Namespace, store: Store, console: Console) -> int:
    """Opening created or upgraded it already."""
    console.say(console.texts.text(mark("The store {path} is ready."), path=store.path))
    return 0


def sample(args: argparse.Namespace, console: Console) -> int:
    """Write the sample company's exports, or its registers."""
    from crm_core import sample as company  # pandas is slow to import
    from crm_core.services import sample_programme

    if args.registers:
        for path in sample_programme.write(args.directory, console.texts.language):
            console.write_out(f"{path}\n")
        return 0
    seed = company.SEED if args.seed is None else args.seed
    for path in company.write(args.directory, seed=seed, level=args.dirt):
        console.write_out(f"{path}\n")
    return 0


def serve(args: argparse.Namespace, console: Console) -> int:
    """The web app, until it is stopped."""
    from crm_core.cli.serving import run  # the server's libraries are slow to import

    stores.use(args.store)
    return run(args.host, args.port, console)
