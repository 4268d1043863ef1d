"""The command `import`."""

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import Any

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import cleaning, mark
from crm_core.services import imports, loads, recipes
from crm_core.services.imports import FileResult, ImportResult
from crm_core.store import Store

STEPS = {
    "read": mark("Reading {file}"),
    "recognise": mark("Recognising columns"),
    "clean": mark("Cleaning {file}"),
    "publish": mark("Loading {file}"),
    "match": mark("Matching what came with what was there"),
}
FATES = ("rows_read", "loaded", "updated", "merged", "quarantined", "skipped")


def load(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Load files or folders; 1 if anything of them was refused, told in the result as well."""
    try:
        result = _loaded(args, store, console)
    except Refused as refusal:
        result = imports.refused(args.paths, refusal.problem)
    if args.fates:
        _write_fates(args.fates, store, result)
    return tell(result, console)


def tell(result: ImportResult, console: Console) -> int:
    """Print what a load did, what it refused also as messages; the exit status."""
    _print(result, console)
    for file in result.refused:
        assert file.problem
        console.tell(file.problem, _name(file))
    return 1 if result.refused else 0


def _loaded(args: argparse.Namespace, store: Store, console: Console) -> ImportResult:
    """Read, recognise and load; where columns are unsure and not left so, only say it."""

    def progress(step: str, file: str, _share: float) -> None:
        console.say(console.texts.text(STEPS[step], file=file))

    recipe = recipes.load(args.recipe) if args.recipe else recipes.kept(store)
    with imports.prepare(
        store, LOCAL, args.paths, entity=args.entity, recipe=recipe, progress=progress
    ) as upload:
        if not args.yes and (asked := imports.unanswered(upload)):
            return asked
        if args.keep_recipe:
            recipes.save([table.plan for table in upload.tables], args.keep_recipe)
        return imports.load(
            store,
            LOCAL,
            upload,
            dry_run=args.dry_run,
            list_fates=bool(args.fates),
            progress=progress,
        )


def _print(result: ImportResult, console: Console) -> None:
    if console.format == "json":
        console.document(
            {
                "batch": result.batch,
                "files": [_file(file, console) for file in result.files],
                "seconds": round(result.seconds, 3),
                "matched": _arrivals(result, console),
            }
        )
        return
    rows = [
        {"file": _name(file), "entity": file.entity}
        | {fate: getattr(file, fate) for fate in FATES}
        | {"derived": ", ".join(f"{name} {count}" for name, count in file.derived.items())}
        for file in result.files
    ]
    console.rows(rows, ["file", "entity", *FATES, "derived"])
    for file in result.files:
        for note in file.notes:
            console.tell(note, _name(file))
        if file.repeats:
            said = console.texts.plural(
                "{n} line repeats an earlier line to the letter and was kept, because nothing "
                "tells them apart.",
                "{n} lines repeat an earlier line to the letter and were kept, because nothing "
                "tells them apart.",
                file.repeats,
            )
            console.say(f"{_name(file)}: {said}")
    if found := result.arrivals:
        merged, waiting = sum(found.merged.values()), sum(found.review.values())
        said = cleaning.arrivals(console.texts, merged, waiting)
        console.say(console.texts.problem(found.problem) if found.problem else said)
    if result.batch is not None:
        console.say(
            console.texts.text(
                mark("Batch {batch} loaded. Take it back with: undo {batch}"),
                batch=str(result.batch),
            )
        )


def _arrivals(result: ImportResult, console: Console) -> dict[str, Any] | None:
    """What matching made of the load; None where the store's records were never matched."""
    found = result.arrivals
    if found is None:
        return None
    error = console.texts.problem(found.problem) if found.problem else None
    return {"merged": found.merged, "review": found.review, "error": error}


def _file(file: FileResult, console: Console) -> dict[str, Any]:
    return {
        "path": file.path,
        "sheet": file.sheet,
        "entity": None if file.problem else file.entity,
        "encoding": file.encoding,
        **{fate: getattr(file, fate) for fate in FATES},
        "derived": file.derived,
        "mapping": file.mapping,
        "repeats": file.repeats,
        "repairs": [
            dict(zip(("field", "raw", "clean", "lines"), repair, strict=True))
            for repair in file.repairs
        ],
        "warnings": _by_rule(file),
        "notes": [console.texts.problem(note) for note in file.notes],
        "error": console.texts.problem(file.problem) if file.problem else None,
    }


def _by_rule(file: FileResult) -> dict[str, int]:
    """Rule -> lines; a rule that blames several columns counts each."""
    found: Counter[str] = Counter()
    for one in file.warnings:
        found[one.rule] += one.lines
    return dict(found)


def _name(file: FileResult) -> str:
    return f"{Path(file.path).name} [{file.sheet}]" if file.sheet else Path(file.path).name


def _write_fates(target: Path, store: Store, result: ImportResult) -> None:
    rows = result.fates or []
    if result.batch is not None:
        rows = loads.fates(store, LOCAL, result.batch)
    with target.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, loads.FATE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
