"""Splink compares: the level of every field for every pair, and for pairs drawn at random."""

import logging
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
from splink import DuckDBAPI, Linker, SettingsCreator

from crm_core.matching.comparisons import Comparison, Level

Cursor = duckdb.DuckDBPyConnection
Shares = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int64]
_RANDOM_ROWS = 775
_SMALLEST = 2.0**-12

logging.getLogger("splink").setLevel(logging.ERROR)


def compare(cursor: Cursor, used: Sequence[Comparison]) -> None:
    """Table `vectors` of l, r and pattern for the pairs in the table `blocked`.

    A pattern is one number for all levels: see `digits`.
    """
    api = DuckDBAPI(cursor)
    linker = _linker(api, used, numbered=True)
    blocked = api.register("blocked")
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    found = linker.inference.predict(warning_mode="never")
    places = zip(used, digits([len(one.levels) for one in used]), strict=True)
    pattern = " + ".join(f"mw_{one.name}::BIGINT * {place}" for one, place in places)
    cursor.execute(
        "CREATE TABLE vectors AS SELECT unique_id_l AS l, unique_id_r AS r,"
        f" {pattern} AS pattern FROM {found.physical_name}"
    )
    found.drop_table_from_database_and_remove_from_cache()


def digits(sizes: Sequence[int]) -> list[int]:
    """What the level of each comparison is multiplied with in a pattern; 0 there is unknown.

    `sizes`: how many levels each comparison has.
    """
    places = np.cumprod([1, *(size + 1 for size in sizes)], dtype=object)
    return [int(place) for place in places[:-1]]


def read(patterns: Levels, sizes: Sequence[int]) -> Levels:
    """The levels of each pattern, a column per comparison: from 0, -1 where nothing is known."""
    columns = [
        patterns // place % (size + 1) - 1 for size, place in zip(sizes, digits(sizes), strict=True)
    ]
    return np.stack(columns, axis=1) if columns else np.empty((len(patterns), 0), dtype=np.int64)


def at_random(cursor: Cursor, used: Sequence[Comparison]) -> list[Shares]:
    """The shares of the levels of each comparison among pairs of records drawn at random.

    All pairs of a few records, which are the same in each run: Splink would draw others each time.
    """
    cursor.execute(
        "CREATE TABLE drawn AS FROM prepared ORDER BY hash(unique_id), unique_id LIMIT"
        f" {_RANDOM_ROWS}"
    )
    linker = _linker(DuckDBAPI(cursor), used, numbered=False, records="drawn")
    linker.training.estimate_u_using_random_sampling(
        max_pairs=_RANDOM_ROWS**2, min_count_per_level=None, num_chunks=1
    )
    saved: dict[str, Any] = linker.misc.save_model_to_json()
    found = []
    for comparison in saved["comparisons"]:
        levels = [lv for lv in comparison["comparison_levels"] if not lv.get("is_null_level")]
        shares = np.array([_number(level.get("u_probability")) for level in levels])
        found.append((shares + 1e-5) / (shares + 1e-5).sum())
    return found


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _linker(
    api: DuckDBAPI, used: Sequence[Comparison], *, numbered: bool, records: str = "prepared"
) -> Linker:
    """`numbered`: whether each level weighs its own number, from 1, so that it can be read."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[described(one, numbered=numbered) for one in used],
        blocking_rules_to_generate_predictions=[],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
        unique_id_column_name="unique_id",
        probability_two_random_records_match=0.5,
        linker_uid="matching",
    )
    return Linker(api.register(records), settings, log_level=None, validate_settings=False)


def described(one: Comparison, *, numbered: bool) -> dict[str, Any]:
    """The comparison as Splink has it; `numbered`: each level weighs its own number, from 1."""
    unknown = [f"{column}_{side} IS NULL" for column in one.columns for side in "lr"]
    nothing = " OR ".join([*unknown, *([one.unless] if one.unless else [])])
    levels = [{"sql_condition": nothing, "label_for_charts": "unknown", "is_null_level": True}]
    for number, level in enumerate(one.levels, start=1):
        levels.append(_level(level, number if numbered else None))
    return {"output_column_name": one.name, "comparison_levels": levels}


def _level(level: Level, number: int | None) -> dict[str, Any]:
    known = {"sql_condition": level.sql or "ELSE", "label_for_charts": level.code}
    if number is None:
        return known
    # A level's weight is log2(m / u): with these two it is the level's own number, exactly.
    return known | {"m_probability": _SMALLEST * 2.0**number, "u_probability": _SMALLEST}
