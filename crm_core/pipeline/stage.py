"""One raw table becomes typed rows, each line with a fate or still open, in a temporary table.

Nothing of the store changes here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.domain.rules import Rule
from crm_core.pipeline import identifiers, identity, lines, other_ids, steps
from crm_core.pipeline.cells import WIDE, Cells, take
from crm_core.pipeline.judge import Warned, judge
from crm_core.pipeline.references import add_targets
from crm_core.pipeline.rows import reserve_row_ids
from crm_core.pipeline.segments import SegmentNames
from crm_core.pipeline.steps import Effect
from crm_core.pipeline.values import Repair, Value, Valuer, column_type, stated_currency
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Staged:
    """Temporary table `name` with a row per source line.

    Columns: `line`; `fields`; `{entity}__{field}` for what describes another entity; `extra`
    (JSON of the columns that are not mapped); `row_key`; `fate` and `why` (NULL: open, to be
    published); `bad_column` (index of the refused cell); `row_id` (for the row, if it is new).
    """

    name: str
    spec: EntitySpec
    plan: TablePlan
    cells: Cells
    fields: tuple[str, ...]
    derived: dict[str, tuple[str, ...]]
    repairs: tuple[Repair, ...]
    effects: tuple[Effect, ...]
    """What each step of the plan did."""
    doubled: bool = False
    """Whether several lines that are still open have the same key: see identity.repeated."""
    warnings: tuple[Warned, ...] = ()
    """The open lines that break a rule, or hold what could not be read."""


def stage(
    cursor: Cursor,
    number: int,
    data: Path,
    plan: TablePlan,
    names: SegmentNames,
    rules: Sequence[Rule] = (),
) -> Staged:
    """Clean the table read into `data` as `plan` says; `number` tells tables of an upload apart.

    `names` grows by the segments found; ids and names become targets for later tables. Lines that
    break a rejecting rule are quarantined.
    """
    spec = entities()[str(plan.entity)]
    cells = take(cursor, f"cells_{number}", data, plan, spec)
    effects = steps.apply(cursor, cells, plan)
    mended = identifiers.mend(cursor, cells, plan, spec)
    led = other_ids.mend(cursor, cells, plan, spec)
    found = Valuer(cursor, cells, plan, spec, names).values()
    values = [led.applied(mended.applied(value)) for value in found]
    implied = _implied(cursor, plan, spec, {value.name for value in values})
    staged = Staged(
        f"staged_{number}",
        spec,
        plan,
        cells,
        tuple(_own(values)) + tuple(implied),
        _derived(values),
        (*mended.repairs, *led.repairs, *(one for value in values for one in value.repairs)),
        effects,
    )
    cursor.execute(_statement(staged, values, implied, _row_ids(cursor, cells.name)))
    doubled = identity.mark_repeats(cursor, staged.name, cells.name, cells.columns)
    add_targets(cursor, spec.name, staged.name)
    warnings = judge(cursor, staged.name, cells.name, spec, plan, rules, staged.fields, values)
    return replace(staged, doubled=doubled, warnings=warnings)


def _own(values: list[Value]) -> list[str]:
    return [value.name for value in values if not value.derives]


def _derived(values: list[Value]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        if value.derives:
            name = value.name.removeprefix(f"{value.derives}__")
            found[value.derives] = (*found.get(value.derives, ()), name)
    return found


def _implied(cursor: Cursor, plan: TablePlan, spec: EntitySpec, mapped: set[str]) -> dict[str, str]:
    """Fields that no column fills but that follow from the others: name -> SQL over them."""
    implied: dict[str, str] = {}
    if spec.key and spec.key not in mapped and spec.natural_key in mapped:
        implied[spec.key] = str(spec.natural_key)
    if spec.name == "sale" and "amount" not in mapped and {"quantity", "unit_price"} <= mapped:
        money = column_type(cursor, "sale", "amount")
        implied["amount"] = f"TRY((quantity * unit_price::DECIMAL(20, 6))::{money})"
    if spec.name == "sale" and "sale_id" in mapped and "order_id" not in mapped:
        implied["order_id"] = "sale_id"
    currency = stated_currency(plan)
    if "currency" not in mapped and currency and any(f.name == "currency" for f in spec.fields):
        implied["currency"] = lines.quoted(currency)
    return implied


def _row_ids(cursor: Cursor, cells: str) -> str:
    """SQL: row ids of the table's own, in the order of its lines.

    Taken from the sequence within the statement they would be in any order.
    """
    first, last = cursor.execute(
        f"SELECT coalesce(min(line), 0), coalesce(max(line), 0) FROM {cells}"
    ).fetchall()[0]
    return f"{reserve_row_ids(cursor, last - first + 1) - first} + line"


def _statement(staged: Staged, values: list[Value], implied: dict[str, str], row_ids: str) -> str:
    cells, spec = staged.cells, staged.spec
    joins = "".join(
        f" LEFT JOIN {join.name} ON {join.name}.raw = c{join.index}"
        for value in values
        for join in value.joins
    )
    refusable = [value for value in values if value.refusal]
    identifier = identity.identifying_field(spec, set(staged.fields))
    missing = "name_missing" if spec.key in implied else "key_missing"
    said = staged.plan.column(str(spec.natural_key if spec.key in implied else identifier))
    unnamed = f"CASE WHEN row_key IS NULL AND NOT ragged THEN {said.index} END" if said else "NULL"
    key = identifier or "content || '#' || row_number() OVER (PARTITION BY content ORDER BY line)"
    columns = [f"{value.sql} AS {value.name}" for value in values]
    columns += [
        f"{_extra(staged, values)} AS extra",
        "content",
        "skip",
        f"{lines.ragged(cells.columns, cells.header_width, staged.plan, strict=cells.even)}"
        " AS ragged",
        f"{_case(refusable, 'refusal')} AS refusal",
        f"{_case(refusable, 'index')}::INTEGER AS bad_column",
    ]
    follows = "".join(f", {sql} AS {name}" for name, sql in implied.items())
    return f"""
        CREATE OR REPLACE TEMP TABLE {staged.name} AS
        WITH valued AS (SELECT line, {", ".join(columns)} FROM {cells.name}{joins}),
        implied AS (SELECT *{follows} FROM valued),
        keyed AS (SELECT *, {key} AS row_key FROM implied)
        SELECT * EXCLUDE (skip, ragged, refusal, content)
                REPLACE (coalesce(bad_column, {unnamed}) AS bad_column),
            CASE WHEN skip IS NOT NULL THEN 'skipped'
                 WHEN ragged OR refusal IS NOT NULL OR row_key IS NULL THEN 'quarantined'
            END AS fate,
            CASE WHEN skip IS NOT NULL THEN skip WHEN ragged THEN 'ragged'
                 WHEN refusal IS NOT NULL THEN refusal
                 WHEN row_key IS NULL THEN '{missing}' END AS why,
            {row_ids} AS row_id
        FROM keyed
    """


def _case(values: list[Value], what: str) -> str:
    """SQL: the reason code (`refusal`) or the column index (`index`) of the first refused cell."""
    answers = [
        lines.quoted(str(value.refusal)) if what == "refusal" else str(value.joins[0].index)
        for value in values
    ]
    tests = [
        f"WHEN {value.refused} THEN {answer}" for value, answer in zip(values, answers, strict=True)
    ]
    return f"CASE {' '.join(tests)} END" if tests else "NULL"


def _extra(staged: Staged, values: list[Value]) -> str:
    """SQL: the filled cells of the columns that are not mapped, as JSON under their headers.

    With them those that a mapped column could not be read from.
    """
    titles = staged.plan.titles()
    told = {c.index: f"c{c.index}" for c in staged.plan.columns if not (c.field and c.sure)}
    for value in values:
        if value.aside:
            index = value.joins[0].index
            told[index] = f"CASE WHEN {value.refused} THEN c{index} END"
    if not told:
        return "NULL::JSON"
    names = [lines.quoted(titles[index]) for index in told]
    if len(told) < WIDE:
        pairs = ", ".join(
            f"{name}, {cell}" for name, cell in zip(names, told.values(), strict=True)
        )
        return f"json_merge_patch('{{}}', json_object({pairs}))"
    # Three times slower, in half the memory.
    every = f"list_zip([{', '.join(names)}], [{', '.join(told.values())}])"
    return f"to_json(map_from_entries(list_filter({every}, lambda one: one[2] IS NOT NULL)))"
