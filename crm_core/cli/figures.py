"""Commands that print figures, or write a report of them."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crm_core import metrics as metric_catalogue
from crm_core.cli.console import Console, put
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import figures
from crm_core.services.quality import report as migration_report
from crm_core.store import Store


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
    put(target, made)
    console.say(console.texts.text(mark("The report stands in {path}."), path=target))
    return 0


def _params(words: list[str]) -> Mapping[str, Any]:
    """name=value words, a name given twice has both values; Refused("metric_parameter_form")."""
    found: dict[str, list[str]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise Refused("metric_parameter_form", value=name)
        found.setdefault(name.strip(), []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
