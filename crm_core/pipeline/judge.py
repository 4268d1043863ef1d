"""Staged rows are held against the rules: a broken one rejects the line or is counted."""

from collections.abc import Sequence

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.domain.rules import RefersTo, Rule, Severity
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.rules import applicable, broken

Cursor = duckdb.DuckDBPyConnection


def judge(
    cursor: Cursor,
    staged: str,
    spec: EntitySpec,
    plan: TablePlan,
    rules: Sequence[Rule],
    fields: Sequence[str],
    derived: Sequence[str],
) -> dict[str, int]:
    """Quarantine the open lines of table `staged` that break a rejecting rule.

    Rule id -> open lines that break a warning one. What the sheet itself tells of (`derived`
    entities) is not asked for elsewhere.
    """
    wanted = [rule for rule in applicable(rules, fields) if not _is_told(rule, spec, derived)]
    rejecting = [rule for rule in wanted if rule.severity is Severity.REJECT]
    warning = [rule for rule in wanted if rule.severity is Severity.WARN]
    open_rows = f"SELECT * FROM {staged} WHERE fate IS NULL"
    if rejecting:
        _reject(cursor, staged, plan, rejecting, broken(rejecting, spec, open_rows, "line"))
    if not warning:
        return {}
    found = cursor.execute(
        f"SELECT rule, count(*) FROM ({broken(warning, spec, open_rows, 'line')}) GROUP BY rule"
    ).fetchall()
    counts = {int(place): int(lines) for place, lines in found}
    return {warning[place].id: counts[place] for place in sorted(counts)}


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
