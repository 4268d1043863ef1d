"""The command `checklists`: what there is to fill in, and whether a file is one."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_core.cli import checklist_files
from crm_core.cli.console import Console
from crm_core.domain.checklists import Checklist
from crm_core.reference.checklists import checklists as shipped
from crm_core.services.checklists.exchange import files

COLUMNS = [
    *("checklist", "version", "section", "id", "kind", "text", "options", "evidence", "weight"),
    *("gate", "covers"),
]


def checklists(args: argparse.Namespace, console: Console) -> int:
    """Every item of the shipped checklists or of the one in a file; or a file of others converted.
    Refused as `files.of_file`."""
    if args.convert and args.out:
        return checklist_files.convert(args, console)
    path: Path | None = args.check or args.convert
    if path is None:
        return _show(list(shipped().values()), console)
    return _show([files.of_file(path, args.group or "").checklist], console)


def _show(found: list[Checklist], console: Console) -> int:
    console.rows([row for one in found for row in _rows(one, console)], COLUMNS)
    return 0


def _rows(checklist: Checklist, console: Console) -> Iterator[dict[str, Any]]:
    label = console.texts.label
    for section in checklist.sections:
        for item in section.items:
            yield {
                "checklist": checklist.id,
                "version": checklist.version,
                "section": label(section.title),
                "id": item.id,
                "kind": item.kind.value,
                "text": label(item.text),
                "options": "; ".join(label(option.label) for option in item.options),
                "evidence": label(item.evidence) if item.evidence else None,
                "weight": item.weight,
                "gate": item.gate,
                "covers": "; ".join((*section.covers, *item.covers)),
            }
