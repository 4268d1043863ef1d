"""Staged rows are held against the rules: a broken one rejects the line or is counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.domain.rules import Pattern, RefersTo, Rule, Severity
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.mending import Doubt
from crm_core.pipeline.rules import applicable, broken
from crm_core.pipeline.values import Value

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Warned:
    """Lines that are loaded although something is wrong with them."""

    rule: str
    """The rule that they break, or the code of what could not be read."""
    field: str | None
    """The field that is to blame; entity.field where it describes another record."""
    lines: int
    line: int | None
    """The first of them."""


def judge(
    cursor: Cursor,
    staged: str,
    cells: str,
    spec: EntitySpec,
    plan: TablePlan,
    rules: Sequence[Rule],
    fields: Sequence[str],
    values: Sequence[Value],
) -> tuple[Warned, ...]:
    """Quarantine the open lines of table `staged` that break a rejecting rule.

    The open lines that break a warning one are told, and those with cells that a standardiser could
    not read; of a cell that is both only the latter. `cells`: the table that `values` were read
    from. What the sheet itself tells of other entities is not asked for elsewhere.
    """
    derived = {value.derives for value in values}
    wanted = [rule for rule in applicable(rules, fields) if not _is_told(rule, spec, derived)]
    rejecting = [rule for rule in wanted if rule.severity is Severity.REJECT]
    open_rows = f"SELECT * FROM {staged} WHERE fate IS NULL"
    if rejecting:
        _reject(cursor, staged, plan, rejecting, broken(rejecting, spec, open_rows, "line"))
    doubts = _doubted(cursor, staged, cells, plan, values)
    return (*_warned(cursor, staged, spec, wanted), *doubts)


def _warned(cursor: Cursor, staged: str, spec: EntitySpec, rules: Sequence[Rule]) -> list[Warned]:
    """The open lines that break a warning rule, as far as nothing is told of the cell already."""
    warning = [rule for rule in rules if rule.severity is Severity.WARN]
    if not warning:
        return []
    open_rows = f"SELECT * FROM {staged} WHERE fate IS NULL"
    blamed = ", ".join(quoted(rule.fields[0]) for rule in warning)
    written = ", ".join(
        str(place) for place, rule in enumerate(warning) if isinstance(rule, Pattern)
    )
    found = cursor.execute(
        "SELECT rule, count(*), min(line)"
        f" FROM ({broken(warning, spec, open_rows, 'line')}) WHERE NOT (rule IN ({written or -1})"
        f" AND (line, [{blamed}][rule + 1]) IN (SELECT line, field FROM doubt))"
        " GROUP BY rule ORDER BY rule"
    ).fetchall()
    told = ((warning[place], int(lines), int(first)) for place, lines, first in found)
    return [Warned(rule.id, rule.fields[0], lines, first) for rule, lines, first in told]


def _doubted(
    cursor: Cursor, staged: str, cells: str, plan: TablePlan, values: Sequence[Value]
) -> list[Warned]:
    """The open lines whose cells a standardiser could not read: temporary table `doubt`, too."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE doubt (line BIGINT, field VARCHAR, code VARCHAR)")
    for value in values:
        field = value.name.removeprefix(f"{value.derives}__")
        column = plan.column(field, value.derives) if value.doubts else None
        if column is not None:
            name = f"{value.derives}.{field}" if value.derives else field
            _note_doubts(cursor, staged, cells, column.index, name, value.doubts)
    rows = cursor.execute(
        "SELECT code, field, count(*), min(line) FROM doubt GROUP BY ALL ORDER BY field, code"
    ).fetchall()
    return [Warned(code, field, int(lines), int(first)) for code, field, lines, first in rows]


def _note_doubts(
    cursor: Cursor, staged: str, cells: str, index: int, field: str, doubts: Sequence[Doubt]
) -> None:
    beside = next((doubt.beside[0] for doubt in doubts if doubt.beside), None)
    other = "''" if beside is None else f"coalesce({cells}.c{beside}, '')"
    cursor.execute(
        f"INSERT INTO doubt SELECT line, $field, code FROM {staged} JOIN {cells} USING (line)"
        " JOIN (SELECT unnest($raw::VARCHAR[]) AS raw, unnest($code::VARCHAR[]) AS code,"
        " unnest($other::VARCHAR[]) AS other)"
        f" ON raw = {cells}.c{index} AND other = {other} WHERE fate IS NULL",
        {
            "field": field,
            "raw": [doubt.raw for doubt in doubts],
            "code": [doubt.code for doubt in doubts],
            "other": [doubt.beside[1] if doubt.beside else "" for doubt in doubts],
        },
    )


def _is_told(rule: Rule, spec: EntitySpec, derived: Collection[str | None]) -> bool:
    return isinstance(rule, RefersTo) and spec.field(rule.field).refers_to in derived


def _reject(
    cursor: Cursor, staged: str, plan: TablePlan, rules: Sequence[Rule], breaks: str
) -> None:
    """Of several broken rules the first one is named, with the column that it blames."""
    columns = [plan.column(rule.fields[0]) for rule in rules]
    names = ", ".join(quoted(rule.id) for rule in rules)
    indexes = ", ".join(str(column.index) if column else "NULL" for column in columns)
    cursor.execute(
        f"UPDATE {staged} SET fate = 'quarantined', why = [{names}][rule + 1],"
        f" bad_column = ([{indexes}]::INTEGER[])[rule + 1]"
        f" FROM (SELECT line AS broken, min(rule) AS rule FROM ({breaks}) GROUP BY line)"
        " WHERE line = broken"
    )
