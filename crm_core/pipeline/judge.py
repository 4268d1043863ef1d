"""Staged rows are held against the rules: a broken one rejects the line or is counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.domain.rules import RefersTo, Rule, Severity
from crm_core.pipeline.lines import quoted
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
    spec: EntitySpec,
    plan: TablePlan,
    rules: Sequence[Rule],
    fields: Sequence[str],
    derived: Sequence[str],
) -> tuple[Warned, ...]:
    """Quarantine the open lines of table `staged` that break a rejecting rule.

    The open lines that break a warning one are told. What the sheet itself tells of (`derived`
    entities) is not asked for elsewhere.
    """
    wanted = [rule for rule in applicable(rules, fields) if not _is_told(rule, spec, derived)]
    rejecting = [rule for rule in wanted if rule.severity is Severity.REJECT]
    warning = [rule for rule in wanted if rule.severity is Severity.WARN]
    open_rows = f"SELECT * FROM {staged} WHERE fate IS NULL"
    if rejecting:
        _reject(cursor, staged, plan, rejecting, broken(rejecting, spec, open_rows, "line"))
    if not warning:
        return ()
    found = cursor.execute(
        "SELECT rule, count(*), min(line)"
        f" FROM ({broken(warning, spec, open_rows, 'line')}) GROUP BY rule ORDER BY rule"
    ).fetchall()
    told = ((warning[place], int(lines), int(first)) for place, lines, first in found)
    return tuple(Warned(rule.id, rule.fields[0], lines, first) for rule, lines, first in told)


def doubted(
    cursor: Cursor, staged: str, cells: str, plan: TablePlan, values: Sequence[Value]
) -> tuple[Warned, ...]:
    """The open lines of table `staged` whose cells a standardiser could not read."""
    found: list[Warned] = []
    for value in values:
        field = value.name.removeprefix(f"{value.derives}__")
        column = plan.column(field, value.derives) if value.doubts else None
        if column is None:
            continue
        rows = cursor.execute(
            f"SELECT code, count(*), min(line) FROM {staged} JOIN {cells} USING (line)"
            " JOIN (SELECT unnest($raw::VARCHAR[]) AS raw, unnest($code::VARCHAR[]) AS code)"
            f" ON raw = {cells}.c{column.index} WHERE fate IS NULL GROUP BY code ORDER BY code",
            {
                "raw": [doubt.raw for doubt in value.doubts],
                "code": [doubt.code for doubt in value.doubts],
            },
        ).fetchall()
        name = f"{value.derives}.{field}" if value.derives else field
        found += [Warned(code, name, int(lines), int(first)) for code, lines, first in rows]
    return tuple(found)


def _is_told(rule: Rule, spec: EntitySpec, derived: Sequence[str]) -> bool:
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
