"""The command `checklist`: what the newest assessment by a checklist comes to, or another one."""

import argparse
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm_core.cli import checklist_files
from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.answers import kept_as
from crm_core.domain.checklists import Item
from crm_core.domain.pooling import Group
from crm_core.domain.problems import Refused
from crm_core.domain.results import Gap, OfItem, Reason, Step
from crm_core.domain.scoring import Counted, Rules, Score
from crm_core.services.checklists import results, results_changes
from crm_core.services.checklists.results import Shown
from crm_core.services.checklists.results_answers import Said
from crm_core.services.checklists.results_changes import Changed, Difference, Side
from crm_core.store import Store

COLUMNS = ["section", "title", "score", "light", "reasons", "coverage", "evidence"]


def checklist(args: argparse.Namespace, store: Store, console: Console) -> int:
    """The result as a table of sections, or all of it as JSON. Refused: checklist_unknown,
    assessment_none, assessment_unknown, assessment_other. With a file: `checklist_files`."""
    if args.export_to:
        return checklist_files.export(args, store, console)
    if args.import_from:
        return checklist_files.bring(args, store, console)
    key = args.assessment or results.newest(store, LOCAL, args.id)
    rules = Rules(Counted(args.missing), Counted(args.not_applicable))
    found = results.of_assessment(store, LOCAL, key, rules)
    if found.assessment.checklist != args.id:
        raise Refused("assessment_not_by", id=key, value=args.id)
    against = args.against and results_changes.difference(store, LOCAL, key, args.against)
    sections = _sections(found, console)
    if console.format == "json":
        console.document(_document(found, rules, console, sections, against or None))
    else:
        told = [one | {"reasons": "; ".join(r["code"] for r in one["reasons"])} for one in sections]
        console.rows(told, COLUMNS)
    return 0


def _document(
    found: Shown,
    rules: Rules,
    console: Console,
    sections: list[dict[str, Any]],
    against: Difference | None,
) -> dict[str, Any]:
    one, come = found.assessment, found.result
    items = {item.id: item for item in found.checklist.items}
    return {
        "checklist": one.checklist,
        "edition": one.edition,
        "assessment": one.id,
        "scope": one.scope,
        "subject": one.subject,
        "day": one.day,
        "state": one.state.value,
        "names_hidden": one.is_unnamed,
        "people": found.people,
        "missing": rules.missing.value,
        "not_applicable": rules.not_applicable.value,
        **_score(come.whole, come.reasons),
        "confidence": _share(come.confidence),
        "sections": sections,
        "items": [_item(each, items[each.item], console) for each in come.items],
        "unanswered": [each.item for each in come.items if each.asked and not each.answered],
        "gaps": [_gap(each) for each in come.gaps],
        "next_steps": [_step(each, items[each.item], console) for each in come.steps],
        "difference": against and _difference(against, console),
    }


def _sections(found: Shown, console: Console) -> list[dict[str, Any]]:
    titles = {one.id: console.texts.label(one.title) for one in found.checklist.sections}
    return [
        {"section": one.section, "title": titles[one.section]}
        | _score(one.score, one.reasons)
        | {"by_voice": {voice: _share(share) for voice, share in one.by_voice.items()}}
        for one in found.result.sections
    ]


def _score(score: Score, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    return {
        "score": _share(score.share),
        "light": score.light.value,
        "reasons": [
            {"code": one.code, "items": list(one.items), "limit": one.limit} for one in reasons
        ],
        "coverage": _share(score.coverage),
        "evidence": _share(score.evidence),
        "missed_gates": list(score.missed_gates),
        "open_gates": list(score.open_gates),
    }


def _item(one: OfItem, item: Item, console: Console) -> dict[str, Any]:
    return {
        "item": one.item,
        "section": one.section,
        "text": console.texts.label(item.text),
        "score": _share(one.share),
        "by_voice": _groups(one.by_group),
        "lowest": _share(one.lowest),
        "highest": _share(one.highest),
        "answered": one.answered,
        "asked": one.asked,
        "evidence": one.shown,
        "withheld": one.is_withheld,
    }


def _gap(one: Gap) -> dict[str, Any]:
    ends = {"low": "+".join(one.low), "high": "+".join(one.high)}
    return {"item": one.item, **ends, "distance": _share(one.distance)}


def _step(one: Step, item: Item, console: Console) -> dict[str, Any]:
    what, label = item.leads_to[one.place], console.texts.label
    return {
        "item": one.item,
        "recommendation": label(what.recommendation),
        "flag": label(what.flag) if what.flag else None,
        "severity": what.severity,
        "initiative": label(what.initiative) if what.initiative else None,
        "gate": one.is_gate,
        "gain": _share(one.gain),
        "told": one.says.told,
        "people": one.says.people,
    }


def _difference(found: Difference, console: Console) -> dict[str, Any]:
    return {
        "before": found.before.id,
        "after": found.after.id,
        "changed": [_changed(one, console) for one in found.changed],
        "same": found.same,
        "withheld": found.withheld,
    }


def _changed(one: Changed, console: Console) -> dict[str, Any]:
    return {
        "item": one.item.id,
        "section": one.section,
        "text": console.texts.label(one.item.text),
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(one: Side) -> dict[str, Any]:
    return {"score": _share(one.share), "answers": [_said(each) for each in one.said]}


def _said(one: Said) -> dict[str, Any]:
    told = {"who": one.who, "voice": one.voice, "at": one.at, "by": one.by}
    return {"value": kept_as(one.value), "note": one.note, **told}


def _groups(shares: Mapping[Group, Fraction]) -> dict[str, Decimal | None]:
    return {"+".join(group): _share(share) for group, share in shares.items()}


def _share(share: Fraction | None) -> Decimal | None:
    """Four digits behind the point."""
    return None if share is None else round(Decimal(share.numerator) / share.denominator, 4)
