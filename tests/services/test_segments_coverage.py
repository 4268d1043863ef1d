"""Coverage per place of capture against the 60-day target."""

from datetime import date

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import segments, settings

LEADS = (
    "Lead ID,Company,Industry,Lead Status,Qualified Date\n"
    "L1,Alder,Medical,Qualified,2024-01-03\n"
    "L2,Birch,,Qualified,2024-06-03\n"
    "L3,Cedar,Retail,Qualified,2024-06-05\n"
    "L4,Doyle,Retail,Qualified,2024-06-06\n"
    "L5,Elder,Retail,New,\n"
)


def test_a_place_counts_what_came_in_the_last_sixty_days(load, store) -> None:
    load(leads=LEADS)
    [lead] = segments.coverage(store, LOCAL)
    assert (lead.entity, lead.classified, lead.total) == ("lead", 2, 3)
    assert lead.coverage == pytest.approx(2 / 3)
    assert lead.reached is False


def test_the_target_is_the_stores_setting(load, store) -> None:
    load(leads=LEADS)
    for target, reached in ((0.9, False), (0.67, False), (0.66, True)):
        settings.write(store, LOCAL, "coverage_target", target)
        [lead] = segments.coverage(store, LOCAL)
        assert (lead.target, lead.reached) == (target, reached)


@pytest.mark.parametrize("value", [0, 1.01, -1, True, "0.9", None, float("nan")])
def test_a_target_that_is_no_share_is_refused(store, value: object) -> None:
    with pytest.raises(Refused, match="setting_value"):
        settings.write(store, LOCAL, "coverage_target", value)


def test_the_target_falls_due_sixty_days_after_the_first_capture(load, store) -> None:
    load(leads=LEADS)
    [lead] = segments.coverage(store, LOCAL)
    assert lead.due == date(2024, 3, 1)
    assert lead.weeks == ((date(2024, 1, 1), 1.0), (date(2024, 6, 3), pytest.approx(2 / 3)))


def test_a_store_without_leads_customers_or_cases_has_no_place(store) -> None:
    assert segments.coverage(store, LOCAL) == ()
