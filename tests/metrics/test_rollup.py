"""Making the views and rollups, and making them again."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from crm_core import metrics
from crm_core.metrics.folder import FOLDER
from crm_core.reference.sql_files import split

Fill = Callable[..., duckdb.DuckDBPyConnection]
PARTS = [*(FOLDER / "staging").glob("*.sql"), *(FOLDER / "marts").glob("*.sql")]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_part_needs_exactly_what_its_text_reads(path: Path) -> None:
    head, sql = split(path)
    assert set(re.findall(r"\b(?:staging|mart)\.\w+", sql)) == set(head.get("needs", ()))


def test_installing_again_writes_nothing(fill: Fill) -> None:
    store = fill({"crm.opportunity": [{"outcome": "won", "amount": 1}]})
    store.execute("UPDATE mart.segment_month SET won_amount = 7")
    metrics.install(store)
    assert store.execute("SELECT won_amount FROM mart.segment_month").fetchall() == [(7,)]


@pytest.mark.parametrize(
    ("form", "name"), [("VIEW", "staging.sale"), ("TABLE", "mart.segment_month")]
)
def test_what_was_made_from_another_text_is_made_anew(form: str, name: str, fill: Fill) -> None:
    store = fill({"crm.sale": [{"amount": 1}]})
    store.execute(f"CREATE OR REPLACE {form} {name} AS SELECT 'old' AS old")
    metrics.install(store)
    columns = store.execute(f"SELECT * FROM {name} LIMIT 0").description
    assert "segment" in [column[0] for column in columns]


@pytest.mark.parametrize("table", ["merge", "parent"])
def test_what_does_not_read_from_the_table_that_changed_stays(table: str, fill: Fill) -> None:
    store = fill({"crm.segment": [{"segment": "A"}]})
    store.execute("DELETE FROM mart.segment_name")
    metrics.refresh(store, changed=table)
    assert store.execute("SELECT count(*) FROM mart.segment_name").fetchall() == [(0,)]


def test_what_reads_from_the_table_that_changed_by_way_of_others_is_made_anew(fill: Fill) -> None:
    store = fill({"crm.customer": [{"row_key": "a", "name": "A"}, {"row_key": "b", "name": "B"}]})
    store.execute("DELETE FROM mart.customer")
    metrics.refresh(store, changed="merge")
    assert store.execute("SELECT count(*) FROM mart.customer").fetchall() == [(2,)]


def test_a_refresh_is_undone_with_its_transaction_and_unseen_before(tmp_path: Path) -> None:
    writer = duckdb.connect(tmp_path / "store.duckdb")
    migrations = FOLDER.parent / "store" / "migrations"
    for path in sorted(migrations.glob("*.sql")):
        writer.execute(path.read_text(encoding="utf-8"))
    metrics.install(writer)
    reader = writer.cursor()
    writer.execute("BEGIN")
    writer.execute("INSERT INTO crm.segment VALUES ('A', 'e', 1)")
    metrics.refresh(writer)
    assert writer.execute("SELECT shown FROM mart.segment_name").fetchall() == [("A",)]
    assert reader.execute("SELECT shown FROM mart.segment_name").fetchall() == []
    writer.execute("ROLLBACK")
    assert writer.execute("SELECT shown FROM mart.segment_name").fetchall() == []
