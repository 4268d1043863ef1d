"""From the records of a store to its scored pairs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count

import duckdb
import numpy as np

from crm_core.matching import blocking, vectors
from crm_core.matching.comparisons import Comparison, comparisons
from crm_core.matching.fields import ENTITIES
from crm_core.matching.mixture import learn, rare
from crm_core.matching.model import Model
from crm_core.matching.prepare import prepare
from crm_core.matching.scoring import MERGE, Decision, answered, score

Cursor = duckdb.DuckDBPyConnection
_WORKSPACES = count()
_PAIRS = "compared_pairs"
_GROWN = 2


@dataclass(frozen=True)
class Matched:
    """What matching found; the pairs are in the table that was asked for."""

    model: Model
    pairs: int
    """Pairs that were looked at."""
    titles: dict[str, str]
    """Comparison -> title of the source's column, for columns of no field of ours."""
    anew: bool
    """Whether the model was learnt in this run, of all pairs, whatever was asked for."""


def match(
    cursor: Cursor,
    entity: str,
    records: str,
    *,
    into: str = "scored_pairs",
    only: str | None = None,
    model: Model | None = None,
    decisions: Sequence[Decision] = (),
    threshold: float = MERGE,
) -> Matched:
    """Score the pairs of the entity's rows in table `records`, into the temporary table `into`.

    The table is as `scoring.score` describes it. `records`: a name that names its catalog too, with
    the columns of the entity. `model`: one learnt earlier. It is used if the records still have the
    fields it knows and are not twice as many as it was learnt from; otherwise a new one is learnt.
    `only`: a temporary table with a column row_id; beside a model that is used, pairs of which
    neither side is in it are left out. Decisions teach the model in either case. The cursor must
    be in no transaction.
    """
    with workspace(cursor):
        cursor.execute(f"CREATE TABLE records AS SELECT {_columns(entity)} FROM {records}")
        prepared = prepare(cursor, entity)
        used = comparisons(prepared)
        kept = model if model and _serves(model, used, prepared.rows) else None
        looked_at = blocking.pairs(cursor, prepared, only if kept else None)
        learnt = _compared(cursor, used, kept, looked_at)
        learnt = learnt if kept else replace(learnt, rows=prepared.rows)
        titles = {extra.column: extra.title for extra in prepared.extras}
    if decisions:
        learnt = answered(cursor, _PAIRS, learnt, decisions)
    score(
        cursor, entity, records, _PAIRS, learnt, into=into, threshold=threshold, decisions=decisions
    )
    cursor.execute(f"DROP TABLE temp.{_PAIRS}")
    return Matched(learnt, looked_at, titles, anew=not kept)


def _compared(cursor: Cursor, used: Sequence[Comparison], model: Model | None, pairs: int) -> Model:
    """Make the temporary table of pairs with their patterns; the model of them."""
    if used and pairs:
        vectors.compare(cursor, used)
    else:
        cursor.execute("CREATE TABLE vectors (l BIGINT, r BIGINT, pattern BIGINT)")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {_PAIRS} AS SELECT least(l, r) AS left_row_id,"
        " greatest(l, r) AS right_row_id, pattern FROM vectors"
    )
    if model:
        return model
    found = cursor.execute(
        "SELECT pattern, count(*) FROM vectors GROUP BY pattern ORDER BY pattern"
    ).fetchall()
    patterns = np.array([pattern for pattern, _ in found], dtype=np.int64)
    seen = np.array([times for _, times in found], dtype=np.float64)
    levels = vectors.read(patterns, [len(one.levels) for one in used])
    chance = vectors.at_random(cursor, used) if len(patterns) else [rare(one) for one in used]
    return learn(levels, seen, used, chance)


def _serves(model: Model, used: Sequence[Comparison], rows: int) -> bool:
    codes = tuple(tuple(level.code for level in one.levels) for one in used)
    knows = (model.fields, model.codes) == (tuple(one.name for one in used), codes)
    return knows and rows < _GROWN * model.rows


def _columns(entity: str) -> str:
    spec = ENTITIES[entity]
    own = (*spec.names, *spec.strong, *spec.plain)
    return ", ".join(("row_id", "source_file", *own, "extra"))


@contextmanager
def workspace(cursor: Cursor) -> Iterator[None]:
    """A database in memory, for the many tables that matching makes: none of them in the store."""
    name = f"matching_{next(_WORKSPACES)}"
    ((catalog, schema),) = cursor.execute("SELECT current_database(), current_schema()").fetchall()
    cursor.execute(f"ATTACH ':memory:' AS {name}")
    try:
        cursor.execute(f"USE {name}")
        yield
    finally:
        cursor.execute(f'USE "{catalog}"."{schema}"')
        cursor.execute(f"DETACH {name}")
