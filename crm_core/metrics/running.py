"""Running one metric."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from crm_core.domain.problems import Refused
from crm_core.metrics.catalogue import MetricSpec, catalogue
from crm_core.metrics.parameters import Value, bound


def run(
    cursor: duckdb.DuckDBPyConnection, metric_id: str, params: Mapping[str, object]
) -> pa.Table:
    """The metric's rows, with the columns of its head; money stays exact (DECIMAL).

    Refuses with metric_unknown (id, known) or metric_parameter (metric, name, value, expected).
    """
    if metric_id not in catalogue():
        raise Refused("metric_unknown", id=metric_id, known=", ".join(catalogue()))
    spec = catalogue()[metric_id]
    values = bound(spec, params)
    prepare(cursor, metric_id)
    _ask_the_store(cursor, spec, values)
    return cursor.sql(spec.sql, params=values or None).to_arrow_table()


def prepare(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> None:
    """Make the temporary tables that the metric reads, empty, where the cursor has none yet.

    They hold what only a service knows, such as which values break a rule.
    """
    for name, columns in catalogue()[metric_id].noted.items():
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} ({columns})")


def _ask_the_store(
    cursor: duckdb.DuckDBPyConnection, spec: MetricSpec, values: dict[str, Value]
) -> None:
    """Fill in the defaults that depend on the store."""
    for parameter in spec.parameters:
        if values[parameter.name] is None and parameter.default_sql:
            [(default,)] = cursor.execute(parameter.default_sql).fetchall()
            values[parameter.name] = default
