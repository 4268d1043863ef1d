"""The command `register`: a register listed, taken away as a file, and brought back."""

import argparse
from pathlib import Path
from typing import Any

from crm_core.cli.console import Console, put
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import registers
from crm_core.services.registers import exchange, workbook
from crm_core.store import Store


def register(args: argparse.Namespace, store: Store, console: Console) -> int:
    """The rows of a register; 1 if a file brought back has a cell that cannot be taken."""
    if args.import_from:
        return _import(args, store, console)
    if path := args.export_to or args.template:
        return _export(args.name, path, store, console, empty=args.template is not None)
    fields = [field.name for field in registers.known(args.name).fields]
    rows, _ = registers.listed(store, LOCAL, args.name)
    console.rows([_plain(row, fields) for row in rows], ["id", *fields, "version"])
    return 0


def _plain(row: registers.Row, fields: list[str]) -> dict[str, Any]:
    """Lists are written a; b, as in a file."""
    found = {name: row.values.get(name) for name in fields}
    joined = {name: "; ".join(v) if isinstance(v, tuple) else v for name, v in found.items()}
    return {"id": row.id, **joined, "version": row.version}


def _export(name: str, path: Path, store: Store, console: Console, *, empty: bool) -> int:
    form = workbook.FORMS.get(path.suffix.lower())
    if form is None:
        raise Refused("item_form", path=str(path))
    made = workbook.export(store, LOCAL, name, console.texts, form, coded=True, empty=empty)
    put(path, made)
    console.say(console.texts.text(mark("The register stands in {path}."), path=path))
    return 0


def _import(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Keep what is new and changed in a file, all or nothing; the counts as JSON."""
    found = exchange.preview(store, LOCAL, args.name, args.import_from)
    if not any(head.code for head in found.heads):
        fields = registers.known(args.name).fields
        columns = [console.texts.label(field.label) for field in fields]
        raise Refused("item_no_columns", file=found.file, columns=", ".join(columns))
    if not (found.wrong or args.dry_run):
        exchange.apply(store, LOCAL, found)
    console.document(
        {
            "register": args.name,
            "added": len(found.added),
            "changed": {one.id: [name for name, *_ in what] for one, what in found.changed},
            "same": found.same,
            "by_title": found.alike,
            "wrong": len(found.wrong),
            "left_out": list(found.left_out),
            "dead_ends": found.dead_ends,
        }
    )
    for one in found.wrong:
        where = mark("{file}, line {line}, column {column}, {value}")
        said = console.texts.text(
            where, file=found.file, line=one.line, column=one.column, value=one.value
        )
        console.tell(one.problem, said)
    return 1 if found.wrong else 0
