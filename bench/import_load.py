"""An import of a clean CSV of a million opportunities against DuckDB's bare read of the same file.

Also: how long a form save (a setting, with its audit row) takes while such an import runs.

    python bench/import_load.py [--rows 1000000]

Prints the median of five of each, in turn, and the ratio; exits 1 above the promised 6 times,
or when the 95th percentile of the saves is above 500 ms.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, settings, stores

PROMISED_RATIO = 6.0
PROMISED_SAVE = 0.5


def write_csv(path: Path, rows: int) -> None:
    """Opportunities with ids, customers, stages, amounts and ISO dates; no fault in it."""
    duckdb.execute(
        f"""
        COPY (
            SELECT printf('O%07d', i) AS opportunity_id,
                printf('C%05d', (hash(i) % 50000)::INT) AS customer_id,
                ['Medical', 'Retail', 'Finance'][1 + (hash(i + 1) % 3)::INT] AS segment,
                printf('P%02d', (hash(i + 2) % 40)::INT) AS product_id,
                ['Prospecting', 'Negotiation', 'Won', 'Lost'][1 + (hash(i + 3) % 4)::INT] AS stage,
                round((hash(i + 4) % 1000000) / 7.0, 2)::DECIMAL(18, 2) AS amount,
                'CNY' AS currency, printf('S%03d', (hash(i + 5) % 60)::INT) AS owner,
                DATE '2022-01-01' + (hash(i + 6) % 900)::INT AS created_date,
                DATE '2022-01-01' + (hash(i + 6) % 900 + hash(i + 7) % 200)::INT AS close_date
            FROM range({rows}) AS numbers(i)
        ) TO '{path}' (HEADER)
        """
    )


def bare(csv: Path, folder: Path) -> None:
    """DuckDB alone: the file into a table of a new database file."""
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS FROM read_csv(?)", [str(csv)])


def load(
    csv: Path,
    folder: Path,
    during: Callable[[stores.Store], None] | None = None,
    *,
    whole: bool = True,
) -> None:
    """The product: read, recognise, clean, load with lineage, fates, audit and rollups.

    `whole`: every line of the file is sound, and so must be loaded.
    """
    store = stores.open_store(folder / "crm.duckdb")
    stop = threading.Event()

    def watch() -> None:
        while during and not stop.is_set():
            during(store)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with imports.prepare(store, LOCAL, [csv]) as upload:
            result = imports.load(store, LOCAL, upload)
        (file,) = result.files
        assert file.loaded == file.rows_read if whole else file.loaded > file.rows_read * 0.9
    finally:
        stop.set()
        watcher.join()
        store.close()


def seconds(task: Callable[[Path], None]) -> float:
    """How long the task takes in a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        task(Path(folder))
        return time.perf_counter() - start


def saves_during(csv: Path) -> list[float]:
    """The seconds of every form save made one after the other while an import runs."""
    taken: list[float] = []

    def save(store: stores.Store) -> None:
        start = time.perf_counter()
        settings.write(store, LOCAL, "fiscal_year_start", 1 + len(taken) % 12)
        taken.append(time.perf_counter() - start)
        time.sleep(0.02)

    with tempfile.TemporaryDirectory() as folder:
        load(csv, Path(folder), save)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "opportunities.csv"
        write_csv(csv, rows)
        pairs = [
            (seconds(lambda f: bare(csv, f)), seconds(lambda f: load(csv, f))) for _ in range(5)
        ]
        saves = saves_during(csv)
    ratio = statistics.median(ours / peer for peer, ours in pairs)
    p95 = statistics.quantiles(saves, n=20)[-1]
    print(f"rows                      {rows}")
    print(f"bare read_csv, s          {statistics.median(peer for peer, _ in pairs):.2f}")
    print(f"import, s                 {statistics.median(ours for _, ours in pairs):.2f}")
    print(f"ratio (promised {PROMISED_RATIO:g})       {ratio:.2f}")
    print(f"saves during an import    {len(saves)}")
    print(f"save p95, ms (promised {PROMISED_SAVE * 1000:g})  {p95 * 1000:.0f}")
    print(f"save max, ms              {max(saves) * 1000:.0f}")
    return 0 if ratio <= PROMISED_RATIO and p95 <= PROMISED_SAVE else 1


if __name__ == "__main__":
    sys.exit(main())
