"""The sample company's registers, filled in as a programme has them ten months in."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

import numpy as np

from crm_core.domain.actor import Actor
from crm_core.domain.flags import REGISTER, RULES
from crm_core.domain.gates import End
from crm_core.i18n import Texts
from crm_core.i18n.catalogue import translations
from crm_core.reference.registers import registers as described
from crm_core.sample import UNTIL, programme
from crm_core.sample.files import write_csv
from crm_core.services import (
    flags,
    gates,
    planning,
    registers,
    sample_assessments,
    settings,
    vendors,
)
from crm_core.services.registers import Write
from crm_core.services.registers.values import written
from crm_core.services.registers.workbook import HEADS
from crm_core.services.vendors import Judgement
from crm_core.store import Store


def language(code: str) -> programme.Language:
    """How the registers read in a language of the interface."""
    return programme.Language(code, translations(code, "sample").gettext)


def fill(store: Store, actor: Actor, now: datetime, code: str, until: date = UNTIL) -> None:
    """Keep every row as people would have, in the language of that code, read the goals and raise
    the flags as of a moment (UTC).

    `until` is the company's last day: the days of the rows are told from it, so that they do not
    depend on the day on which the store is made.
    """
    spoken = language(code)
    for key, value in (
        ("home_currency", programme.CURRENCY),
        ("hour_cost", programme.HOUR_COST),
        ("plan_start", until.replace(day=1).isoformat()),
        ("plan_unit", "month"),
        ("plan_horizon", 24),
    ):
        settings.write(store, actor, key, value)
    for name, items in programme.items(until, spoken).items():
        registers.write(store, actor, name, [Write(one.id, one.values) for one in items])
    for said in programme.judged(spoken):
        _judge(store, actor, said)
    sample_assessments.fill(store, actor, spoken, until)
    for opened in programme.gates(until, spoken):
        _open(store, actor, opened)
    _plan(store, actor, until, spoken)
    for one in programme.limits(spoken):
        flags.choose(store, actor, one.rule, one.limits, one.reason)
    flags.keep_up(store, RULES, now)
    _answer(store, actor, programme.answers(spoken))


def _plan(store: Store, actor: Actor, until: date, spoken: programme.Language) -> None:
    """Make the plan that was agreed, and what each scenario would bring, on the last day."""
    morning = datetime.combine(until, time(9))
    rows, _ = registers.listed(store, actor, "scenario")
    for row in reversed(rows):
        planning.plan(store, actor, until, scenario=row.id, clock=lambda: morning)
    agreed = planning.plan(store, actor, until, clock=lambda: morning)
    reason = programme.read("agreed", spoken)["reason"]
    planning.accept(store, actor, agreed.header.plan_id, reason, lambda: morning)


def _judge(store: Store, actor: Actor, said: programme.Judged) -> None:
    """Weigh the criteria and score the vendors as an evaluator does."""
    pairs = {
        (one, other): Judgement(times)
        for one, others in said.pairs.items()
        for other, times in others.items()
    }
    points = {(one, ""): Judgement(value) for one, value in said.points.items()}
    kind: Literal["pair", "points"] = "pair" if pairs else "points"
    vendors.weigh(store, actor, said.evaluator, kind, pairs or points, {})
    for vendor, scores in said.scores.items():
        given = {(one, vendor): Judgement(value) for one, value in scores.items()}
        vendors.score(store, actor, said.evaluator, vendor, given, {})


def _open(store: Store, actor: Actor, said: programme.Opened) -> None:
    """Open a gate by hand, in the morning of its day."""
    morning = datetime.combine(said.day, time(9))
    end = End(said.gate)
    gates.open_by_hand(store, actor, said.phase, end, said.by, said.reason, lambda: morning)


def _answer(store: Store, actor: Actor, answers: Sequence[programme.Answer]) -> None:
    """Write into the flags that rules raised what people do about them."""
    rows, _ = registers.listed(store, actor, REGISTER)
    raised = {(row.values.get("rule"), row.values.get("subject")): row for row in rows}
    writes = [
        Write(row.id, {**row.values, **one.values}, row.version)
        for one in answers
        if (row := raised.get((one.rule, one.subject)))
    ]
    registers.write(store, actor, REGISTER, writes)


def write(directory: Path, code: str, until: date = UNTIL) -> list[Path]:
    """Writes a CSV file a register, as `register NAME --import` takes it, in the language of that
    code, and returns the paths. The folder is made where it is missing; files of these names in it
    are replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    texts, spoken = Texts(code), language(code)
    return [
        _write(directory, name, rows, texts)
        for name, rows in programme.items(until, spoken).items()
    ]


def _write(directory: Path, name: str, rows: Sequence[programme.Item], texts: Texts) -> Path:
    number = HEADS["id"]
    columns = {texts.text(number): np.array([row.id for row in rows], dtype=object)}
    for field in described()[name].fields:
        cells = [written(field, row.values.get(field.name), texts) for row in rows]
        if any(cells):
            columns[texts.label(field.label)] = np.array(cells, dtype=object)
    return write_csv(directory / f"{name}.csv", columns, "utf-8-sig")
