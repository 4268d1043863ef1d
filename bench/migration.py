"""How long a migration of a million customers and a million deals takes, from an open store.

    python bench/migration.py [ROWS]

The store is made in SQL, one customer in ten merged into another. Measured: the whole run, files
and records of it in the store included, through the shipped CSV template; then a delta.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.services import stores
from crm_core.services.migration import run, template
from crm_core.store import Store

_LINEAGE = """
    i AS row_id, 'own' AS origin, 1 AS batch_id, 1 AS file_id, 'made.csv' AS source_file,
    i + 1 AS source_line, now()::TIMESTAMP AS loaded_at, {change} AS change_id
"""
_CUSTOMERS = """
    INSERT INTO crm.customer BY NAME
    SELECT 'C' || i AS customer_id, 'C' || i AS row_key, 'Company number ' || i AS name,
        ['Retail', 'Medical', 'Energy', NULL][1 + i % 4] AS segment, 'City ' || i % 1000 AS city,
        '+861380013' || lpad((i % 10000)::VARCHAR, 4, '0') AS phone, 'Street ' || i AS street,
        i % 5000 AS employees, i * 10.25 AS annual_revenue, 'CNY' AS currency,
        TIMESTAMP '2020-01-01' + to_seconds(i) AS created_at, {lineage}
    FROM range({rows}) AS t(i)
"""
_DEALS = """
    INSERT INTO crm.opportunity BY NAME
    SELECT 'O' || i AS opportunity_id, 'O' || i AS row_key, 'Deal ' || i AS name,
        'C' || (i * 7919) % {rows} AS customer_id, ['open', 'won', 'lost'][1 + i % 3] AS outcome,
        i * 3.5 AS amount, 'CNY' AS currency, 0.5 AS probability,
        TIMESTAMP '2021-01-01' + to_seconds(i) AS created_at, {lineage}
    FROM range({rows}) AS t(i)
"""
_MERGES = """
    INSERT INTO crm.merge BY NAME
    SELECT i AS merge_id, 'customer' AS entity, 'C' || i AS row_key, 'C' || i - 1 AS into_key,
        'rule' AS made_by, {change} AS change_id
    FROM range(1, {rows}, 10) AS t(i)
"""


def fill(store: Store, rows: int) -> None:
    """Customers, deals and merges."""
    with store.change(LOCAL, "batch.load", area="crm") as change:
        lineage = _LINEAGE.format(change=change.change_id)
        for sql in (_CUSTOMERS, _DEALS, _MERGES):
            change.cursor.execute(sql.format(lineage=lineage, rows=rows, change=change.change_id))
        metrics.refresh(change.cursor)


def main(rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = stores.open_store(Path(folder) / "crm.duckdb")
        fill(store, rows)
        read = template.load(template.shipped()["salesforce"])
        for name, kind in (("full", "rehearsal"), ("delta", "delta")):
            done = run.run(store, LOCAL, read, Path(folder) / name, kind=kind)  # type: ignore[arg-type]
            written = sum(table["rows"] for table in done.tables)
            size = sum(path.stat().st_size for path in done.folder.iterdir())
            print(f"{kind}: {written:,} rows, {size / 1e6:,.0f} MB, {done.seconds:.1f} s")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
