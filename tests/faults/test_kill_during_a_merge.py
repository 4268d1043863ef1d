"""A process that is killed while it merges leaves every merge in the store, or none."""

import random
import time
from pathlib import Path

from test_kill_and_full_disk import ROUNDS, child, kill

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores

COUNT = 400
MERGER = """
import sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import merging, stores
from crm_core.services.merging import Pair
store = stores.open_store(Path(sys.argv[1]))
with store.read() as cursor:
    ids = [row[0] for row in cursor.execute("SELECT row_id FROM crm.customer").fetchall()]
pairs = [Pair(ids[at], ids[at + 1]) for at in range(0, len(ids), 2)]
print("open", flush=True)
while True:
    merging.by_rule(store, LOCAL, "customer", pairs)
    print("merged", flush=True)
    done = merging.merges(store, LOCAL, "customer")
    merging.unmerge(store, LOCAL, [one["merge_id"] for one in done])
    print("apart", flush=True)
"""


def test_a_kill_at_any_moment_of_a_merge_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store" / "crm.duckdb"
    store = stores.open_store(path)
    csv = tmp_path / "customers.csv"
    lines = [f"C{number},Company {number},City {number}" for number in range(COUNT)]
    csv.write_text("\n".join(["Customer ID,Customer Name,City", *lines]), encoding="utf-8")
    with imports.prepare(store, LOCAL, [csv]) as upload:
        imports.load(store, LOCAL, upload)
    store.close()
    chance, seen = random.Random(5), set()
    for _ in range(ROUNDS):
        process = child(MERGER, path)
        assert process.stdout and process.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, 0.6))
        kill(process)
        store = stores.open_store(path)
        with store.read() as cursor:
            found = cursor.execute(
                "SELECT (SELECT count(*) FROM crm.merge), (SELECT count(*) FROM mart.customer),"
                " (SELECT count(*) FROM crm.customer)"
            ).fetchone()
        store.close()
        assert found in {(0, COUNT, COUNT), (COUNT // 2, COUNT // 2, COUNT)}
        seen.add(found)
    assert seen
