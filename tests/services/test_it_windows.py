"""The calendar of IT windows: what each touches, what nobody may change, what collides."""

from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.services import it_windows
from crm_core.services.registers import Write, exchange, write
from crm_core.store import Store

TODAY = date(2026, 11, 1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def window(title: str, starts: date, ends: date, **more: object) -> Write:
    return Write(None, {"title": title, "starts": starts, "ends": ends, **more})  # type: ignore[arg-type]


@pytest.fixture
def planned(store: Store) -> Store:
    write(store, LOCAL, "application", [Write(None, {"title": f"App {n}"}) for n in range(1, 4)])
    december = date(2026, 12, 10), date(2027, 1, 5)
    writes = [
        window("Freeze", *december, effect="forbid", applications=("A-1", "A-2"), kind="freeze"),
        window("Audit", date(2026, 12, 1), date(2026, 12, 2), effect="forbid", touches=("app 3",)),
        window("Roll-out", date(2026, 12, 20), date(2026, 12, 21), applications=("A-1",)),
        window("Past", date(2026, 2, 1), date(2026, 2, 9), effect="forbid", touches=("Web",)),
        window(
            "Two join",
            date(2026, 11, 1),
            date(2026, 11, 30),
            kind="head_count",
            skill="SQL",
            change=Decimal("1.5"),
        ),
        window("Dropped", *december, effect="forbid", touches=("Web",), status="dropped"),
    ]
    write(store, LOCAL, "it_window", writes)
    return store


def test_the_windows_of_a_period_stand_with_what_they_touch_by_name(planned: Store) -> None:
    found = it_windows.calendar(planned, LOCAL, *YEAR, TODAY)
    assert [(one.title, list(one.touches)) for one in found.windows] == [
        ("Past", ["Web"]),
        ("Two join", []),
        ("Audit", ["App 3"]),
        ("Freeze", ["App 1", "App 2"]),
        ("Roll-out", ["App 1"]),
    ]
    assert [one.change for one in found.windows if one.is_about_people] == [Decimal("1.5")]
    assert it_windows.span(planned, LOCAL) == (date(2026, 2, 1), date(2027, 1, 5))


def test_the_month_in_which_most_cannot_be_changed_is_told_from_today_on(planned: Store) -> None:
    found = it_windows.calendar(planned, LOCAL, *YEAR, TODAY)
    assert found.forbidden == it_windows.Forbidden(date(2026, 12, 1), 3, 3)
    spring = date(2026, 1, 1), date(2026, 3, 31)
    assert it_windows.calendar(planned, LOCAL, *spring, TODAY).forbidden is None


def test_windows_collide_as_the_rule_of_red_flags_says_within_the_period(planned: Store) -> None:
    [one] = it_windows.calendar(planned, LOCAL, *YEAR, TODAY).collisions
    assert (one.windows, one.flag) == (("W-1", "W-3"), None)
    assert one.why(Texts("en"))[0] == "“Freeze” collides with “Roll-out”"
    spring = date(2026, 1, 1), date(2026, 3, 31)
    assert it_windows.calendar(planned, LOCAL, *spring, TODAY).collisions == ()


def test_an_empty_register_has_no_span(store: Store) -> None:
    assert it_windows.span(store, LOCAL) is None


def test_a_window_that_ends_before_it_starts_is_refused_in_a_file_too(store: Store) -> None:
    pasted = "Title\tStarts\tEnds\nFreeze\t2026-12-10\t2026-12-09\n"
    found = exchange.pasted(store, LOCAL, "it_window", pasted)
    assert [(one.column, one.problem.code) for one in found.wrong] == [("Ends", "item_early")]
