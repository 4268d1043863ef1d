"""What the rules find in the store as it is."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import simplejson

from crm_core import metrics
from crm_core.domain.flags import REGISTER, Finding, FlagRule
from crm_core.domain.problems import Refused
from crm_core.domain.registers import MOST_VALUES, FieldKind
from crm_core.reference.registers import registers
from crm_core.services.flags.choosing import RuleState
from crm_core.services.processes.differing import differences
from crm_core.store import as_dicts

Cursor = duckdb.DuckDBPyConnection
COMPUTED: dict[str, Callable[[Cursor], pa.Table]] = {
    "process_difference": differences,
    "danger": lambda cursor: cursor.sql("FROM checklist.danger").to_arrow_table(),
}
AREAS = {
    "crm": ("crm",),
    "programme": ("programme",),
    "app": ("settings", "feeds"),
    "checklist": ("checklist",),
}
"""Part of the store that rules read -> the areas whose changes it holds."""


@dataclass(frozen=True)
class Found:
    """The flags that should stand, and the rules whose queries could not be run."""

    findings: dict[tuple[str, str], Finding]
    """Rule and subject -> what was found."""
    staying: dict[tuple[str, str], Finding]
    """The same with the limits at which flags clear: those that stand go on standing."""
    failed: dict[str, str]
    """Rule -> what the engine said."""
    unknown: frozenset[str]
    """The rules of which nothing can be said: those that failed and those not asked for."""

    def now(self, key: tuple[str, str]) -> Finding | None:
        """What a flag says that stands or is to stand; None: it is to clear."""
        return self.findings.get(key) or self.staying.get(key)


def find(
    cursor: Cursor, rules: Iterable[RuleState], today: date, parts: Collection[str] | None = None
) -> Found:
    """Run every rule that is on; `parts`: only those that read one of these parts of the store.
    One that fails does not keep the others from being run.

    The cursor must not be in a transaction: a failing query would end it for the others.
    """
    findings, staying = dict[tuple[str, str], Finding](), dict[tuple[str, str], Finding]()
    failed, others = dict[str, str](), set[str]()
    made = dict[str, pa.Table]()
    for state in rules:
        if state.is_off:
            continue
        if parts is not None and set(parts).isdisjoint(state.rule.reads):
            others.add(state.rule.id)
            continue
        try:
            found, stays = run(cursor, state, today, made)
        except (duckdb.Error, Refused, KeyError, TypeError, ValueError) as error:
            failed[state.rule.id] = str(error).splitlines()[0]
        else:
            findings |= {(one.rule, one.subject): one for one in found}
            staying |= {(one.rule, one.subject): one for one in stays}
    return Found(findings, staying, failed, frozenset(others | failed.keys()))


def run(
    cursor: Cursor, state: RuleState, today: date, made: dict[str, pa.Table] | None = None
) -> tuple[list[Finding], list[Finding]]:
    """The flags that one rule asks for, and those that would go on standing; `made`: computed
    tables that were made for others, and are made once for all. duckdb.Error where its query cannot
    be run; KeyError or TypeError where it lacks a column that a rule must have."""
    with _tables(cursor, state.rule, {} if made is None else made):
        found = _asked(cursor, state, state.limits, today)
        is_same = state.clearing == state.limits
        return found, found if is_same else _asked(cursor, state, state.clearing, today)


def _asked(
    cursor: Cursor, state: RuleState, limits: Mapping[str, Decimal], today: date
) -> list[Finding]:
    params = {"today": today, **limits}
    used = {name: value for name, value in params.items() if f"${name}" in state.rule.sql}
    return [_finding(state, row) for row in as_dicts(cursor.execute(state.rule.sql, used or None))]


@contextmanager
def _tables(cursor: Cursor, rule: FlagRule, made: dict[str, pa.Table]) -> Iterator[None]:
    """The metrics and computed tables that a rule reads, under their names."""
    for name in rule.metrics:
        cursor.register(name, metrics.run(cursor, name, {}))
    for name in rule.computed:
        if name not in made:
            made[name] = COMPUTED[name](cursor)
        cursor.register(name, made[name])
    try:
        yield
    finally:
        for name in (*rule.metrics, *rule.computed):
            cursor.unregister(name)


def _finding(state: RuleState, row: dict[str, Any]) -> Finding:
    subject, measured = str(row.pop("subject")), float(row.pop("measured"))
    linked = {name: row.pop(name) or [] for name in [*row] if name in _links()}
    links = {name: tuple(map(str, ids[:MOST_VALUES])) for name, ids in linked.items()}
    return Finding(state.rule.id, subject, measured, plain(row | dict(state.limits)), links)


def _links() -> set[str]:
    return {one.name for one in registers()[REGISTER].fields if one.kind is FieldKind.LINK}


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they come back from the store, so that what did not change is equal."""
    numbers = {name: _number(value) for name, value in facts.items()}
    found: dict[str, Any] = simplejson.loads(simplejson.dumps(numbers, default=str))
    return found


def _number(value: Any) -> Any:
    """Decimals as the texts need them: to the digits of a double."""
    return float(value) if isinstance(value, Decimal) else value
