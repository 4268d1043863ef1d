"""`checklist` and `checklists` with files: taken away, brought back, converted."""

import argparse
from pathlib import Path

from crm_core.cli.console import Console, put
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.i18n.problems import CELL
from crm_core.services.checklists import editions, results
from crm_core.services.checklists.exchange import answers_in, answers_out, files, written
from crm_core.store import Store

_DONE = mark("It stands in {path}.")


def export(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Write the newest assessment by a checklist, or the one that is named, as .xlsx, .docx or
    .pdf; the checklist itself as .yaml."""
    path: Path = args.export_to
    ending = path.suffix.lower()
    if ending in files.YAML:
        with store.read() as cursor:
            put(path, written.as_yaml(editions.newest(cursor, args.id)))
    elif form := answers_out.FORMS.get(ending):
        key = args.assessment or results.newest(store, LOCAL, args.id)
        put(path, answers_out.export(store, LOCAL, key, console.texts, form))
    else:
        raise Refused("checklist_form", path=str(path))
    console.say(console.texts.text(_DONE, path=path))
    return 0


def bring(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Keep a checklist from .yaml, its workbook or a list, or the answers of a workbook that was
    filled in; what it changes as JSON. 1 if a cell cannot be taken."""
    path: Path = args.import_from
    if path.suffix.lower() not in files.YAML and answers_in.is_answers(path):
        return _answers(args, path, store, console)
    found = files.of_file(path).called(args.id)
    told = files.preview(store, LOCAL, found)
    if not args.dry_run:
        files.take(store, LOCAL, found)
    console.document(
        {
            "checklist": told.checklist.id,
            "version": told.checklist.version,
            "items": len(list(told.checklist.items)),
            "changes": [{"id": one.part.id, "what": list(one.what)} for one in told.changes],
        }
    )
    return 0


def convert(args: argparse.Namespace, console: Console) -> int:
    """Write what somebody else's file comes to as a checklist, .yaml or .xlsx."""
    made = files.of_file(args.convert, args.group or "")
    checklist, path = made.checklist, args.out
    if path.suffix.lower() == ".xlsx":
        put(path, written.as_workbook(checklist, console.texts))
    else:
        put(path, written.as_yaml(checklist))
    console.say(console.texts.text(_DONE, path=path))
    console.document(
        {
            "checklist": checklist.id,
            "version": checklist.version,
            "sections": len(checklist.sections),
            "items": len(list(checklist.items)),
            "untranslated": made.untranslated,
        }
    )
    return 0


def _answers(args: argparse.Namespace, path: Path, store: Store, console: Console) -> int:
    found = answers_in.preview(
        store, LOCAL, args.assessment or results.newest(store, LOCAL, args.id), path
    )
    if not (found.wrong or args.dry_run):
        answers_in.apply(store, LOCAL, found)
    console.document(
        {
            "assessment": found.assessment,
            "answers": len(found.writes),
            "links": len(found.links),
            "same": found.same,
            "newer": [{"respondent": one.respondent, "item": one.item.id} for one in found.newer],
            "wrong": len(found.wrong),
        }
    )
    for one in found.wrong:
        where = console.texts.text(CELL, file=found.file, **vars(one.cell))
        console.tell(one.problem, where)
    return 1 if found.wrong else 0
