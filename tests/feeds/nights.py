"""A feed on a folder, with a clock and a mail server that the test holds in its hand."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed
from crm_core.services import feeds
from crm_core.store import Store

START = datetime(2026, 3, 2, 5, 0)  # a Monday
HEAD = "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"


def deals(lines: int = 10, first: int = 1, amount: str = "10.50") -> str:
    """An export of deals."""
    return HEAD + "".join(
        f"{number},Alder {number},Medical,Closed Won,{amount},2026-02-{number % 27 + 1:02}\n"
        for number in range(first, first + lines)
    )


@dataclass
class Night:
    """A folder that is delivered into, and the feed that watches it."""

    store: Store
    folder: Path
    now: datetime = START
    while_settling: Callable[[], object] = field(default=lambda: None)
    feed_id: int = 0

    def clock(self) -> datetime:
        return self.now

    def sleep(self, _seconds: float) -> None:
        self.while_settling()

    def set_up(self, **said: object) -> int:
        """Set the feed up; what is not said is usual."""
        usual = {"name": "Deals", "path": str(self.folder), "every_minutes": 30}
        feed = Feed.model_validate(usual | {"emails": ("ops@example.com",)} | said)
        self.feed_id = feeds.add(self.store, LOCAL, feed, self.now).feed_id
        return self.feed_id

    def deliver(self, text: str | bytes, name: str = "deals.csv") -> Path:
        """Put a file into the folder, written just now."""
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        stamp = self.now.replace(tzinfo=UTC).timestamp()
        os.utime(path, (stamp, stamp))
        return path

    def look(self, after: timedelta = timedelta(minutes=30)) -> feeds.Look:
        """Let the time pass, then look."""
        self.now += after
        return feeds.run(self.store, LOCAL, self.feed_id, self.clock, self.sleep)


@pytest.fixture
def night(store: Store, tmp_path: Path) -> Night:
    folder = tmp_path / "exports"
    folder.mkdir()
    return Night(store, folder)
