"""Row ids: small enough for every reader of numbers, and never given twice."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from crm_core.domain.actor import LOCAL
from crm_core.pipeline.rows import reserve_row_ids
from crm_core.services import imports
from crm_core.store import Store

COUNTS = [1, 7, 500, 20_000] * 5


def test_row_ids_follow_the_lines_and_no_spreadsheet_rounds_them(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(
        "Customer ID,Customer Name,City\n"
        + "".join(f'C{n},"Alder {n}",{"York" if n % 9 else "Leeds"}\n' for n in range(3000))
    )
    for _ in range(2):
        with imports.prepare(store, LOCAL, [path]) as upload:
            imports.load(store, LOCAL, upload)
        path.write_text(path.read_text().replace("C", "D").replace("Dust", "Cust"))
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT row_id FROM crm.customer ORDER BY batch_id, source_line"
        ).fetchall()
    ids = [row[0] for row in rows]
    assert len(ids) == 6000
    assert ids == sorted(set(ids))
    assert ids[-1] < 10_000


def test_loads_at_the_same_time_get_no_row_id_twice(store: Store) -> None:
    def reserve(count: int) -> range:
        with store.read() as cursor:
            first = reserve_row_ids(cursor, count)
        return range(first, first + count)

    with ThreadPoolExecutor(4) as pool:
        blocks = sorted(pool.map(reserve, COUNTS), key=lambda block: block.start)
    assert all(one.stop <= two.start for one, two in pairwise(blocks))
