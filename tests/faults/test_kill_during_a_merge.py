"""A process killed while it merges, matches or takes merges back leaves all of it, or nothing."""

import random
import time
from pathlib import Path

import pytest
from test_kill_and_full_disk import ROUNDS, child, kill

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores

COUNT = 400
OPEN = """
import sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import matching, merging, stores
from crm_core.services.merging import Pair
store = stores.open_store(Path(sys.argv[1]))
def apart():
    with store.read() as cursor:
        ids = [row[0] for row in cursor.execute("SELECT merge_id FROM crm.merge").fetchall()]
    if ids:
        merging.unmerge(store, LOCAL, ids)
"""
MERGER = """
with store.read() as cursor:
    ids = [row[0] for row in cursor.execute("SELECT row_id FROM crm.customer").fetchall()]
said = [merging.Decision(ids[at], ids[at + 1], "same") for at in range(0, len(ids), 2)]
print("open", flush=True)
while True:
    merging.decide(store, LOCAL, "customer", said)
    merging.apply(store, LOCAL, "customer")
    apart()
"""
MATCHER = """
print("open", flush=True)
while True:
    matching.run(store, LOCAL)
    apart()
"""


@pytest.mark.parametrize(
    ("program", "longest"), [(MERGER, 0.6), pytest.param(MATCHER, 6.0, marks=pytest.mark.long)]
)
def test_a_kill_at_any_moment_leaves_all_or_nothing(
    tmp_path: Path, program: str, longest: float
) -> None:
    path = tmp_path / "store" / "crm.duckdb"
    store = stores.open_store(path)
    csv = tmp_path / "customers.csv"
    lines = [
        f"C{n},Company {n // 2} Ltd,City {n // 2},+1 202 555 {n // 2:04}" for n in range(COUNT)
    ]
    head = "Customer ID,Customer Name,City,Phone"
    csv.write_text("\n".join([head, *lines]), encoding="utf-8")
    with imports.prepare(store, LOCAL, [csv]) as upload:
        imports.load(store, LOCAL, upload)
    store.close()
    chance = random.Random(5)
    for _ in range(ROUNDS):
        process = child(OPEN + program, path)
        assert process.stdout and process.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, longest))
        kill(process)
        store = stores.open_store(path)
        with store.read() as cursor:
            merges, customers, rows, runs = cursor.execute(
                "SELECT (SELECT count(*) FROM crm.merge), (SELECT count(*) FROM mart.customer),"
                " (SELECT count(*) FROM crm.customer), (SELECT count(*) FROM crm.match_model)"
            ).fetchall()[0]
            pairs = cursor.execute("SELECT count(*) FROM crm.match_pair").fetchall()[0][0]
        store.close()
        assert (merges, customers, rows) in {(0, COUNT, COUNT), (COUNT // 2, COUNT // 2, COUNT)}
        assert (runs == 0) == (pairs == 0)
