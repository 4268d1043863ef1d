"""The pages of pain points and goals with 60 pain points and 20 goals, warm; and how long the list
of 20,000 pain points and the repeats among them take.

    python bench/pain_points_and_goals.py

Ends with 1 if a warm run needs more than the promised 300 ms, the long list more than 500 ms, or
the repeats more than 2 seconds.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from page_run import PROMISED, median_run
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import pain_points, registers, sample, stores
from crm_core.services.registers import Write
from crm_core.services.stores import ROOT
from crm_core.store import Store

PAGES = {
    "pain_points": ("list", "hurts", "value", "repeats"),
    "goals": ("list", "lines"),
}
METRICS = ("segment_overview.win_rate", "segment_coverage.coverage", "duplicate_rate.rate")
LIST_PROMISED, REPEATS_PROMISED = 0.5, 2.0
LATIN = ["".join(random.Random(n).choices("abcdefghijklmnop", k=3 + n % 7)) for n in range(6000)]
CHINESE = [chr(0x4E00 + n) for n in range(2500)]


def text(dice: random.Random) -> str:
    """A complaint in either language, its words as unequally common as those of a language."""
    words = CHINESE if dice.random() < 0.3 else LATIN
    weights = [1 / (place + 3) for place in range(len(words))]
    told = dice.choices(words, weights, k=dice.randint(8, 30))
    return ("" if words is CHINESE else " ").join(told)


def pains(count: int) -> list[Write]:
    """Pain points with a cost and a group of people; one of ten repeats an earlier one."""
    dice, said, rows = random.Random(7), list[str](), list[Write]()
    for place in range(count):
        is_new = not said or dice.random() < 0.9
        said.append(text(dice) if is_new else dice.choice(said) + " again")
        values = {"title": f"Pain {place}", "complaint": said[-1], "team": f"Team {place % 6}"}
        values |= {"about": dice.choice(("people", "process", "technology", "data"))}
        values |= {"affected": (f"Team {place % 6}: {dice.randint(1, 50)}",)}
        cost = dice.randint(1, 90) * 1000
        rows.append(Write(None, values | {"cost_least": cost, "cost_most": cost * 2}))
    return rows


def goals() -> list[Write]:
    """Goals that are read from the data."""
    line = {"baseline": Decimal("0.1"), "baseline_date": date(2025, 1, 1)}
    line |= {"target": Decimal("0.9"), "target_date": date(2030, 1, 1)}
    return [
        Write(None, {"title": f"Goal {place}", "metric": METRICS[place % 3]} | line)
        for place in range(20)
    ]


def slowest_page(store: Store) -> float:
    """Seconds of the slowest warm view."""
    registers.write(store, LOCAL, "pain_point", pains(60))
    registers.write(store, LOCAL, "goal", goals())
    slowest = 0.0
    for page, views in PAGES.items():
        for view in views:
            warm = warm_run(page, {"view": view})
            slowest = max(slowest, warm)
            print(f"{page:12} {view:8} warm {warm * 1000:5.0f} ms")
    return slowest


def warm_run(page: str, asked: dict[str, str]) -> float:
    """Seconds of a warm run of a page with this in its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update(asked | {"company": "own"})
    app.run().switch_page(f"pages/assess/{page}.py")
    app.query_params.update(asked | {"company": "own"})
    return median_run(app)


def slowest_list() -> float:
    """Seconds of a warm run of the list of 20,000, as it is and searched."""
    each = {name: warm_run("pain_points", {"search": name}) for name in ("", "Pain 1999")}
    for name, warm in each.items():
        print(f"list of 20,000, searched for {name!r}: warm {warm * 1000:.0f} ms")
    return max(each.values())


def repeats(store: Store) -> float:
    """Seconds to find the repeats among the pain points."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        found = pain_points.repeated(store, LOCAL)
        seconds.append(time.perf_counter() - start)
    print(f"repeats among 20,000: {min(seconds):.2f} s, {len(found)} groups shown")
    return min(seconds)


def main() -> int:
    """Measure; the exit status says whether the promises hold."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CRM_STORE"] = str(Path(folder) / "crm.duckdb")
        os.chdir(ROOT)
        sample.ensure(stores.own_path(), LOCAL, "zh")
        store = holding.hold(stores.own_path())
        slowest = slowest_page(store)
        registers.write(store, LOCAL, "pain_point", pains(20_000 - 60))
        listed, found = slowest_list(), repeats(store)
        holding.release()
    print(f"slowest page {slowest * 1000:.0f} ms (promised {PROMISED * 1000:.0f})")
    kept = slowest <= PROMISED and listed <= LIST_PROMISED and found <= REPEATS_PROMISED
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
