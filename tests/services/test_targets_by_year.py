from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import settings, targets_by_year
from crm_core.services.imports import ImportResult
from crm_core.services.segments import targets
from crm_core.store import Store

CUSTOMERS = "Customer ID,Customer Name,Industry\nC1,Alder,Medical\nC2,Birch,Retail\n"
Load = Callable[..., ImportResult]


@pytest.fixture
def filled(store: Store, load: Load) -> Store:
    load(customers=CUSTOMERS)
    return store


def test_a_year_is_spread_over_its_months_and_adds_up_to_the_cent(filled: Store) -> None:
    assert targets_by_year.write(filled, LOCAL, 2025, "USD", {"Medical": "1,000"}) == 12
    rows = targets.read(filled, LOCAL)
    assert sum(row["amount"] for row in rows) == 1000
    assert rows[0]["month"] == date(2025, 1, 1)
    assert targets_by_year.read(filled, LOCAL, 2025, "USD")["Medical"].amount == 1000
    assert targets_by_year.read(filled, LOCAL, 2025, "USD")["Medical"].even
    assert not targets_by_year.read(filled, LOCAL, 2025, None)


def test_a_fiscal_year_begins_in_the_month_that_is_set(filled: Store) -> None:
    settings.write(filled, LOCAL, "fiscal_year_start", 4)
    months = targets_by_year.months(filled, LOCAL, 2025)
    assert (months[0], months[-1]) == (date(2025, 4, 1), date(2026, 3, 1))


def test_months_of_a_sum_that_stays_are_left_alone_and_a_blank_takes_it_away(
    filled: Store,
) -> None:
    targets_by_year.paste(filled, LOCAL, "Medical\t2025-01\t10\tUSD\nMedical\t2025-02\t30\tUSD")
    assert not targets_by_year.read(filled, LOCAL, 2025, "USD")["Medical"].even
    assert targets_by_year.write(filled, LOCAL, 2025, "USD", {"Medical": "40"}) == 0
    targets_by_year.write(filled, LOCAL, 2025, "USD", {"Medical": ""})
    assert not targets.read(filled, LOCAL)


def test_pasted_lines_may_have_a_head_and_either_language(filled: Store) -> None:
    text = "细分;月份;金额;币种\n零售;2025-01;1 200,5;usd\n\nmedical;2025-01;7\n"
    with pytest.raises(Refused, match="target_amount"):
        targets_by_year.paste(filled, LOCAL, text + "Medical;2025-01;8\n")
    assert targets_by_year.paste(filled, LOCAL, text.replace("1 200,5", "1,200")) == 2
    held = {(r["segment"], r["currency"]): r["amount"] for r in targets.read(filled, LOCAL)}
    assert held == {("Retail", "USD"): Decimal(1200), ("Medical", None): Decimal(7)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Medical", "target_line"),
        ("Dragons\t2025-01\t5", "target_segment"),
        ("Medical\t2025-13\t5", "target_month"),
        ("Medical\t2025-01\tmany", "target_amount"),
        ("Medical\t2025-01\t-5", "target_amount"),
        ("Medical\t2025-01\t5\tXYZW", "target_currency"),
    ],
)
def test_what_is_no_target_is_refused_and_none_is_changed(
    filled: Store, text: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        targets_by_year.paste(filled, LOCAL, f"Retail\t2025-01\t1\n{text}")
    assert not targets.read(filled, LOCAL)


def test_a_year_out_of_the_calendar_is_refused(filled: Store) -> None:
    with pytest.raises(Refused, match="target_year"):
        targets_by_year.write(filled, LOCAL, 99_999, None, {"Medical": "1"})
    with pytest.raises(Refused, match="target_amount"):
        targets_by_year.write(filled, LOCAL, 2025, None, {"Medical": "NaN"})
    with pytest.raises(Refused, match="target_amount"):
        targets_by_year.write(filled, LOCAL, 2025, None, {"Medical": "Infinity"})
