"""How much the teams of each process differ, as a table for SQL: the score is not SQL's to tell."""

from statistics import fmean
from typing import Any

import duckdb
import pyarrow as pa

from crm_core.domain.comparison import apart
from crm_core.domain.variant import Step, Variant
from crm_core.services.registers.rows import plain_names

_VARIANTS = f"""
SELECT
    process.id, process.title, step.team,
    list({{
        what: what, tool: coalesce(tool, ''), minutes: minutes,
        with_waiting: coalesce(with_waiting, false)
    }} ORDER BY step."order", step.id)
FROM programme.process_step AS step
JOIN programme.process AS process
    ON list_has_any({plain_names("step.process")}, {plain_names("[process.id, process.title]")})
GROUP BY ALL
ORDER BY process.id, step.team
"""
_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("teams", pa.int64()),
        ("difference", pa.float64()),
        ("one", pa.string()),
        ("other", pa.string()),
    ]
)


def differences(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """A row for each process that two teams or more do: the mean difference of any two of them
    (0 … 1, see domain.comparison), and which two differ most."""
    held: dict[tuple[str, str], list[Variant]] = {}
    for key, title, team, steps in cursor.execute(_VARIANTS).fetchall():
        held.setdefault((key, title), []).append(Variant(team, tuple(Step(**one) for one in steps)))
    rows = [_row(*named, teams) for named, teams in held.items() if len(teams) > 1]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _row(key: str, title: str, teams: list[Variant]) -> dict[str, Any]:
    differing = apart(teams)
    one, other = max(differing, key=lambda pair: differing[pair])
    mean = fmean(differing.values())
    return dict(zip(_SCHEMA.names, (key, title, len(teams), mean, one, other), strict=True))
