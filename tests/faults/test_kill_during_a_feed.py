"""A process that is killed while a feed takes deliveries: each one is loaded once in the end."""

import os
import random
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from test_kill_and_full_disk import ROUNDS, child, kill

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed
from crm_core.services import feeds, stores

START = datetime(2026, 3, 2, 5, 0)
LINES = 4000

LOOKER = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import feeds, stores
store = stores.open_store(Path(sys.argv[1]))
now = datetime.fromisoformat(sys.argv[2])
print("open", flush=True)
feeds.run(store, LOCAL, int(sys.argv[3]), lambda: now, lambda seconds: None)
print("done", flush=True)
store.close()
"""


def deliver(folder: Path, number: int, now: datetime) -> None:
    first = number * LINES
    path = folder / f"deals_{number}.csv"
    path.write_text(
        "Opportunity ID,Account Name,Stage,Amount,Close Date\n"
        + "".join(
            f"{at},Firm {at % 97},Closed Won,10.50,2026-02-01\n"
            for at in range(first, first + LINES)
        )
    )
    stamp = now.replace(tzinfo=UTC).timestamp()
    os.utime(path, (stamp, stamp))


def look(store: Path, feed: int, now: datetime) -> subprocess.Popen[str]:
    process = child(LOOKER, store, now.isoformat(), feed)
    assert process.stdout and process.stdout.readline() == "open\n"
    return process


def test_deliveries_of_a_feed_that_is_killed_are_each_loaded_once_in_the_end(
    tmp_path: Path,
) -> None:
    folder, path, now = tmp_path / "exports", tmp_path / "s.duckdb", START
    folder.mkdir()
    store = stores.open_store(path)
    said = Feed.model_validate({"name": "Deals", "path": str(folder), "every_minutes": 30})
    feed = feeds.add(store, LOCAL, said, now).feed_id
    store.close()
    moments, length = random.Random(3), 0.0
    for number in range(ROUNDS):
        now += timedelta(minutes=30)
        deliver(folder, number, now - timedelta(minutes=20))
        if number == 0:  # the first is left to end, and tells how long one takes
            started = time.perf_counter()
            assert look(path, feed, now).wait() == 0
            length = time.perf_counter() - started
            continue
        process = look(path, feed, now)
        time.sleep(moments.uniform(0, length))
        kill(process)
    for _ in range(2):  # one to finish what was cut off, one to see that nothing is left
        now += timedelta(minutes=30)
        assert look(path, feed, now).wait() == 0
    store = stores.open_store(path)
    with store.read() as cursor:
        rows, keys, batches = (
            cursor.execute(
                "SELECT (SELECT count(*) FROM crm.opportunity),"
                " (SELECT count(DISTINCT row_key) FROM crm.opportunity),"
                " (SELECT count(*) FROM crm.batch)"
            ).fetchone()
            or ()
        )
        states = cursor.execute("SELECT DISTINCT state FROM app.delivery").fetchall()
    store.close()
    assert rows == keys == ROUNDS * LINES
    assert batches == ROUNDS
    assert states == [("loaded",)]
