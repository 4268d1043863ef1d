"""Figures: any metric, for whoever may see it."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.services.quality import measure
from crm_core.store import Store

_NOTED = {"data_quality": measure.note_broken_values}
"""What a metric reads besides the store's tables, noted before it runs."""


def metric(
    store: Store, _actor: Actor, metric_id: str, params: Mapping[str, object] | None = None
) -> pa.Table:
    """The rows of a metric; refuses what metrics.run refuses."""
    with store.read() as cursor:
        return metric_of(cursor, metric_id, params or {})


def metric_of(
    cursor: duckdb.DuckDBPyConnection, metric_id: str, params: Mapping[str, object]
) -> pa.Table:
    """The same, as a cursor sees it."""
    if note := _NOTED.get(metric_id):
        note(cursor)
    return metrics.run(cursor, metric_id, params)
