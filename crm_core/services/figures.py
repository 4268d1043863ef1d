"""Figures: any metric, for whoever may see it."""

from collections.abc import Mapping

import pyarrow as pa

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.store import Store


def metric(
    store: Store, _actor: Actor, metric_id: str, params: Mapping[str, object] | None = None
) -> pa.Table:
    """The rows of a metric; refuses what metrics.run refuses."""
    with store.read() as cursor:
        return metrics.run(cursor, metric_id, params or {})
