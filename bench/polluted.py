"""How much of a benchmark of dirty CSV files is read as its clean forms say.

    python bench/polluted.py FOLDER

FOLDER holds `csv/` with the files as they come and `clean/` with each one's clean form under the
same name (UTF-8, comma, doubled quotes), as the public Pollock benchmark lays them out. Prints the
mean of the files' cell F1 (cells compared as a bag, as the benchmark does), the number of files
whose rows are exactly the clean ones, and the worst files; exits 1 below the promised mean.
Without an argument it says so and measures nothing.
"""

import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core.domain.raw import lines_in
from crm_core.sources.__main__ import answer
from crm_core.sources.limits import Limits

PROMISED = 0.998
WORST = 10


def read(path: Path) -> list[list[str]]:
    """The file's rows as the reader has them; none where it refuses the file."""
    with tempfile.TemporaryDirectory() as folder:
        tables = answer(path, Path(folder), Limits()).get("tables", [])
        found = [
            row
            for table in tables
            for row in duckdb.execute(
                f"SELECT * EXCLUDE (line) FROM {lines_in(duckdb, Path(folder, table['data']))}"
                " ORDER BY line"
            ).fetchall()
        ]
    return [[cell or "" for cell in cells[:width]] for width, *cells in found]


def clean(path: Path) -> list[list[str]]:
    """The rows as they should be."""
    with path.open(encoding="utf-8-sig") as lines:
        return list(csv.reader(lines))


def f1(found: list[list[str]], expected: list[list[str]]) -> float:
    """Of the bags of cells: 1 where they are the same, or where nothing was to be found."""
    ours, theirs = (Counter(cell for row in rows for cell in row) for rows in (found, expected))
    if not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def main() -> int:
    """Read every file; 0 when the mean is as promised."""
    if len(sys.argv) != 2:
        print("no folder named, nothing measured")
        return 0
    root = Path(sys.argv[1])
    scores, exact = {}, 0
    for path in sorted((root / "csv").iterdir()):
        found, expected = read(path), clean(root / "clean" / path.name)
        scores[path.name] = f1(found, expected)
        exact += found == expected
    mean = sum(scores.values()) / len(scores)
    print(f"{len(scores)} files: mean cell F1 {mean:.5f} (promised {PROMISED}), {exact} exact")
    for name in sorted(scores, key=lambda name: scores[name])[:WORST]:
        print(f"  {scores[name]:.4f}  {name}")
    return 0 if mean >= PROMISED else 1


if __name__ == "__main__":
    raise SystemExit(main())
