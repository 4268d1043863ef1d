"""One .sql file per metric, and the code that runs them.

A store is prepared by `install` (views, macros, empty rollups) after its migrations; `refresh`
rebuilds the rollups and belongs into every transaction that changes customer data.
"""

from crm_core.metrics.catalogue import ColumnSpec, MetricSpec, ParameterSpec, catalogue
from crm_core.metrics.rollup import install, refresh
from crm_core.metrics.running import prepare, run

__all__ = [
    "ColumnSpec",
    "MetricSpec",
    "ParameterSpec",
    "catalogue",
    "install",
    "prepare",
    "refresh",
    "run",
]
