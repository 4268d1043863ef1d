"""A run that is killed leaves no folder and no run that looks complete."""

import random
import time
from hashlib import sha256
from pathlib import Path

import pytest
import simplejson
from test_kill_and_full_disk import ROUNDS, child, kill

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores
from crm_core.services.migration import runs

WRITER = """
import sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import stores
from crm_core.services.migration import run, template
store = stores.open_store(Path(sys.argv[1]))
text = b'''
name: T
tables:
  - {name: A, entity: customer, columns: [{name: Id, id: true}, {name: N, from: name}]}
  - {name: B, entity: customer, columns: [{name: Id, id: true}, {name: C, from: city}]}
'''
read = template.read(text, "t.yaml")
out = Path(sys.argv[1]).parent
print("open", flush=True)
for number in range(10_000):
    run.run(store, LOCAL, read, out / f"out-{len(list(out.glob('out-*')))}")
"""


@pytest.mark.long
def test_a_killed_run_is_complete_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "store" / "crm.duckdb"
    store = stores.open_store(path)
    csv = tmp_path / "customers.csv"
    lines = [f"C{number},Company {number},City {number}" for number in range(2000)]
    csv.write_text("\n".join(["Customer ID,Customer Name,City", *lines]), encoding="utf-8")
    with imports.prepare(store, LOCAL, [csv]) as upload:
        imports.load(store, LOCAL, upload)
    store.close()
    chance = random.Random(7)
    for _ in range(ROUNDS):
        process = child(WRITER, path)
        assert process.stdout and process.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, 1.5))
        kill(process)
        for folder in path.parent.glob("out-*"):
            manifest = simplejson.loads((folder / "manifest.json").read_text())
            for file in manifest["files"]:
                assert sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        store = stores.open_store(path)
        for made in runs.runs(store, LOCAL):
            assert (made.folder / "manifest.json").exists()
        store.close()
