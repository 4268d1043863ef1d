"""The heads of the metrics against what they really give, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from crm_core import metrics
from crm_core.domain.problems import Refused
from crm_core.metrics.parameters import bound

TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(38, 10),
    "quantity": pa.decimal128(38, 4),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
REQUIRED = {"segment_changes": {"since": "2024-01-01"}}

Fill = Callable[..., duckdb.DuckDBPyConnection]


@pytest.mark.parametrize("metric", metrics.catalogue())
def test_a_head_tells_the_columns_of_the_result_and_their_types(metric: str, fill: Fill) -> None:
    spec = metrics.catalogue()[metric]
    result = metrics.run(fill({}), metric, REQUIRED.get(metric, {}))
    told = [(column.name, TYPES[column.type]) for column in spec.columns]
    assert told == [(field.name, field.type) for field in result.schema]
    assert set(spec.grain) <= set(result.column_names)


@pytest.mark.parametrize("metric", metrics.catalogue())
def test_every_text_of_a_head_is_there_in_both_languages(metric: str) -> None:
    spec = metrics.catalogue()[metric]
    labels = [spec.title, spec.description, *(item.label for item in spec.columns)]
    for label in [*labels, *(item.label for item in spec.parameters)]:
        assert label.en.strip()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in label.zh)


@pytest.mark.parametrize(
    ("metric", "params", "name"),
    [
        ("segment_overview", {"colour": "red"}, "colour"),
        ("segment_overview", {"basis": "guesses"}, "basis"),
        ("segment_overview", {"region": 7}, "region"),
        ("segment_overview", {"region": ["North", 7]}, "region"),
        ("segment_overview", {"segment": ["Retail", "Medical"]}, "segment"),
        ("segment_overview", {"from": "2024-13"}, "from"),
        ("segment_overview", {"from": "2024-01-15"}, "from"),
        ("segment_overview", {"to": ""}, "to"),
        ("rows", {"limit": "-1"}, "limit"),
        ("rows", {"limit": "1; DROP TABLE crm.sale"}, "limit"),
        ("rows", {"offset": True}, "offset"),
        ("segment_changes", {"since": "yesterday"}, "since"),
        ("segment_changes", {}, "since"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_by_name(
    metric: str, params: dict[str, Any], name: str, fill: Fill
) -> None:
    with pytest.raises(Refused) as refusal:
        metrics.run(fill({}), metric, params)
    assert refusal.value.problem.code == "metric_parameter"
    assert refusal.value.problem.params["name"] == name
    assert refusal.value.problem.params["expected"]


def test_an_unknown_metric_is_refused_with_those_there_are(fill: Fill) -> None:
    with pytest.raises(Refused) as refusal:
        metrics.run(fill({}), "segment_overvew", {})
    assert refusal.value.problem.code == "metric_unknown"
    assert "segment_overview" in str(refusal.value.problem.params["known"])


def test_values_are_bound_and_never_become_sql(fill: Fill) -> None:
    store = fill({"crm.opportunity": [{"segment": "x' OR TRUE --", "outcome": "won"}]})
    for asked, rows in (("x' OR TRUE --", 1), ("y' OR TRUE --", 0)):
        assert metrics.run(store, "segment_overview", {"segment": asked}).num_rows == rows


def test_texts_of_a_command_line_are_read_as_the_head_says() -> None:
    spec = metrics.catalogue()["rows"]
    values = bound(spec, {"from": "2024-02", "limit": "20", "to": datetime(2024, 3, 1, tzinfo=UTC)})
    assert (values["from"], values["to"]) == (date(2024, 2, 1), date(2024, 3, 1))
    assert (values["limit"], values["offset"], values["kind"]) == (20, 0, "revenue")
