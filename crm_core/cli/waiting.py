"""The command `quarantine`: the worklist, listed, taken away, brought back, run again."""

import argparse
from pathlib import Path

from crm_core.cli import importing
from crm_core.cli.console import Console, put
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import imports, loads
from crm_core.services.imports import ImportResult
from crm_core.services.quarantine import worklist
from crm_core.services.quarantine.rerun import rerun
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store


def quarantine(args: argparse.Namespace, store: Store, console: Console) -> int:
    """The rejected lines that wait for somebody, and what is to be done with them."""
    if args.export_to:
        return _export(args.export_to, store, console)
    if args.import_from:
        return _import(args.import_from, store, console)
    if args.rerun:
        return importing.tell(rerun(store, LOCAL, Filter()), console)
    rows = loads.quarantine(store, LOCAL)
    if console.format == "table":
        rows = [row | {"reason": console.texts.rule(row["rule"])} for row in rows]
    console.rows(rows, loads.QUARANTINE_COLUMNS)
    return 0


def _export(path: Path, store: Store, console: Console) -> int:
    from crm_core.services.quarantine.exchange import FORMS, export  # pandas is slow to import

    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise Refused("worklist_form", path=str(path))
    put(path, export(store, LOCAL, Filter(), console.texts, form, coded=True))
    waiting = worklist.count(store, LOCAL)
    written = min(waiting, worklist.MOST_EXPORTED)
    said = mark("{path}: {written} of {waiting} lines that wait.")
    console.say(console.texts.text(said, path=path, written=written, waiting=waiting))
    return 0


def _import(path: Path, store: Store, console: Console) -> int:
    """Take corrections down and run the corrected lines again."""
    from crm_core.services.quarantine.bring_back import bring_back

    try:
        brought = bring_back(store, LOCAL, path)
    except Refused as refusal:
        return importing.tell(imports.refused([path], refusal.problem), console)
    text = console.texts.text
    console.say(
        text(
            mark("Corrected: {corrected} lines; assigned: {assigned}; waiting no longer: {gone}."),
            corrected=len(brought.corrected),
            assigned=brought.assigned,
            gone=brought.gone,
        )
    )
    if not brought.corrected:
        return importing.tell(ImportResult(None, [], 0.0), console)
    return importing.tell(rerun(store, LOCAL, brought.corrected), console)
