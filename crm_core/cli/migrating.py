"""The command `migrate`: clean records for another system, and what that says of them."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services.migration import (
    readiness,
    rejects,
    run,
    runs,
    signing,
    template,
    totals,
)
from crm_core.services.migration.template import Template
from crm_core.store import Store


def migrate(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Write the records for a target, or take in what came of them."""
    if answer := _answer(args, store):
        console.document(answer[0])
        return 0
    return _write(args, store, console)


def _answer(args: argparse.Namespace, store: Store) -> tuple[Any] | None:
    """The answer to an option; None where records are to be written."""
    if args.runs:
        return ([_run(one) for one in runs.runs(store, LOCAL)],)
    if args.compare:
        found = runs.compare(store, LOCAL, *args.compare)
        return ([asdict(one) | {"sums": _pairs(one)} for one in found],)
    if args.waiting:
        return (rejects.rejects(store, LOCAL),)
    if args.rejects:
        return (asdict(rejects.bring_back(store, LOCAL, args.rejects, args.run)),)
    if args.totals:
        return ([_total(one) for one in totals.enter_file(store, LOCAL, args.totals, args.run)],)
    if args.sign:
        signed = signing.sign(store, LOCAL, args.sign, run=args.run, reason=args.reason)
        return (asdict(signed),)
    if args.status:
        return (asdict(readiness.readiness(store, LOCAL)),)
    return None


def _run(one: runs.Run) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("run", "target", "kind", "since", "made_at")}
    return told | {"by": one.actor_name, "folder": str(one.folder), "tables": one.tables}


def _pairs(one: runs.Difference) -> list[dict[str, Any]]:
    names = ("column", "currency", "before", "now")
    return [dict(zip(names, found, strict=True)) for found in one.sums]


def _total(one: totals.Total) -> dict[str, Any]:
    return asdict(one) | {"difference": one.difference}


def _write(args: argparse.Namespace, store: Store, console: Console) -> int:
    if args.target is None or args.out is None:
        raise Refused("migration_usage")
    done = run.run(store, LOCAL, _template(args.target), args.out, kind=args.kind, since=args.since)
    console.document(
        {
            "run": done.run,
            "kind": args.kind,
            "folder": str(done.folder),
            "tables": done.tables,
            "seconds": round(done.seconds, 3),
        }
    )
    _tell(done, console)
    return 0


def _template(path: Path) -> Template:
    """The file, or the shipped template of that name."""
    shipped = template.shipped()
    if not path.exists() and path.name in shipped:
        path = shipped[path.name]
    return template.load(path)


def _tell(done: run.Done, console: Console) -> None:
    texts = console.texts
    rejected = sum(table["rejected"] for table in done.tables)
    if rejected:
        said = texts.plural(
            "{n} record was rejected and is not in the files: see {path}",
            "{n} records were rejected and are not in the files: see {path}",
            rejected,
            path=str(done.folder / "rejects.csv"),
        )
        console.say(said)
    if any(table["formulas"] for table in done.tables):
        console.say(
            texts.text(
                mark(
                    "Some values look like formulas. They are written as they are: load the files "
                    "with the target's importer, do not save them from a spreadsheet."
                )
            )
        )
