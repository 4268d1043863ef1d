"""One function a command: call a service, print what it answers, give the exit status."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crm_core import metrics as metric_catalogue
from crm_core.cli import feeding, importing, matching, migrating, waiting
from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import figures, imports, loads, stores
from crm_core.services.quality import report as migration_report
from crm_core.store import Store

Storeless = Callable[[argparse.Namespace, Console], int]
Command = Callable[[argparse.Namespace, Store, Console], int]


def init(_args: argparse.Namespace, store: Store, console: Console) -> int:
    """Opening created or upgraded it already."""
    console.say(console.texts.text(mark("The store {path} is ready."), path=store.path))
    return 0


def sample(args: argparse.Namespace, console: Console) -> int:
    """Write the sample company's exports."""
    from crm_core import sample as company  # pandas is slow to import

    seed = company.SEED if args.seed is None else args.seed
    for path in company.write(args.directory, seed=seed, level=args.dirt):
        console.write_out(f"{path}\n")
    return 0


def undo(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Take a load back."""
    touched = imports.undo(store, LOCAL, args.batch)
    console.rows(
        [{"entity": entity, "rows": count} for entity, count in touched.items()],
        ["entity", "rows"],
    )
    return 0


def batches(_args: argparse.Namespace, store: Store, console: Console) -> int:
    """The loads of a store, the newest first."""
    console.rows(loads.batches(store, LOCAL), loads.BATCH_COLUMNS)
    return 0


def metrics(_args: argparse.Namespace, console: Console) -> int:
    """Every metric."""
    rows = [
        {
            "id": spec.id,
            "title": console.texts.label(spec.title),
            "unit": ", ".join(sorted({column.unit for column in spec.columns} - {"none"})),
            "grain": ", ".join(spec.grain),
            "parameters": ", ".join(parameter.name for parameter in spec.parameters),
        }
        for spec in metric_catalogue.catalogue().values()
    ]
    console.rows(rows, ["id", "title", "unit", "grain", "parameters"])
    return 0


def metric(args: argparse.Namespace, store: Store, console: Console) -> int:
    """One metric's rows."""
    table = figures.metric(store, LOCAL, args.id, _params(args.param))
    console.rows(table.to_pylist(), table.column_names)
    return 0


def report(args: argparse.Namespace, store: Store, console: Console) -> int:
    """What loads brought, mended and left, written to a file; its ending says as what."""
    target: Path = args.out
    make = migration_report.FORMATS.get(target.suffix.lower())
    if make is None:
        raise Refused("report_format", path=str(target), known=", ".join(migration_report.FORMATS))
    made = make(store, LOCAL, console.texts, args.batch)
    try:
        target.write_bytes(made)
    except OSError as error:
        raise Refused("report_unwritten", path=str(target), reason=error.strerror) from error
    console.say(console.texts.text(mark("The report stands in {path}."), path=target))
    return 0


def serve(args: argparse.Namespace, console: Console) -> int:
    """The web app, until it is stopped."""
    from crm_core.cli.serving import run  # the server's libraries are slow to import

    stores.use(args.store)
    return run(args.host, args.port, console)


def _params(words: list[str]) -> Mapping[str, Any]:
    """name=value words, a name given twice has both values; Refused("metric_parameter_form")."""
    found: dict[str, list[str]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise Refused("metric_parameter_form", value=name)
        found.setdefault(name.strip(), []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def read(args: argparse.Namespace, console: Console) -> int:
    """The rows as read, before any mapping."""
    return importing.read(args, console)


STORELESS: dict[str, Storeless] = {
    "sample": sample,
    "read": read,
    "metrics": metrics,
    "serve": serve,
}
COMMANDS: dict[str, Command] = {
    "init": init,
    "import": importing.load,
    "batches": batches,
    "undo": undo,
    "quarantine": waiting.quarantine,
    "match": matching.match,
    "migrate": migrating.migrate,
    "feeds": feeding.feeds,
    "metric": metric,
    "report": report,
}
