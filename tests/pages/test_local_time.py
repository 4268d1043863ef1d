"""Moments of the store on the reader's own clock."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

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
