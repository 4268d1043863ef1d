"""Segment figures over many opportunities: the rollup against the rows themselves, in one run.

    python bench/segment_rollup.py [OPPORTUNITIES]

Prints the median of five of each, their ratio, and whether both tell the same; ends with 1 if
they do not, or if the rollup needs more than 50 ms.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crm_core import metrics  # noqa: E402

LINEAGE = "'k' || i, 'own', 1, 1, 'bench.csv', i, TIMESTAMP '2025-01-01', 1, NULL, NULL"
CUSTOMERS = 200_000

# Half of the opportunities name their customer, half hold its id, one in twenty has none.
FILL = f"""
INSERT INTO crm.person (person_id, name, team, row_id, row_key, origin, batch_id,
    file_id, source_file, source_line, loaded_at, change_id, by_hand, extra)
SELECT 'P' || i, 'Person ' || i, 'Team ' || (i % 10), i, {LINEAGE} FROM range(200) AS r(i);
INSERT INTO crm.product (product_id, name, row_id, row_key, origin, batch_id,
    file_id, source_file, source_line, loaded_at, change_id, by_hand, extra)
SELECT 'S' || i, 'Product ' || i, 1000 + i, {LINEAGE} FROM range(40) AS r(i);
INSERT INTO crm.customer (customer_id, name, segment, region, created_at, row_id,
    row_key, origin, batch_id, file_id, source_file, source_line, loaded_at, change_id, by_hand,
    extra)
SELECT 'C' || i, 'Customer ' || i, CASE WHEN i % 13 > 0 THEN 'Segment ' || (i % 13) END,
    'Region ' || (i % 7), TIMESTAMP '2022-01-01' + INTERVAL (i % 1000) DAY, 10000 + i, {LINEAGE}
FROM range({CUSTOMERS}) AS r(i);
INSERT INTO crm.opportunity (opportunity_id, customer_id, product_id, outcome, amount,
    currency, owner_id, created_at, closed_at, row_id, row_key, origin, batch_id, file_id,
    source_file, source_line, loaded_at, change_id, by_hand, extra)
SELECT 'O' || i,
    CASE WHEN i % 20 = 0 THEN NULL
        WHEN i % 2 = 0 THEN 'C' || (hash(i) % {CUSTOMERS})
        ELSE 'customer  ' || (hash(i) % {CUSTOMERS}) END,
    'S' || (hash(i + 1) % 40), ['open', 'won', 'lost'][1 + (hash(i + 2) % 3)::INT],
    (hash(i + 3) % 1000000) / 100, CASE WHEN i % 4 = 0 THEN 'EUR' ELSE 'USD' END,
    'P' || (hash(i + 4) % 200), TIMESTAMP '2022-01-01',
    TIMESTAMP '2022-01-01' + INTERVAL (hash(i + 5) % 1095) DAY, 1000000 + i, {LINEAGE}
FROM range($rows) AS r(i);
"""

BASE = """
SELECT c.segment, o.currency,
    count(*) FILTER (outcome = 'open') AS open_opportunities,
    count(*) FILTER (outcome = 'won') AS won_opportunities,
    count(*) FILTER (outcome = 'lost') AS lost_opportunities,
    sum(o.amount) FILTER (outcome = 'open') AS pipeline_value,
    coalesce(sum(o.amount) FILTER (outcome = 'won'), 0) AS revenue
FROM crm.opportunity AS o
LEFT JOIN crm.customer AS c
    ON c.customer_id = replace(o.customer_id, 'customer  ', 'C')
GROUP BY ALL
"""


def store(rows: int) -> duckdb.DuckDBPyConnection:
    """A store in memory with that many opportunities, its rollup not yet filled."""
    connection = duckdb.connect()
    for path in sorted((ROOT / "crm_core/store/migrations").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    metrics.install(connection)
    *others, last = [part for part in FILL.split(";") if part.strip()]
    for statement in others:
        connection.execute(statement)
    connection.execute(last, {"rows": rows})
    return connection


def timed(work: Callable[[], Any]) -> float:
    """Seconds, the median of five."""
    seconds = []
    for _ in range(5):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return median(seconds)


def main(rows: int) -> int:
    """Measure, print, and say by the exit status whether the promise holds."""
    connection = store(rows)
    refresh = timed(lambda: metrics.refresh(connection))
    base = timed(lambda: connection.execute(BASE).fetchall())
    rollup = timed(lambda: metrics.run(connection, "segment_overview", {}))
    figures = metrics.run(connection, "segment_overview", {}).to_pylist()
    names = [column[0] for column in connection.execute(BASE).description]
    same = {tuple(row[name] for name in names) for row in figures} == set(
        connection.execute(BASE).fetchall()
    )
    groups = connection.execute("SELECT count(*) FROM mart.segment_month").fetchall()[0][0]
    print(f"{rows} opportunities, rollup of {groups} rows")
    print(f"refresh {refresh:.2f} s, rows {base * 1000:.0f} ms, rollup {rollup * 1000:.1f} ms")
    print(f"rows/rollup {base / rollup:.0f}, equal {same}")
    return 0 if same and rollup <= 0.05 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000))
