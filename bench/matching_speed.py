"""Matching of many customers against Splink alone on the same settings.

Splink alone: the same comparisons on the same prepared columns, its own blocking on the same keys,
its training (u at random, m by expectation maximisation) and its prediction.

    python bench/matching_speed.py [--rows 1000000]

Prints seconds, the ratio and the most memory; exits 1 above the promised 1.5 times, 10 minutes or
8 GB.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core import matching
from crm_core.matching import comparisons, vectors
from crm_core.matching.prepare import prepare

PROMISED_RATIO, PROMISED_SECONDS, PROMISED_BYTES = 1.5, 600, 8 << 30
MEMORY = "SET memory_limit = '2500MB'"
_DOUBLES = 5
"""Every so many records is one again, with slips."""
_SIGNS = "华中新东海天金盛宏达信德泰安康瑞丰联创科通远光明嘉恒力源成美利亚太平洋润凯博鑫"
_TRADES = ["科技", "贸易", "实业", "建材", "医药", "电子", "网络", "物流", "食品", "机械"]
_CITIES = ["北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "西安", "南京", "苏州"]
_STREETS = [
    "Station",
    "Market",
    "Mill",
    "Church",
    "Garden",
    "River",
    "Castle",
    "Forest",
    "Harbour",
    "Temple",
]
_RULES = (
    ("name_core",),
    ("phone",),
    ("domain",),
    ("street_house", "street_key", "city"),
)


def fill(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """A table `customer` with as many companies; one in five is there twice, written otherwise."""
    lists = {"signs": list(_SIGNS), "trades": _TRADES, "cities": _CITIES, "streets": _STREETS}
    picked = "list_extract($%s, 1 + (hash(i, %d) %% len($%s))::INT)"
    sign = " || ".join(picked % ("signs", salt, "signs") for salt in (1, 2, 3))
    city, trade, street = (
        picked % (name, salt, name) for name, salt in (("cities", 4), ("trades", 5), ("streets", 6))
    )
    connection.execute("CREATE SCHEMA crm")
    connection.execute(
        "CREATE TABLE crm.customer AS WITH base AS (SELECT i AS n, CASE WHEN i % "
        f"{_DOUBLES} = 0 AND i > 0 THEN i - 1 ELSE i END AS i FROM range({rows}) AS t(i)),"
        f" made AS (SELECT n, n <> i AS again, {city} AS city, {sign} AS brand, {trade} AS trade,"
        f" (hash(i, 7) % 900 + 1)::VARCHAR || ' ' || {street} || ' Road' AS street,"
        " '+8613' || lpad((hash(i, 8) % 1000000000)::VARCHAR, 9, '0') AS phone,"
        " printf('%05d', hash(i, 9) % 100000) AS postcode FROM base)"
        " SELECT n + 1 AS row_id, 'made.csv' AS source_file, n + 2 AS source_line,"
        " CASE WHEN again THEN '' ELSE city END || brand || trade"
        " || CASE WHEN again THEN '' ELSE '有限公司' END AS name,"
        " NULL::VARCHAR AS given_name, NULL::VARCHAR AS surname, NULL::DATE AS birth_date,"
        " NULL::VARCHAR AS national_id, NULL::VARCHAR AS tax_id,"
        " CASE WHEN NOT again OR hash(n, 1) % 3 > 0 THEN phone END AS phone,"
        " 'info@' || substr(md5(phone), 1, 7) || '.cn' AS email, NULL::VARCHAR AS website,"
        " CASE WHEN again THEN replace(street, 'Road', 'Rd.') ELSE street END AS street,"
        " postcode, city, NULL::VARCHAR AS region, 'China' AS country, NULL::JSON AS extra"
        " FROM made",
        lists,
    )


def ours(folder: Path) -> None:
    """The product's matching, from the records to the scored pairs."""
    with duckdb.connect(str(folder / "store.duckdb")) as connection:
        connection.execute(MEMORY)
        found = matching.match(connection.cursor(), "customer", "store.crm.customer")
        print(f"pairs looked at           {found.pairs}", file=sys.stderr)


def peer(folder: Path) -> None:
    """Splink alone."""
    with duckdb.connect(str(folder / "store.duckdb")) as connection:
        connection.execute(MEMORY)
        cursor = connection.cursor()
        cursor.execute("ATTACH ':memory:' AS work; USE work")
        cursor.execute("CREATE TABLE records AS FROM store.crm.customer")
        used = comparisons.comparisons(prepare(cursor, "customer"))
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[vectors.described(one, numbered=False) for one in used],
            blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _RULES],
            unique_id_column_name="unique_id",
            retain_matching_columns=False,
            retain_intermediate_calculation_columns=True,
        )
        linker = Linker(DuckDBAPI(cursor).register("prepared"), settings, log_level=None)
        training = linker.training
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in _RULES[:2]:
            training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True
            )
        linker.inference.predict(threshold_match_probability=0.001)


def measured(task: str, folder: Path) -> tuple[float, int]:
    """Seconds and bytes that the task takes in a process of its own."""
    start = time.perf_counter()
    program = [sys.executable, __file__, "--task", task, "--folder", str(folder)]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    print(done.stderr.strip() if task == "ours" else "", end="\n" if task == "ours" else "")
    return time.perf_counter() - start, int(done.stdout.split()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--task", choices=("ours", "peer"))
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if args.task:
        {"ours": ours, "peer": peer}[args.task](args.folder)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with duckdb.connect(str(folder / "store.duckdb")) as connection:
            fill(connection, args.rows)
        (own, memory), (alone, _) = measured("ours", folder), measured("peer", folder)
    ratio = own / alone
    print(f"rows                      {args.rows}")
    print(f"Splink alone, s           {alone:.1f}")
    print(f"matching, s               {own:.1f}")
    print(f"ratio (promised {PROMISED_RATIO:g})      {ratio:.2f}")
    print(f"memory, GB (promised 8)   {memory / (1 << 30):.1f}")
    kept = ratio <= PROMISED_RATIO and own <= PROMISED_SECONDS and memory <= PROMISED_BYTES
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
