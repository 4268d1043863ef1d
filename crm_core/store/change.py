"""One business change: its rows, its audit row and its version commit together or not at all."""

from dataclasses import dataclass, field
from typing import Any

import duckdb


@dataclass
class Change:
    """An open write transaction. What is executed on `cursor` belongs to it.

    Every versioned row that it inserts carries `change_id`. `subject` and `detail` go into the
    audit row, so set them before the transaction ends.
    """

    cursor: duckdb.DuckDBPyConnection
    change_id: int
    area: str
    action: str
    subject: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
