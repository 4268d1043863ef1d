"""A process that is killed, or runs out of disk, leaves a store as before or as after."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports, loads, settings, stores
from crm_core.store import Store

ROUNDS = int(os.environ.get("CRM_KILL_ROUNDS", "2"))
"""A short share by default; `make soak` runs many."""

WRITER = """
import sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import settings, stores
store = stores.open_store(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**9):
    with store.change(LOCAL, "setting.set", area="settings") as change:
        settings.put(change, "counter", number)
    print(number, flush=True)
"""

LOADER = """
import sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores
store = stores.open_store(Path(sys.argv[1]))
print("open", flush=True)
with imports.prepare(store, LOCAL, [Path(sys.argv[2])]) as upload:
    imports.load(store, LOCAL, upload)
print("loaded", flush=True)
"""


def child(code: str, *words: object, **options: object) -> subprocess.Popen[str]:
    # Where Python runs without a file, DuckDB takes it for a notebook and prints its progress.
    code = f"__file__ = 'child.py'\n{code}"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=stores.ROOT,
        **options,  # type: ignore[arg-type]
    )


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill at once; what it had printed."""
    process.send_signal(signal.SIGKILL)
    lines = process.stdout.read().split() if process.stdout else []
    process.wait()
    return lines


def test_no_acknowledged_save_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    path, acknowledged = tmp_path / "s.duckdb", -1
    moments = random.Random(1)
    for _ in range(ROUNDS):
        process = child(WRITER, path, acknowledged + 1)
        assert process.stdout
        acknowledged = int(process.stdout.readline())
        time.sleep(moments.uniform(0, 0.3))
        acknowledged = max([acknowledged, *map(int, kill(process))])
        store = stores.open_store(path)
        saved = settings.read(store, LOCAL)["counter"]
        changes = store.version("settings")
        store.close()
        # One more may be durable than was acknowledged, never one less.
        assert saved in (acknowledged, acknowledged + 1)
        assert changes == saved + 1
        acknowledged = saved


def deals(path: Path, rows: int) -> Path:
    head = "Opportunity ID,Account Name,Stage,Amount,Close Date\n"
    path.write_text(
        head + "".join(f"{n},Firm {n % 97},Closed Won,{n}.5,2024-03-01\n" for n in range(rows))
    )
    return path


def state(store: Store) -> tuple[object, ...]:
    """Rows, fates, batches and the rollup's revenue: all of a load, or nothing of it."""
    with store.read() as cursor:
        counts = cursor.execute(
            "SELECT (SELECT count(*) FROM crm.opportunity), (SELECT count(*) FROM crm.line_fate),"
            " (SELECT count(*) FROM crm.batch),"
            " (SELECT count(*) FROM app.change WHERE action = 'batch.load'),"
            " (SELECT count(*) FROM crm.customer)"
        ).fetchone()
    rows = figures.metric(store, LOCAL, "segment_overview").to_pylist()
    archives = sorted(path.name for path in store.files.glob("*"))
    return counts, sum(row["revenue"] or 0 for row in rows), len(archives)


def test_a_load_that_is_killed_happened_entirely_or_not_at_all(tmp_path: Path) -> None:
    csv = deals(tmp_path / "deals.csv", 20_000)
    path = tmp_path / "whole.duckdb"
    started = time.perf_counter()
    assert child(LOADER, path, csv).wait() == 0
    length = time.perf_counter() - started
    store = stores.open_store(path)
    after = state(store)
    store.close()
    moments = random.Random(2)
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.duckdb"
        empty = stores.open_store(path)
        before = state(empty)
        empty.close()
        process = child(LOADER, path, csv)
        assert process.stdout and process.stdout.readline()
        time.sleep(moments.uniform(0, length))
        kill(process)
        store = stores.open_store(path)
        assert state(store) in (before, after)
        store.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import settings, stores
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = stores.open_store(Path(sys.argv[1]))
settings.write(store, LOCAL, "home_currency", "EUR")
size = max(p.stat().st_size for p in Path(sys.argv[1]).parent.iterdir() if p.is_file())
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1000, hard))
try:
    for _ in range(200):
        with store.change(LOCAL, "setting.set", area="settings") as change:
            change.cursor.execute(
                "INSERT INTO crm.segment SELECT md5(i::VARCHAR), NULL, 1 FROM range(20000) t(i)")
except Refused as refusal:
    print(refusal.problem.code, flush=True)
print(settings.read(store, LOCAL)["home_currency"], flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
settings.write(store, LOCAL, "home_currency", "CNY")
print(settings.read(store, LOCAL)["home_currency"], flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits a file's size the POSIX way")
def test_a_full_disk_is_said_and_the_store_goes_on_when_there_is_room_again(
    tmp_path: Path,
) -> None:
    process = child(FULL, tmp_path / "s.duckdb")
    said, _ = process.communicate(timeout=120)
    assert said.split() == ["disk_full", "EUR", "CNY"]
    store = stores.open_store(tmp_path / "s.duckdb")
    assert settings.read(store, LOCAL)["home_currency"] == "CNY"
    assert not loads.batches(store, LOCAL)
    store.close()


def test_leftovers_of_a_load_that_was_cut_off_are_removed(tmp_path: Path) -> None:
    store = stores.open_store(tmp_path / "s.duckdb")
    with imports.prepare(store, LOCAL, [deals(tmp_path / "d.csv", 3)]) as upload:
        imports.load(store, LOCAL, upload)
    (store.files / "incoming-dead").mkdir()
    (store.files / "999.parquet").write_bytes(b"x")
    store.close()
    again = stores.open_store(tmp_path / "s.duckdb")
    assert len(list(again.files.iterdir())) == 1
    again.close()
