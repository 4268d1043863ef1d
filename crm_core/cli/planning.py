"""The command `plan`: the initiatives in sequence, each with its reason."""

import argparse
from pathlib import Path
from typing import Any

from crm_core.cli.console import Console, put
from crm_core.domain.actor import LOCAL
from crm_core.i18n import mark
from crm_core.i18n.planning import Words
from crm_core.services import planning, settings
from crm_core.services.clock import utc_now
from crm_core.services.planning import exporting
from crm_core.store import Store

COLUMNS = ["id", "title", "start", "end", "starts_on", "ends_on", "why"]


def plan(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Make a plan and print it, or write it to a file; 1 where nothing fits. Refused as
    `planning.plan` and `exporting.export`."""
    target: Path | None = args.export_to
    form = exporting.form_of(target.name) if target else ""
    made = planning.plan(
        store,
        LOCAL,
        utc_now().date(),
        scenario=args.scenario,
        objective=args.objective,
        seconds=args.seconds,
        tell=lambda one: console.say(console.texts.text(_BETTER, **one)),
    )
    currency = settings.read(store, LOCAL)["home_currency"] or None
    words = Words(console.texts, made.calendar, made.titles, currency)
    answer = made.answer
    items = [_item(one, made, words) for one in answer["items"]]
    conflicts = [one | {"said": words.conflict(one)} for one in answer["conflicts"]]
    if console.format == "json":
        console.document(
            {**answer, "scenario": made.header.scenario, "items": items, "conflicts": conflicts}
        )
    else:
        console.rows(items, COLUMNS)
    for one in conflicts:
        console.say(one["said"])
    if answer["status"] not in ("optimal", "feasible"):
        return 1
    if target:
        put(target, exporting.export(store, LOCAL, made.header.plan_id, form, console.texts))
        console.say(console.texts.text(_WRITTEN, path=target))
    return 0


_WRITTEN = mark("The plan stands in {path}.")


_BETTER = mark("Found one worth {objective} after {seconds} s; none is better than {bound}.")


def _item(one: dict[str, Any], made: planning.Plan, words: Words) -> dict[str, Any]:
    """Start and end as times: the end of one is the start of the next."""
    calendar, start, end = made.calendar, one["start"], one["end"]
    return {
        "id": one["id"],
        "title": made.titles.get(one["id"]),
        "start": start,
        "end": end,
        "starts_on": None if start is None else calendar.day(start).isoformat(),
        "ends_on": None if end is None else calendar.day(end).isoformat(),
        "why": words.why(one["reason"], is_placed=start is not None),
    }
