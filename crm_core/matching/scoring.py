"""From patterns to pairs with a probability, a band, and the reason for it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import simplejson

from crm_core.matching import chains
from crm_core.matching.fields import ENTITIES, Entity
from crm_core.matching.model import Levels, Model
from crm_core.matching.texts import code
from crm_core.matching.vectors import read

Cursor = duckdb.DuckDBPyConnection
MERGE, REVIEW = 0.8, 0.1
"""The probabilities from which a pair is merged by rule, and from which a person looks at it."""
_NAMES = ("name", "company")
_IDENTITY = (*_NAMES, "given", "birth", "national_id", "tax_id", "email")
_WIDE = ("file", "postcode", "city", "region", "country")
"""Fields in which very many agree."""
KEPT = 0.001
"""Pairs less probable are not worth a row."""


@dataclass(frozen=True)
class Decision:
    """What a person said of two records."""

    left: int
    right: int
    same: bool


def score(
    cursor: Cursor,
    entity: str,
    records: str,
    pairs: str,
    model: Model,
    *,
    into: str,
    threshold: float = MERGE,
    decisions: Sequence[Decision] = (),
) -> None:
    """Temporary table `into` of the pairs in table `pairs` (left_row_id, right_row_id, pattern).

    Its columns: left_row_id < right_row_id; probability; weight (log2 of the odds); pattern;
    fields (JSON: field, level and weight of each comparison); telling (how much an answer would
    teach, the higher the more); band (merge, review, leave) and why: `decided`, the strong
    identifier that disagrees (national_id …; of people also `name`), or `chain` where merging
    would join records that may not be. Where nothing agrees that says who they are, but a place or
    a phone does, a pair is not merged either. `records`: the table of the entity's rows.
    """
    patterns = _patterns(cursor, pairs)
    _note_patterns(cursor, patterns, model)
    _note_decisions(cursor, decisions)
    strong, vetoed = ENTITIES[entity].strong, _vetoed(ENTITIES[entity])
    names = ", ".join(f"{code(name)} AS {name}" for name in strong)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE strong AS SELECT row_id{', ' if names else ''}{names}"
        f" FROM {records}"
    )
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT left_row_id, right_row_id, probability,"
        " weight, pattern, fields, gain / row_number() OVER (PARTITION BY pattern ORDER BY"
        " hash(left_row_id, right_row_id), left_row_id, right_row_id) AS telling,"
        f" CASE WHEN same THEN 'merge' WHEN NOT same THEN 'leave' WHEN {vetoed} IS NOT"
        f" NULL AND probability >= {REVIEW} THEN 'review' WHEN probability >= $threshold AND named"
        f" THEN 'merge' WHEN probability >= {REVIEW} THEN 'review' ELSE 'leave' END AS band,"
        f" CASE WHEN same IS NOT NULL THEN 'decided' ELSE {vetoed} END AS why"
        f" FROM {pairs} JOIN scored_patterns USING (pattern)"
        " LEFT JOIN decided USING (left_row_id, right_row_id)"
        " JOIN strong AS l ON l.row_id = left_row_id JOIN strong AS r ON r.row_id = right_row_id"
        f" WHERE probability >= {KEPT} OR same IS NOT NULL ORDER BY left_row_id, right_row_id",
        {"threshold": threshold},
    )
    chains.part(cursor, into, strong, vetoed="name" if ENTITIES[entity].people else None)
    for used in ("scored_patterns", "decided", "strong"):
        cursor.execute(f"DROP TABLE temp.{used}")


def answered(cursor: Cursor, pairs: str, model: Model, decisions: Sequence[Decision]) -> Model:
    """The model taught by those decisions whose pairs are in table `pairs`."""
    _note_decisions(cursor, decisions)
    found = cursor.execute(
        f"SELECT pattern, same FROM decided JOIN {pairs} USING (left_row_id, right_row_id)"
        " ORDER BY turn"
    ).fetchall()
    cursor.execute("DROP TABLE temp.decided")
    patterns = np.array([pattern for pattern, _ in found], dtype=np.int64)
    return model.taught(read(patterns, model.sizes), [same for _, same in found])


def _vetoed(spec: Entity) -> str:
    """SQL: the first strong identifier on which the rows l and r disagree."""
    tests = [f"WHEN l.{name} <> r.{name} THEN '{name}'" for name in spec.strong]
    tests += ["WHEN other_name THEN 'name'"] * spec.people
    return f"(CASE {' '.join(tests)} END)" if tests else "NULL::VARCHAR"


def _patterns(cursor: Cursor, pairs: str) -> list[tuple[int, int]]:
    return cursor.execute(
        f"SELECT pattern, count(*) FROM {pairs} GROUP BY pattern ORDER BY pattern"
    ).fetchall()


def _note_patterns(cursor: Cursor, patterns: Sequence[tuple[int, int]], model: Model) -> None:
    """Temporary table `scored_patterns` of pattern, probability, weight, gain, fields, other_name
    (whether nothing of the names agrees) and named (whether anything says who it is)."""
    numbers = np.array([pattern for pattern, _ in patterns], dtype=np.int64)
    pairs = np.array([count for _, count in patterns], dtype=np.float64)
    levels = read(numbers, model.sizes)
    odds = model.odds(levels)
    table = pa.table(
        {
            "pattern": numbers,
            "probability": 1 / (1 + np.exp(-np.clip(odds, -500, 500))),
            "weight": odds / np.log(2),
            "gain": model.gain(levels, pairs),
            "fields": pa.array(_fields(levels, model), pa.string()),
            "other_name": _other_name(levels, model),
            "named": _named(levels, model),
        }
    )
    cursor.register("new_patterns", table)
    cursor.execute("CREATE OR REPLACE TEMP TABLE scored_patterns AS FROM new_patterns")
    cursor.unregister("new_patterns")


def _other_name(levels: Levels, model: Model) -> npt.NDArray[np.bool_]:
    if "name" not in model.fields:
        return np.zeros(len(levels), dtype=np.bool_)
    place = model.fields.index("name")
    return np.asarray(levels[:, place] == model.sizes[place] - 1)


def _named(levels: Levels, model: Model) -> npt.NDArray[np.bool_]:
    """Whether some field of identity agrees; its last two levels, and a name's sound alone, are
    no agreement. Of which name only a part agrees (a brand may begin two companies), something
    else must that is not shared by a whole place."""
    found, part, beside = np.zeros((3, len(levels)), dtype=np.bool_)
    for place, (field, size) in enumerate(zip(model.fields, model.sizes, strict=True)):
        codes, column = np.array(model.codes[place]), levels[:, place]
        agrees = (column >= 0) & (column < size - 2)
        if field in _NAMES:
            level = np.where(agrees, codes[column], "")
            part |= level == "part"
            found |= agrees & ~np.isin(level, ("sound", "part"))
        elif field in _IDENTITY:
            found |= agrees
        if field not in (*_NAMES, *_WIDE):
            beside |= agrees
    return found | part & beside


def _fields(levels: Levels, model: Model) -> list[str]:
    """What each field says, as JSON: fields of which nothing is known are left out."""
    weights = model.weights()
    return [
        simplejson.dumps(
            [
                {
                    "field": field,
                    "level": model.codes[j][level],
                    "weight": round(weights[j][level], 2),
                }
                for j, (field, level) in enumerate(zip(model.fields, row, strict=True))
                if level >= 0
            ]
        )
        for row in levels.tolist()
    ]


def _note_decisions(cursor: Cursor, decisions: Sequence[Decision]) -> None:
    """Temporary table `decided`; of several decisions on a pair the last one counts."""
    last = {tuple(sorted((one.left, one.right))): one.same for one in decisions}
    table = pa.table(
        {
            "left_row_id": pa.array([left for left, _ in last], pa.int64()),
            "right_row_id": pa.array([right for _, right in last], pa.int64()),
            "same": pa.array(last.values(), pa.bool_()),
            "turn": pa.array(range(len(last)), pa.int64()),
        }
    )
    cursor.register("new_decisions", table)
    cursor.execute("CREATE OR REPLACE TEMP TABLE decided AS FROM new_decisions")
    cursor.unregister("new_decisions")
