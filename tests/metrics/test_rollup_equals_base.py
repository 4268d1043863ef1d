"""The rollup against the same figures worked out row by row, on generated small stores."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core import metrics

Fill = Callable[..., duckdb.DuckDBPyConnection]
Row = dict[str, Any]
Period = tuple[date | None, date | None]
Figures = dict[Any, Counter[str]]

NAMES = (
    "open_opportunities",
    "won_opportunities",
    "lost_opportunities",
    "pipeline_value",
    "revenue",
    "returned",
)

small = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

segments = st.sampled_from([None, "Retail", "Medical", "医疗"])
currencies = st.sampled_from([None, "USD", "CNY"])
amounts = st.none() | st.decimals("-5", "99999999999999", places=2)
days = st.none() | st.dates(date(2023, 11, 1), date(2024, 3, 31))
# The second half are names of the first, written otherwise.
references = st.sampled_from([None, "C0", "C1", "C2", "C9", "name0", "NAME 1", " Name2 "])
months = st.sampled_from([None, date(2023, 12, 1), date(2024, 2, 1)])

customers = st.tuples(segments, segments, segments).map(
    lambda chosen: [
        {"customer_id": f"C{n}", "name": f"Name {n}", "segment": segment}
        for n, segment in enumerate(chosen)
    ]
)
opportunities = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": references,
            "segment": segments,
            "outcome": st.sampled_from(["open", "won", "lost"]),
            "amount": amounts,
            "currency": currencies,
            "closed_at": days,
            "product_id": st.sampled_from([None, "S1", "S2"]),
        }
    ),
    max_size=12,
)
sales = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": references,
            "segment": segments,
            "order_id": st.sampled_from([None, "O1", "O2", "O3"]),
            "amount": amounts,
            "currency": currencies,
            "ordered_at": days,
            "returned": st.none() | st.booleans(),
        }
    ),
    max_size=12,
)
returns = st.lists(st.sampled_from(["O1", "O2", "O3"]), max_size=2)


def folded(text: str | None) -> str:
    return (text or "").lower().replace(" ", "")


def effective(row: Row, known: list[Row]) -> str | None:
    """The row's own segment, else that of the customer it means."""
    if row["segment"]:
        return str(row["segment"])
    for customer in known:
        if folded(row["customer_id"]) in (
            folded(customer["customer_id"]),
            folded(customer["name"]),
        ):
            return customer["segment"]
    return None


def within(day: date | None, first: date | None, last: date | None) -> bool:
    if not (first or last):
        return True
    if day is None:
        return False
    month = day.replace(day=1)
    return (first is None or month >= first) and (last is None or month <= last)


def base(
    basis: str, known: list[Row], opps: list[Row], lines: list[Row], period: Period
) -> Figures:
    """The figures per segment and currency, row by row; `lines` say whether they came back."""
    figures: Figures = defaultdict(Counter)
    for row in opps:
        here = figures[effective(row, known), row["currency"]]
        if row["outcome"] == "open":
            here.update(open_opportunities=1)
            if row["amount"] is not None:
                here.update(pipeline_value=row["amount"])
        elif within(row["closed_at"], *period):
            here.update({f"{row['outcome']}_opportunities": 1})
            if basis == "opportunities" and row["outcome"] == "won":
                here.update(revenue=row["amount"] or 0)
    for row in lines if basis == "sales" else ():
        if within(row["ordered_at"], *period):
            here, amount = figures[effective(row, known), row["currency"]], row["amount"] or 0
            here.update(revenue=amount, returned=amount if row["back"] else 0)
    return figures


@small
@given(
    basis=st.sampled_from(["sales", "opportunities"]),
    known=customers,
    opps=opportunities,
    lines=sales,
    back=returns,
    period=st.tuples(months, months),
)
def test_each_basis_tells_what_its_rows_add_up_to(
    fill: Fill,
    basis: str,
    known: list[Row],
    opps: list[Row],
    lines: list[Row],
    back: list[str],
    period: Period,
) -> None:
    tables = {"crm.customer": known, "crm.opportunity": opps, "crm.sale": lines}
    store = fill(tables | {"crm.sale_return": [{"order_id": order} for order in back]})
    lines = [row | {"back": row["returned"] or row["order_id"] in back} for row in lines]
    expected = base(basis, known, opps, lines, period)
    asked = {"basis": basis, "from": period[0], "to": period[1]}
    rows = metrics.run(store, "segment_overview", asked).to_pylist()
    told = {(row["segment"], row["currency"]): [row[name] for name in NAMES] for row in rows}
    # A pipeline that no amount is known of is not 0.
    nothing = dict.fromkeys(NAMES, 0) | {"pipeline_value": None}
    for key in told | expected:
        here = expected.get(key, {})
        assert told.get(key, list(nothing.values())) == [
            here.get(name, nothing[name]) for name in NAMES
        ]
    assert sum(row["customers"] or 0 for row in rows) == len(known)
    assert any(row["segment"] is None for row in rows)
    for part in ("segment_trend", "segment_product_mix"):
        summed: Counter[Any] = Counter()
        for row in metrics.run(store, part, asked).to_pylist():
            summed[row["segment"], row["currency"]] += row["revenue"]
        assert all(summed[key] == figures["revenue"] for key, figures in expected.items())


@pytest.mark.long
@small
@given(
    before=st.tuples(customers, opportunities),
    after=st.tuples(customers, opportunities),
)
def test_what_changed_adds_up_to_the_difference(
    fill: Fill,
    before: tuple[list[Row], list[Row]],
    after: tuple[list[Row], list[Row]],
) -> None:
    """Rows of one position are versions of one row; a row that did not change has one version."""

    def numbered(tables: tuple[list[Row], list[Row]]) -> list[list[Row]]:
        return [
            [row | {"row_id": 100 * table + n} for n, row in enumerate(rows)]
            for table, rows in enumerate(tables)
        ]

    def revenue() -> Counter[Any]:
        return Counter(
            {(row["segment"], row["currency"]): row["revenue"] for row in overview_rows()}
        )

    def overview_rows() -> list[Row]:
        return metrics.run(store, "segment_overview", {"basis": "opportunities"}).to_pylist()

    names = ("customer", "opportunity")
    old, new = numbered(before), numbered(after)
    store = fill({f"crm.{name}": rows for name, rows in zip(names, old, strict=True)})
    then = revenue()
    versions: dict[str, list[Row]] = {
        "app.change": [
            {"change_id": 1, "committed_at": "2024-06-01"},
            {"change_id": 2, "committed_at": "2024-07-01"},
        ]
    }
    for name, was, now in zip(names, old, new, strict=True):
        versions[f"crm.{name}"] = [row | {"change_id": 1 if row in was else 2} for row in now]
        versions[f"crm_history.{name}"] = [
            row | {"change_id": 1, "superseded_by": 2} for row in was if row not in now
        ]
    store = fill(versions)
    moved: Counter[Any] = Counter()
    asked = {"basis": "opportunities", "since": "2024-06-15"}
    for row in metrics.run(store, "segment_changes", asked).to_pylist():
        moved[row["segment"], row["currency"]] += row["amount"]
    difference = revenue()
    difference.subtract(then)
    assert {key: value for key, value in moved.items() if value} == {
        key: value for key, value in difference.items() if value != Decimal(0)
    }
