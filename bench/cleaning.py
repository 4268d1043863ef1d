"""A full cleaning of millions of opportunities against DuckDB's bare read, and against pandas.

    python bench/cleaning.py [--rows 5000000] [--memory-rows 10000000] [--times 5]

The file is an export as they come: one cell in fifty is written another way (blanks around it,
thousands marks, Chinese dates), some are placeholders, some lines repeat a key or break a rule.
The peer is bench/peers/in_pandas.py; that both come to the same rows, fates and sums is held
before anything is measured. Prints medians taken in turn in one run, and the peak of memory of an
import of `--memory-rows`; exits 1 where a promise is missed: 6 times the bare read, twice as fast
as pandas, 4 GB.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from import_load import bare, load, seconds
from peers import in_pandas

PROMISED_RATIO, PROMISED_GAIN, PROMISED_GIGABYTES = 6.0, 2.0, 4.0


def write_csv(path: Path, rows: int) -> None:
    """Opportunities with ids, customers, stages, amounts and dates, some written oddly."""
    duckdb.execute(
        f"""
        COPY (
            WITH drawn AS (SELECT i, hash(i + 11) % 50 AS odd FROM range({rows}) AS numbers(i))
            SELECT printf('O%08d', CASE WHEN odd = 9 THEN i - 1 ELSE i END) AS opportunity_id,
                printf('C%06d', (hash(i) % 200000)::INT) AS customer_id,
                CASE WHEN odd = 1 THEN ' medical ' ELSE
                    ['Medical', 'Retail', 'Finance'][1 + (hash(i + 1) % 3)::INT] END AS segment,
                printf('P%02d', (hash(i + 2) % 40)::INT) AS product_id,
                ['Prospecting', 'Negotiation', 'Won', 'Lost'][1 + (hash(i + 3) % 4)::INT] AS stage,
                CASE odd WHEN 2 THEN format('{{:t,.2f}}', (hash(i + 4) % 1000000) / 7.0)
                    WHEN 3 THEN '-' WHEN 4 THEN '¥' || (hash(i + 4) % 1000000)
                    ELSE ((hash(i + 4) % 1000000) / 7.0)::DECIMAL(18, 2)::VARCHAR END AS amount,
                'CNY' AS currency,
                CASE WHEN odd = 5 THEN '' ELSE printf('S%03d', (hash(i + 5) % 60)::INT) END
                    AS owner,
                CASE WHEN odd = 6 THEN strftime(created, '%Y年%-m月%-d日')
                    ELSE strftime(created, '%Y-%m-%d') END AS created_date,
                CASE odd WHEN 7 THEN strftime(closed, '%Y/%-m/%-d') WHEN 8 THEN '2024-02-30'
                    ELSE strftime(closed, '%Y-%m-%d') END AS close_date
            FROM (SELECT *, DATE '2022-01-01' + (hash(i + 6) % 900)::INT AS created,
                DATE '2022-01-01' + (hash(i + 6) % 900 + hash(i + 7) % 200)::INT AS closed
                FROM drawn)
        ) TO '{path}' (HEADER)
        """
    )


def peer(csv: Path, folder: Path) -> None:
    """The same rules in vectorised pandas."""
    in_pandas.clean(csv, folder / "pandas.duckdb")


def cleaned(csv: Path, folder: Path) -> None:
    """The product's import; the lines with a broken date are set aside."""
    load(csv, folder, whole=False)


def agree(csv: Path) -> None:
    """Raise where the product and its peer come to different rows, fates or sums."""
    with tempfile.TemporaryDirectory() as folder:
        cleaned(csv, Path(folder))
        peer(csv, Path(folder))
        ours = found(Path(folder) / "crm.duckdb", "crm.crm", "closed_at")
        theirs = found(Path(folder) / "pandas.duckdb", "main", "close_date")
    assert ours == theirs, (ours, theirs)


def found(database: Path, schema: str, closed: str) -> list[tuple[object, ...]]:
    """Per outcome: rows, customers, sum of amounts, last day; then the lines of each fate."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "SELECT outcome, count(*), count(DISTINCT customer_id), sum(amount)::DECIMAL(20, 2),"
            f" max({closed})::DATE FROM {schema}.opportunity GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        fates = connection.execute(
            f"SELECT fate, count(*) FROM {schema}.line_fate GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    return rows + fates


def peak_gigabytes(csv: Path) -> float:
    """The most memory that an import in a process of its own takes, its reader included."""
    command = [sys.executable, __file__, "--alone", str(csv)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(shown.stdout.split()[-1])


def alone(csv: Path) -> None:
    """Import and print the peak of resident memory, in GB: this process or its reader."""
    with tempfile.TemporaryDirectory() as folder:
        cleaned(csv, Path(folder))
    # Not this process's own ru_maxrss: that begins with what its parent took.
    (own,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(max(int(own), reader) / 1e6)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--memory-rows", type=int, default=10_000_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        alone(asked.alone)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "opportunities.csv"
        write_csv(csv, asked.rows // 10)
        agree(csv)
        write_csv(csv, asked.rows)
        rounds = [
            [seconds(lambda f, task=task: task(csv, f)) for task in (bare, cleaned, peer)]
            for _ in range(asked.times)
        ]
        write_csv(csv, asked.memory_rows)
        memory = peak_gigabytes(csv)
    ratio = statistics.median(ours / read for read, ours, _ in rounds)
    gain = statistics.median(pandas / ours for _, ours, pandas in rounds)
    for name, at in (("bare read_csv", 0), ("import", 1), ("pandas", 2)):
        print(f"{name + ', s':30} {statistics.median(taken[at] for taken in rounds):.1f}")
    print(f"{f'times the read (promised {PROMISED_RATIO:g})':30} {ratio:.2f}")
    print(f"{f'times pandas (promised {PROMISED_GAIN:g})':30} {gain:.2f}")
    print(f"{f'peak, GB (promised {PROMISED_GIGABYTES:g})':30} {memory:.2f}")
    kept = ratio <= PROMISED_RATIO and gain >= PROMISED_GAIN and memory <= PROMISED_GIGABYTES
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
