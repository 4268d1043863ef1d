"""The command `flags`: what people and rules hold dangerous; the rules, and one replayed."""

import argparse
from typing import Any

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.flags import RULES
from crm_core.i18n import mark
from crm_core.services import flags as service
from crm_core.services.clock import utc_now
from crm_core.services.flags import Flag, RuleState, Wanted
from crm_core.store import Store

COLUMNS = [
    *("id", "origin", "rule", "subject", "title", "category", "severity", "likelihood", "status"),
    *("owner", "due", "plan", "raised_at", "why", "clears", "evidence"),
]
RULE_COLUMNS = ["rule", "label", "category", "severity", "limits", "off", "replay"]
EPISODES = ["subject", "first", "last", "days", "over", "acted", "for_nothing"]


def flags(args: argparse.Namespace, store: Store, console: Console) -> int:
    """Evaluate the rules and list the flags; 1 if a rule could not be evaluated."""
    if args.replay:
        return _replay(args, store, console)
    if args.rules:
        states = service.states(store, LOCAL).values()
        console.rows([_rule(one, console) for one in states], RULE_COLUMNS)
        return 0
    failed = service.keep_up(store, RULES, utc_now()).failed
    found = service.listed(store, LOCAL, Wanted(standing=not args.all))
    console.rows([_row(one, console) for one in found], COLUMNS)
    for rule, reason in failed.items():
        said = mark("The rule {rule} could not be evaluated: {reason}")
        console.say(console.texts.text(said, rule=rule, reason=reason))
    return 1 if failed else 0


def _row(one: Flag, console: Console) -> dict[str, Any]:
    values, texts = one.values, console.texts
    names = ("subject", "category", "severity", "likelihood", "status", "owner", "due", "plan")
    return {
        "id": one.id,
        "origin": "rule" if values.get("rule") else "person",
        "rule": values.get("rule"),
        **{name: values.get(name) for name in names},
        "title": one.title(texts),
        "raised_at": one.raised_at,
        "why": one.why(texts),
        "clears": one.clears(texts),
        "evidence": one.address,
    }


def _rule(one: RuleState, console: Console) -> dict[str, Any]:
    rule = one.rule
    return {
        "rule": rule.id,
        "label": console.texts.label(rule.label),
        "category": rule.category,
        "severity": rule.severity,
        "limits": "; ".join(f"{name}={value:f}" for name, value in one.limits.items()),
        "off": one.is_off,
        "replay": console.texts.label(rule.no_replay) if rule.no_replay else None,
    }


def _replay(args: argparse.Namespace, store: Store, console: Console) -> int:
    found = service.replay(store, LOCAL, args.replay, utc_now(), args.days)
    rows = [
        {
            "subject": one.subject,
            "first": one.first,
            "last": one.last,
            "days": one.days,
            "over": one.is_over,
            "acted": one.acted,
            "for_nothing": one.for_nothing,
        }
        for one in found.episodes
    ]
    console.rows(rows, EPISODES)
    told = mark("{first} to {last}: raised {raised} times, {nothing} of them for nothing.")
    console.say(
        console.texts.text(
            told,
            first=found.first,
            last=found.last,
            raised=found.raised,
            nothing=found.for_nothing,
        )
    )
    return 0
