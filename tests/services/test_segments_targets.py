"""Targets per segment and month."""

from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.periods import Choice
from crm_core.domain.problems import Refused
from crm_core.services import segments
from crm_core.services.segments import Asked, targets
from crm_core.store import versions

DEALS = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "001,Alder,Medical,Closed Won,300,2024-06-30\n"
    "002,Birch,Retail,Closed Won,100,2024-05-30\n"
)


@pytest.fixture
def company(store_of):
    return store_of(deals=DEALS)


def target(**changed):
    return {"segment": "Medical", "month": "2024-06", "currency": None, "amount": "250"} | changed


def test_a_target_is_kept_exactly_and_read_again(company) -> None:
    assert targets.write(company, LOCAL, [target(amount="0.1", currency="CNY")]) == 1
    assert targets.read(company, LOCAL) == [
        {
            "segment": "Medical",
            "month": date(2024, 6, 1),
            "currency": "CNY",
            "amount": Decimal("0.1"),
        }
    ]


def test_a_period_has_the_sum_of_its_months_targets(company) -> None:
    targets.write(company, LOCAL, [target(), target(month=date(2024, 5, 1), amount=50)])
    asked = {row.segment: row for row in segments.report(company, LOCAL, Asked()).segments}
    assert asked["Medical"].target == Decimal(300)
    assert asked["Medical"].attainment == pytest.approx(1)
    assert asked["Retail"].target is None


def test_a_target_in_another_currency_is_not_counted(company) -> None:
    targets.write(company, LOCAL, [target(currency="USD")])
    assert not segments.report(company, LOCAL, Asked(period=Choice.ALL)).has_targets


def test_setting_it_again_keeps_what_it_was_and_the_others(company) -> None:
    targets.write(company, LOCAL, [target(), target(segment="Retail")])
    targets.write(company, LOCAL, [target(amount=400)])
    assert {row["segment"]: row["amount"] for row in targets.read(company, LOCAL)} == {
        "Medical": Decimal(400),
        "Retail": Decimal(250),
    }
    with company.read() as cursor:
        held = versions(cursor, targets.TABLE, "segment = 'Medical'")
    assert [row["amount"] for row in held] == [Decimal(400), Decimal(250)]


def test_a_target_without_an_amount_is_taken_away(company) -> None:
    targets.write(company, LOCAL, [target()])
    targets.write(company, LOCAL, [target(amount=None)])
    assert targets.read(company, LOCAL) == []


def test_the_same_target_again_changes_nothing(company) -> None:
    targets.write(company, LOCAL, [target()])
    version = company.version("settings")
    assert targets.write(company, LOCAL, [target(amount="250.00")]) == 0
    assert company.version("settings") == version


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (target(segment="Nobody"), "target_segment"),
        (target(segment=None), "target_segment"),
        (target(month="2024-13"), "target_month"),
        (target(month="June"), "target_month"),
        (target(month=None), "target_month"),
        (target(currency="Taler"), "target_currency"),
        (target(amount=-1), "target_amount"),
        (target(amount="much"), "target_amount"),
        (target(amount="Infinity"), "target_amount"),
        (target(amount=True), "target_amount"),
        (target(amount=10**18), "target_amount"),
    ],
)
def test_nonsense_is_refused_and_nothing_of_it_is_kept(company, row, code: str) -> None:
    with pytest.raises(Refused, match=code):
        targets.write(company, LOCAL, [target(month="2024-01"), row])
    assert targets.read(company, LOCAL) == []


def test_two_targets_for_one_month_are_refused(company) -> None:
    with pytest.raises(Refused, match="target_twice"):
        targets.write(company, LOCAL, [target(), target(amount=1)])
