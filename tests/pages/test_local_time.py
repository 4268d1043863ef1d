"""Moments of the store on the reader's own clock."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from crm_core.domain.problems import Problem
from crm_core.i18n import Texts
from pages._ui import session


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 11), ("America/New_York", 22), (None, 3), ("../etc", 3)]
)
def test_a_moment_is_shown_on_the_readers_clock(
    monkeypatch: pytest.MonkeyPatch, zone: str | None, hour: int
) -> None:
    monkeypatch.setattr(session.st, "context", SimpleNamespace(timezone=zone))
    assert session.local(datetime(2026, 1, 5, 3, 30)).hour == hour


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", 6), ("America/New_York", 5)])
def test_today_is_the_readers_day(monkeypatch: pytest.MonkeyPatch, zone: str, day: int) -> None:
    monkeypatch.setattr(session.st, "context", SimpleNamespace(timezone=zone))
    monkeypatch.setattr(session, "utc_now", lambda: datetime(2026, 1, 5, 20))
    assert session.today() == date(2026, 1, day)


def test_a_problem_tells_its_moment_on_the_readers_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.st, "context", SimpleNamespace(timezone="Asia/Shanghai"))
    monkeypatch.setattr(session, "texts", lambda: Texts("en"))
    told = {"id": "G-1", "by": "Ann", "at": datetime(2026, 1, 5, 3, 30)}
    assert "Ann changed G-1 at Jan 5, 2026 11:30" in session.problem(Problem("item_changed", told))
