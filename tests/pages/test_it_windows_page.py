"""The calendar of IT windows: the finding, the bars with their effect in words, what collides."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import own_store
import pytest
from own_store import Open, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import registers, stores
from crm_core.services.registers import Write
from pages.assess._window_periods import periods_of

__all__ = ["open_own"]

PAGE = "pages/assess/it_windows.py"


@pytest.fixture
def planned(open_own: Open) -> None:  # noqa: ARG001, where the reader's own store lies
    store = holding.hold(stores.own_path())
    registers.add(store, LOCAL, "application", {"title": "CRM <b>Core</b>"})
    days = {"starts": date.today(), "ends": date.today() + timedelta(days=20)}
    rows = [
        {"title": "Freeze", "effect": "forbid", "applications": ("A-1",)} | days,
        {"title": "Roll-out", "touches": ("crm <b>core</b>",)} | days,
        {"title": "Join", "kind": "skill", "skill": "SQL", "change": Decimal("1.5")} | days,
    ]
    registers.write(store, LOCAL, "it_window", [Write(None, row) for row in rows])


def shown(app: AppTest) -> str:
    return _tight(own_store.shown(app))


def _tight(said: str) -> str:
    """Without spaces, which stand around Chinese letters as type wants them."""
    return "".join(said.split())


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("language", "finding", "bar", "collide"),
    [
        ("en", "1 application cannot be changed in", "Forbids work", "“Freeze” collides with"),
        ("zh", "有 1 个应用不能变更", "禁止施工", "“Freeze”与“Roll-out”冲突"),
    ],
)
def test_the_calendar_says_what_cannot_be_changed_and_what_collides(
    open_own: Open, language: str, finding: str, bar: str, collide: str
) -> None:
    app = open_own(language, PAGE, view="calendar")
    assert _tight(finding) in shown(app) and _tight(collide) in shown(app)
    [chart] = app.get("plotly_chart")
    drawn = str(json.loads(chart.proto.spec))
    assert bar in drawn and "SQL +1.5" in drawn and "<b>Core" not in drawn
    assert len(app.dataframe[0].value) == 3


@pytest.mark.usefixtures("planned")
def test_filters_and_zoom_are_in_the_address(open_own: Open) -> None:
    app = open_own("en", PAGE, view="calendar", zoom="quarter", effect="forbid")
    assert app.dataframe[0].value["title"].tolist() == ["Freeze"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_windows_the_calendar_teaches_how_to_begin(open_own: Open, language: str) -> None:
    assert "####" in shown(open_own(language, PAGE, view="calendar"))


def test_periods_follow_one_another_that_of_today_first_and_stay_few() -> None:
    today = date(2026, 11, 28)
    found = periods_of(date(1950, 1, 1), date(2190, 1, 1), 12, today)
    assert (found[0].code, found[0].last) == ("2026-10", date(2027, 9, 30))
    assert len(found) == 60
    ordered = sorted(found, key=lambda one: one.first)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(ordered))
    [only] = periods_of(today, today, 3, today)
    assert (only.code, only.last) == ("2026-10", date(2026, 12, 31))
