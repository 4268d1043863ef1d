"""The command `feeds`, alone and while the app holds the store."""

import json
from pathlib import Path

from test_command_line import crm

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed
from crm_core.services import feeds, stores

HEAD = "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
DEALS = HEAD + "1,Alder,Retail,Closed Won,100.50,2024-03-01\n2,Birch,Medical,Lost,1,2024-03-02\n"


def set_up(path: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    store = stores.open_store(path)
    feed = Feed(name="Deals", path=str(folder), every_minutes=60, settle_seconds=0)
    feeds.add(store, LOCAL, feed)
    store.close()


def test_feeds_are_listed_and_looked_at(tmp_path: Path) -> None:
    store, folder = tmp_path / "s.duckdb", tmp_path / "in"
    set_up(store, folder)
    [before] = json.loads(crm("feeds", "--store", store, "--format", "json").stdout)
    assert (before["feed"], before["state"], before["looked_at"]) == ("Deals", None, None)
    (folder / "deals.csv").write_text(DEALS)
    done = crm("feeds", "--run", "Deals", "--store", store, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        {
            **{"file": "deals.csv", "state": "loaded", "alarm": None, "lines": 2, "loaded": 2},
            **{"updated": 0, "quarantined": 0, "merged": None, "review": None, "reasons": ""},
        }
    ]
    [after] = json.loads(crm("feeds", "--store", store, "--format", "json").stdout)
    assert (after["state"], after["loaded"]) == ("loaded", 2)
    assert after["next_look"] > after["looked_at"]


def test_what_waits_is_said_with_its_reason_and_the_status_1(tmp_path: Path) -> None:
    store, folder = tmp_path / "s.duckdb", tmp_path / "in"
    set_up(store, folder)
    (folder / "deals.csv").write_text(DEALS)
    crm("feeds", "--run", "Deals", "--store", store)
    (folder / "deals.csv").write_text(DEALS.replace("Industry", "Sector of trade"))
    done = crm("feeds", "--run", "Deals", "--store", store)
    assert done.returncode == 1
    assert "The column Industry is missing." in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_feed_is_one_clear_line(tmp_path: Path) -> None:
    done = crm("feeds", "--run", "Nobody", "--store", tmp_path / "s.duckdb")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nobody" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_the_app_looks_at_a_feed_of_a_store_that_it_holds(tmp_path: Path) -> None:
    path, folder = tmp_path / "s.duckdb", tmp_path / "in"
    set_up(path, folder)
    (folder / "deals.csv").write_text(DEALS)
    store = holding.hold(path)
    try:
        done = crm("feeds", "--run", "Deals", "--store", path, "--format", "json")
        assert done.returncode == 0, done.stderr
        [feed] = feeds.read(store, LOCAL)
        assert feeds.history(store, LOCAL, feed.feed_id)[0].loaded == 2
    finally:
        holding.release()
