"""Which of several ids on a sheet is its key: the one by which others know its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.recognise.keys import KEY_VARIETY
from crm_core.pipeline.recognise.sheet import (
    COMPARED,
    LEAST_VALUES,
    LINKED,
    SHARED,
    TELLING,
    Sheet,
    is_held,
    values_in,
)
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

RIVALS = 20
"""So many other ids are looked at: no export has more, and each takes several queries."""
MOST = 0.5
"""The share of values that are keys in the store from which on they are those of its rows."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Let another id be a sheet's key, where the store or other tables know its rows by that one.

    An export has the id of its system and a code beside it, or an id from outside: the header
    cannot tell by which of them an order means a product.
    """
    for sheet, plan in pairs:
        key = plan.column(str(entities()[plan.entity].key)) if plan.entity else None
        if key is None:
            continue
        rivals = [one for one in plan.columns if not one.field and key.field in one.candidates]
        if rivals:
            _choose(_Asked(cursor, sheet, plan, pairs), key, rivals[:RIVALS])


def _choose(asked: "_Asked", key: ColumnPlan, rivals: Sequence[ColumnPlan]) -> None:
    filled = asked.identifies(key)
    columns = [key, *(one for one in rivals if asked.identifies(one) >= max(filled, 1))]
    if len(columns) == 1:
        return
    known = {one.index: asked.known(one) for one in columns}
    told = {one.index: asked.told(one) for one in columns}
    chosen = max(columns, key=lambda one: (known[one.index], told[one.index]))
    if chosen is not key:
        chosen.field, chosen.confidence, chosen.evidence = key.field, LINKED, "content"
        key.field, key.confidence, key.evidence = None, 0.0, "none"


@dataclass(frozen=True)
class _Asked:
    """Asks the store and the other tables by which ids they know the rows of a sheet."""

    cursor: Cursor
    sheet: Sheet
    plan: TablePlan
    pairs: Sequence[Pair]

    @property
    def _spec(self) -> EntitySpec:
        return entities()[str(self.plan.entity)]

    def identifies(self, column: ColumnPlan) -> int:
        """How many lines have it, if it tells them apart; else 0."""
        cells, values = self._one(f"SELECT count(v), count(DISTINCT v) FROM ({self._own(column)})")
        return cells if values >= KEY_VARIETY * cells else 0

    def known(self, column: ColumnPlan) -> int:
        """How many of its values are keys of rows in the store."""
        entity, key = self._spec.name, self._spec.key
        if not is_held(self.cursor, entity):
            return 0
        held = f"SELECT {key} AS v FROM crm.{entity} WHERE origin = 'own'"
        both, least = self._shared(column, held)
        return both if both >= MOST * least else 0

    def told(self, column: ColumnPlan) -> int:
        """How many columns of other tables, and of the store, refer to it."""
        return sum(self._refers(column, values) for values in self._references())

    def _refers(self, column: ColumnPlan, values: str) -> bool:
        both, least = self._shared(column, values)
        return both >= LEAST_VALUES and both >= SHARED * least

    def _references(self) -> Iterator[str]:
        entity, key = self._spec.name, self._spec.key
        for sheet, plan in self.pairs:
            for column in plan.columns if plan.entity else ():
                if column.entity or not column.field:
                    continue
                field = entities()[str(plan.entity)].field(column.field)
                is_key = plan.entity == entity and field.name == key and sheet is not self.sheet
                if field.refers_to == entity or is_key:
                    yield values_in(self.cursor, sheet, plan, column)
        for other in entities().values():
            for field in other.fields:
                if field.refers_to == entity and is_held(self.cursor, other.name):
                    yield (
                        f"SELECT {field.name} AS v FROM crm.{other.name}"
                        f" WHERE regexp_matches({field.name}, '{TELLING}')"
                    )

    def _shared(self, column: ColumnPlan, values: str) -> tuple[int, int]:
        """How many different values the column and `values` share, and how many could be."""
        both, own, theirs = self._one(
            f"WITH own AS (SELECT DISTINCT v FROM ({self._own(column)})),"
            f" theirs AS (SELECT lower(trim(v)) AS v FROM ({values}) WHERE trim(v) <> ''"
            f" GROUP BY ALL ORDER BY count(*) DESC, v LIMIT {COMPARED})"
            " SELECT (SELECT count(*) FROM own SEMI JOIN theirs USING (v)),"
            " (SELECT count(*) FROM own), (SELECT count(*) FROM theirs)"
        )
        return both, min(own, theirs)

    def _own(self, column: ColumnPlan) -> str:
        return values_in(self.cursor, self.sheet, self.plan, column)

    def _one(self, sql: str) -> tuple[int, ...]:
        return tuple(map(int, self.cursor.execute(sql).fetchall()[0]))
