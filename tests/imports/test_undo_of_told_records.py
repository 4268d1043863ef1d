"""Records that several loads tell of outlive the load that brought them."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports, stores
from crm_core.store import Store

HEAD = "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
Line = tuple[int, str, str]

lines = st.tuples(
    st.integers(1, 6),
    st.sampled_from(["Alder", "Birch", "Cedar"]),
    st.sampled_from(["", "10", "20"]),
)
files = st.lists(lines, min_size=1, max_size=4, unique_by=lambda line: line[0])
cases = st.lists(files, min_size=2, max_size=4).flatmap(
    lambda several: st.tuples(
        st.just(several),
        st.lists(st.integers(0, len(several) - 1), min_size=1, max_size=2 * len(several)),
    )
)

pytestmark = pytest.mark.long


def load(store: Store, folder: Path, number: int, content: list[Line]) -> int:
    path = folder / f"deals_{number}.csv"
    path.write_text(
        HEAD
        + "".join(
            f"D{key},{name},Retail,Closed Won,{amount},2024-03-0{key}\n"
            for key, name, amount in content
        )
    )
    with imports.prepare(store, LOCAL, [path]) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch is not None
    return batch


def state(store: Store) -> tuple[list[tuple[object, ...]], ...]:
    """What figures are made of, whatever numbers and moments the rows carry."""
    with store.read() as cursor:
        return tuple(
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
            for columns, table in (
                ("opportunity_id, customer_id, amount, outcome, closed_at", "crm.opportunity"),
                ("customer_id, name, segment", "crm.customer"),
                ("coalesce(sum(won_amount), 0)", "mart.segment_month"),
            )
        )


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(cases)
def test_after_undoing_loads_in_any_order_the_store_is_as_if_they_had_never_been(
    case: tuple[list[list[Line]], list[int]],
) -> None:
    contents, order = case
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = stores.open_store(folder / "all.duckdb")
        empty = state(store)
        batches = [load(store, folder, at, content) for at, content in enumerate(contents)]
        standing = set(range(len(contents)))
        for at in [*order, *reversed(range(len(contents)))]:
            before = state(store)
            try:
                imports.undo(store, LOCAL, batches[at])
            except Refused as refused:
                assert state(store) == before
                assert refused.problem.code == (
                    "batch_built_upon" if at in standing else "batch_undone"
                )
                continue
            standing.discard(at)
            fresh = stores.open_store(folder / f"{len(standing)}-{at}.duckdb")
            for other in sorted(standing):
                load(fresh, folder, other, contents[other])
            assert state(store) == state(fresh)
            fresh.close()
        assert not standing
        assert state(store) == empty
        store.close()


def test_a_customer_that_a_later_load_names_too_outlives_its_own_list(tmp_path: Path) -> None:
    store = stores.open_store(tmp_path / "all.duckdb")
    (tmp_path / "customers.csv").write_text(
        "Customer ID,Customer Name,Industry,City\n"
        + "".join(f"C{n},Firm {n},Retail,Rome\n" for n in range(1, 6))
    )
    with imports.prepare(store, LOCAL, [tmp_path / "customers.csv"]) as upload:
        first = imports.load(store, LOCAL, upload).batch
    (tmp_path / "deals.csv").write_text(
        "Opportunity ID,Customer ID,Account Name,Industry,Stage,Amount,Close Date\n"
        "1,C1,Firm 1,Retail,Closed Won,10,2024-03-01\n"
        "2,C1,Firm 1,Retail,Closed Won,20,2024-03-02\n"
    )
    with imports.prepare(store, LOCAL, [tmp_path / "deals.csv"]) as upload:
        imports.load(store, LOCAL, upload)
    assert first is not None
    imports.undo(store, LOCAL, first)
    with store.read() as cursor:
        left = cursor.execute(
            "SELECT customer_id, name, segment, city, origin, source_file, source_line"
            " FROM crm.customer"
        ).fetchall()
    assert left == [("C1", "Firm 1", "Retail", None, "derived", "deals.csv", 3)]
    store.close()


def test_the_same_file_twice_tells_nothing_more(tmp_path: Path) -> None:
    store = stores.open_store(tmp_path / "all.duckdb")
    content = [(1, "Alder", "10"), (2, "Birch", "20")]
    load(store, tmp_path, 0, content)
    load(store, tmp_path, 0, content)
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM crm.told").fetchone() == (0,)
    store.close()
