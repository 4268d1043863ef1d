"""Random sequences of merges, edits, loads and merges taken back: all taken back is the start."""

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, merging, stores
from crm_core.services.merging import Decision, Pair, survivorship
from crm_core.services.merging.survivorship import Survivorship
from crm_core.store import Store

SEQUENCES = int(os.environ.get("CRM_MERGE_SEQUENCES", "2"))
STEPS = 8
BOOKS = {"batch", "batch_file", "line_fate", "quarantine", "quality", "segment"}
"""Tables that tell of loads, undone ones too."""
CUSTOMERS = [
    ["Customer ID", "Customer Name", "Segment", "City", "Tax ID", "Colour"],
    *(
        [f"C-{n}", f"{name} {n}", segment, city, tax, "red"]
        for n, (name, segment, city, tax) in enumerate(
            [
                ("Acme", "Retail", "Rome", "11"),
                ("Acme", "", "Oslo", "11"),
                ("Acme", "Medical", "", ""),
                ("Bolt", "Finance", "Bonn", "22"),
                ("Bolt", "Finance", "", ""),
                ("Cole", "", "Bern", "33"),
            ]
        )
    ),
]
DEALS = [
    ["Opportunity ID", "Customer ID", "Stage", "Amount", "Close Date"],
    *([f"O-{n}", f"C-{n % 6}", "Won", str(10**n), "2024-03-01"] for n in range(7)),
    ["O-9", "Dunn", "Won", "7", "2024-03-02"],
]
Row = list[str]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("merges")
    store = stores.open_store(folder / "store" / "crm.duckdb")
    load(store, folder / "customers.csv", CUSTOMERS)
    load(store, folder / "opportunities.csv", DEALS)
    yield store
    store.close()


def load(store: Store, path: Path, rows: list[Row]) -> int:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    with imports.prepare(store, LOCAL, [path]) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch
    return batch


def everything(store: Store) -> dict[str, list[Any]]:
    """Every table of customer data to the byte, related rows included, and the figures.

    Without the number of the change that wrote a row: a load that is undone writes the old ones.
    """
    with store.read() as cursor:
        names = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'crm' ORDER BY 1"
        ).fetchall()
        found = {
            name: cursor.execute(
                f"SELECT COLUMNS(lambda one: one <> 'change_id') FROM crm.{name} ORDER BY ALL"
            ).fetchall()
            for (name,) in names
            if name not in BOOKS
        }
        for metric in ("segment_overview", "group_overview"):
            found[metric] = metrics.run(cursor, metric, {}).to_pylist()
        found["shown"] = cursor.execute("FROM mart.customer ORDER BY ALL").fetchall()
    return found


def ids(store: Store) -> list[int]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT row_id FROM crm.customer ORDER BY row_id").fetchall()
    return [row[0] for row in rows]


def merged(store: Store) -> list[int]:
    return [one["merge_id"] for one in merging.merges(store, LOCAL, "customer")]


def step(store: Store, folder: Path, chance: random.Random, loads: list[int]) -> None:
    rows = ids(store)
    pairs = [tuple(chance.sample(rows, 2)) for _ in range(chance.randint(1, 3))]
    kind = chance.choice(["say", "say", "rule", "apart", "edit", "new", "undo", "shown"])
    if kind == "say":
        said = [Decision(*pair, "same", {"city": pair[1]}) for pair in pairs]
        merging.decide(store, LOCAL, "customer", said)
        merging.apply(store, LOCAL, "customer")
    elif kind == "rule":
        merging.by_rule(store, LOCAL, "customer", [Pair(*pair, 0.9) for pair in pairs])
    elif kind == "apart" and (known := merged(store)):
        merging.unmerge(store, LOCAL, [chance.choice(known)])
    elif kind in ("edit", "new"):
        number = chance.randrange(6) if kind == "edit" else chance.randrange(50, 53)
        cells = [f"C-{number}", f"Edited {chance.randrange(3)}", "Retail", "Lyon", "", "blue"]
        loads.append(load(store, folder / "customers.csv", [CUSTOMERS[0], cells]))
    elif kind == "undo" and loads:
        imports.undo(store, LOCAL, loads.pop())
    else:
        rule = {"customer": {"city": chance.choice(survivorship.RULES)}}
        survivorship.choose(store, LOCAL, Survivorship(rule))


def counted_once(store: Store) -> None:
    """No row is read twice, and no revenue is lost or doubled, however records are merged."""
    with store.read() as cursor:
        rows, different, won = cursor.execute(
            "SELECT count(*), count(DISTINCT (entity, row_id)),"
            " (SELECT sum(amount) FROM crm.opportunity) FROM staging.identity(NULL)"
        ).fetchall()[0]
        figures = metrics.run(cursor, "segment_overview", {}).to_pylist()
    assert rows == different
    assert sum(one["revenue"] or 0 for one in figures) == won


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_everything_taken_back_is_the_start_to_the_byte(company, tmp_path, seed) -> None:
    survivorship.choose(company, LOCAL, Survivorship())
    start, loads = everything(company), list[int]()
    chance = random.Random(seed)
    for _ in range(STEPS):
        step(company, tmp_path, chance, loads)
        counted_once(company)
    taken = merged(company)
    if chance.random() < 0.5 and taken:
        merging.unmerge(company, LOCAL, taken)
    for batch in reversed(loads):
        imports.undo(company, LOCAL, batch)
    if taken := merged(company):
        merging.unmerge(company, LOCAL, taken)
    survivorship.choose(company, LOCAL, Survivorship())
    assert everything(company) == start


def test_a_merge_taken_back_while_a_record_is_away_is_not_made_again_with_the_record(
    company: Store, tmp_path: Path
) -> None:
    new = [CUSTOMERS[0], ["C-70", "Acme Roma", "Retail", "Rome", "", "red"]]
    first, second, *_ = ids(company)
    batch = load(company, tmp_path / "customers.csv", new)
    third = ids(company)[-1]
    said = [Decision(first, second, "same"), Decision(second, third, "same")]
    merging.decide(company, LOCAL, "customer", said)
    assert merging.apply(company, LOCAL, "customer") == 2
    imports.undo(company, LOCAL, batch)
    merging.unmerge(company, LOCAL, merged(company))
    again = load(company, tmp_path / "customers.csv", new)
    assert merging.apply(company, LOCAL, "customer") == 0
    imports.undo(company, LOCAL, again)
