"""Every metric, by example: tests/metrics/<metric>/<case>.yaml says given rows, expected rows."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from crm_core import metrics

Fill = Callable[..., duckdb.DuckDBPyConnection]

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_given_rows_make_exactly_the_expected_rows(path: Path, fill: Fill) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    result = metrics.run(fill(case["given"]), path.parent.name, case.get("params", {}))
    columns = case["columns"]
    got = [[plain(row[name]) for name in columns] for row in result.to_pylist()]
    assert got == [[plain(cell) for cell in row] for row in case["rows"]]
    grain = metrics.catalogue()[path.parent.name].grain
    keys = {tuple(row[name] for name in grain) for row in result.to_pylist()}
    assert len(keys) == result.num_rows


def plain(cell: Any) -> Any:
    """Numbers to nine decimals, so that 12.50 of a store and 12.5 of a case are one."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return round(Decimal(str(cell)), 9)
    return cell


def test_every_metric_has_a_case() -> None:
    assert {path.parent.name for path in CASES} == set(metrics.catalogue())
