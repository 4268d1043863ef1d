"""From a raw table to a proposal: what it is and what each of its columns means."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.recognise import continuation, deleted, group_headings, two_names
from crm_core.pipeline.recognise.assign import Assignment
from crm_core.pipeline.recognise.entity import choose
from crm_core.pipeline.recognise.headers import read_header, titled_unit
from crm_core.pipeline.recognise.keys import broken_key, order_as_key
from crm_core.pipeline.recognise.locate import Line, first_lines, header_at, locate, remarks
from crm_core.pipeline.recognise.match import UNSURE, Column
from crm_core.pipeline.recognise.profile import profiles
from crm_core.pipeline.recognise.writing import Habits, habits, writing


def propose(
    cursor: duckdb.DuckDBPyConnection,
    *,
    file: str,
    sheet: str | None,
    data: Path,
    entity: str | None = None,
    header_line: int | None = None,
) -> TablePlan:
    """What the raw table in the Parquet file `data` is, and what each of its columns means.

    `data` has the columns line, width and c0 … of text, every line of the source a row.
    `entity`: what a person says it is; else it is recognised, or None where it is nothing known.
    `header_line`: where the header is known to stand; else it is looked for. A header line of 0
    says that there is none and every line is data.
    """
    lines = first_lines(cursor, data)
    header_line, columns = _columns(cursor, data, lines, header_line)
    not_key: frozenset[int] = frozenset()
    name = f"{file} {sheet or ''}"
    assigned, confidence = choose(name, columns, not_key, entity)
    indexes = [column.index for column in columns]
    while assigned and (
        (broken := broken_key(cursor, data, header_line, assigned, indexes)) is not None
    ):
        not_key |= {broken}
        assigned, confidence = choose(name, columns, not_key, entity)
    heads = continuation.heads(cursor, data, header_line, assigned, columns) if assigned else None
    if assigned and heads is not None:
        continuation.settle(assigned, columns, heads)
        if not heads:
            order_as_key(cursor, data, header_line, assigned, columns)
    halves = two_names.settle(assigned, columns) if assigned else None
    unit = titled_unit(remarks(cursor, data, lines, header_line))
    plan = TablePlan(
        file=file,
        sheet=sheet,
        entity=assigned.entity if assigned else None,
        confidence=confidence,
        header_line=header_line,
        columns=_plans(columns, assigned, habits(columns, unit)),
    )
    if heads:
        plan.steps += continuation.steps(cursor, data, plan, heads)
    group_headings.settle(cursor, data, plan, lines)
    if halves:
        plan.steps += two_names.steps(plan, halves)
    if assigned:
        plan.steps += deleted.steps(cursor, data, plan, columns)
    return plan


def _columns(
    cursor: duckdb.DuckDBPyConnection, data: Path, lines: list[Line], header_line: int | None
) -> tuple[int, list[Column]]:
    """The header's line, and the columns with their headers and the looks of their cells."""
    if header_line is None:
        header_line, texts = locate(lines)
    else:
        texts = header_at(lines, header_line)
    count = len(lines[0].cells) if lines else 0
    looks = profiles(cursor, data, count, header_line)
    columns = [Column(i, read_header(texts[i]), looks[i]) for i in range(count)]
    return header_line, columns


def _plans(
    columns: Sequence[Column], assigned: Assignment | None, common: Habits
) -> list[ColumnPlan]:
    return [_plan(column, assigned, common) for column in columns]


def _plan(column: Column, assigned: Assignment | None, common: Habits) -> ColumnPlan:
    plan = ColumnPlan(index=column.index, header=column.header.text)
    if assigned is None:
        return plan
    plan.candidates = assigned.considered.get(column.index, ())
    claim = assigned.taken.get(column.index)
    if claim is None:
        return plan
    target = claim.target
    how = writing(column, target.field.name, target.field.kind, common)
    confidence = claim.confidence if how.certain else min(claim.confidence, UNSURE)
    return plan.model_copy(
        update={
            "field": target.field.name,
            "entity": target.entity,
            "confidence": round(confidence, 2),
            "evidence": claim.evidence,
            "date_order": how.date_order,
            "decimal_mark": how.decimal_mark,
            "scale": how.scale,
            "currency": how.currency,
        }
    )
