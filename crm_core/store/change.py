"""One business change: its rows, its audit row and its version commit together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb


def history_of(table: str) -> str:
    """The history table of `table`, both written schema.name."""
    schema, name = table.split(".")
    return f"{schema}.{name}_history" if schema == "app" else f"{schema}_history.{name}"


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

    def retire(
        self, table: str, condition: str, params: Sequence[Any] | dict[str, Any] = ()
    ) -> int:
        """Take the rows of `table` that meet `condition` out of force; how many there were.

        They move to the history table. `condition` is SQL text of our own, with ? for each of
        `params`, or $name.
        """
        self.cursor.execute(
            f"INSERT INTO {history_of(table)} BY NAME"
            f" SELECT *, {self.change_id} AS superseded_by FROM {table} WHERE {condition}",
            params,
        )
        self.cursor.execute(f"DELETE FROM {table} WHERE {condition}", params)
        done = self.cursor.fetchone()
        return int(done[0]) if done else 0
