"""A window of IT that leaves the roadmap no day is told when it is entered."""

from datetime import date

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.services import registers, settings
from crm_core.services.registers import ItemRefused
from crm_core.store import Store

WINDOW = {
    "title": "Freeze",
    "starts": date(2026, 1, 1),
    "ends": date(2026, 12, 31),
    "effect": "forbid",
}


@pytest.fixture
def year(store: Store) -> Store:
    """The roadmap looks at the months of 2026."""
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    settings.write(store, LOCAL, "plan_unit", "month")
    settings.write(store, LOCAL, "plan_horizon", 12)
    return store


def test_a_window_that_forbids_everything_all_the_time_is_refused_with_its_days(
    year: Store,
) -> None:
    with pytest.raises(ItemRefused) as refused:
        registers.add(year, LOCAL, "it_window", WINDOW)
    problem = refused.value.problems["ends"]
    assert problem.code == "plan_window"
    assert "from Jan 1, 2026 to Dec 31, 2026" in Texts("en").problem(problem)
    assert registers.listed(year, LOCAL, "it_window") == ([], 0)


@pytest.mark.parametrize(
    "other",
    [
        {"ends": date(2026, 12, 30)},
        {"starts": date(2026, 1, 2)},
        {"touches": ("ERP",)},
        {"effect": "delay"},
        {"status": "dropped"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_window_that_leaves_something_is_kept(year: Store, other: dict[str, object]) -> None:
    assert registers.add(year, LOCAL, "it_window", WINDOW | other)
