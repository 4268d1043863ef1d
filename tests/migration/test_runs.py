"""Runs: merged records once, ids that stay, deltas, and the same bytes from the same store."""

from pathlib import Path

import pytest
from moved_company import CUSTOMERS, DEALS, TARGET, Run, Same, load, rows

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import merging
from crm_core.services.migration import run, runs, template
from crm_core.store import Store


def test_merged_customers_appear_once_and_everything_points_to_the_survivor(
    migrate: Run, same: Same
) -> None:
    same("C-001", "C-002")
    done = migrate("one")
    accounts = rows(done.folder / "01-Account.csv")
    assert [row["Id"] for row in accounts] == ["C-001", "C-004", "C-999", "C-003"]
    assert accounts[3]["Parent"] == "C-001"
    deals = {row["Id"]: row["Account"] for row in rows(done.folder / "03-Deal.csv")}
    assert (deals["O-001"], deals["O-002"]) == ("C-001", "C-001")
    contacts = {row["Id"]: row["Account"] for row in rows(done.folder / "02-Contact.csv")}
    assert contacts["P-2"] == "C-001"


def test_surviving_values_are_written(migrate: Run, same: Same) -> None:
    same("C-001", "C-002")
    [acme] = [row for row in rows(migrate("one").folder / "01-Account.csv") if row["Id"] == "C-001"]
    assert (acme["Name"], acme["City"], acme["Revenue"]) == ("Acme Ltd", "Rome", "1000.50")


def test_the_crosswalk_leads_from_every_source_row_to_its_new_id(migrate: Run, same: Same) -> None:
    same("C-001", "C-002")
    told = {
        (row["table"], row["source_id"]): row
        for row in rows(migrate("one").folder / "crosswalk.csv")
        if row["source_file"] != "contacts.csv" or row["entity"] == "contact"
    }
    merged, survivor = told["Account", "C-002"], told["Account", "C-001"]
    assert (merged["new_id"], merged["merged_into"]) == ("C-001", survivor["row_id"])
    assert (survivor["source_file"], survivor["source_line"]) == ("customers.csv", "2")
    assert survivor["merged_into"] == "" and survivor["state"] == "written"


def test_a_record_above_others_of_its_table_is_written_before_them(migrate: Run) -> None:
    ids = [row["Id"] for row in rows(migrate("one").folder / "01-Account.csv")]
    assert ids.index("C-002") < ids.index("C-003")


def test_the_same_store_and_template_give_the_same_bytes(migrate: Run) -> None:
    one, other = migrate("one").folder, migrate("other").folder
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        if name != run.MANIFEST:
            assert (one / name).read_bytes() == (other / name).read_bytes()


@pytest.mark.parametrize("scheme", ["own", "code", "uuid"])
def test_ids_stay_when_records_are_merged_later_and_taken_apart_again(
    company: Store, migrate: Run, same: Same, scheme: str
) -> None:
    text = TARGET.replace(
        "entity: customer\n", f"entity: customer\n    ids: {{scheme: {scheme}}}\n"
    )
    first = {row["Name"]: row["Id"] for row in rows(migrate("a", text).folder / "01-Account.csv")}
    same("C-001", "C-002")
    delta = migrate("b", text, kind="delta")
    [vanished] = rows(delta.folder / "vanished.csv")
    assert vanished["new_id"] == first["Milano Foods"]
    assert (vanished["became"], vanished["merged_into"]) == ("merged", first["Acme Ltd"])
    [merge] = merging.merges(company, LOCAL, "customer")
    merging.unmerge(company, LOCAL, [merge["merge_id"]])
    again = {row["Name"]: row["Id"] for row in rows(migrate("c", text).folder / "01-Account.csv")}
    assert again == first


def test_a_delta_has_what_is_new_or_changed_and_nothing_else(
    company: Store, migrate: Run, tmp_path: Path
) -> None:
    migrate("full")
    more = CUSTOMERS.replace("Bonn", "Berlin") + "C-005,Elm,,,,,,,\n"
    load(company, tmp_path / "in", customers=more)
    delta = migrate("delta", kind="delta")
    assert [row["Id"] for row in rows(delta.folder / "01-Account.csv")] == ["C-004", "C-005"]
    assert rows(delta.folder / "03-Deal.csv") == []
    assert [table["accepted"] for table in delta.tables] == [6, 3, 4]
    [account, *_] = runs.compare(company, LOCAL, 1, delta.run)
    assert (account.added, account.changed, account.gone, account.same) == (1, 1, 0, 4)


def test_a_delta_needs_a_run_to_be_compared_with(migrate: Run, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="migration_no_run"):
        migrate("delta", kind="delta")
    with pytest.raises(Refused, match="migration_only_delta"):
        migrate("full", since=1)
    assert not list((tmp_path / "out").glob("*"))


def test_runs_are_compared_with_their_sums(company: Store, migrate: Run, tmp_path: Path) -> None:
    migrate("one")
    load(company, tmp_path / "in", opportunities=DEALS.replace("5000", "6000"))
    migrate("two")
    deal = runs.compare(company, LOCAL, 1, 2)[2]
    assert (deal.added, deal.changed, deal.gone) == (0, 1, 0)
    assert [(currency, str(now - before)) for _, currency, before, now in deal.sums] == [
        ("EUR", "0E-10"),
        ("USD", "1000.0000000000"),
    ]


def test_a_folder_that_holds_something_is_left_alone(migrate: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "full").mkdir(parents=True)
    kept = tmp_path / "out" / "full" / "mine.txt"
    kept.write_text("x")
    with pytest.raises(Refused, match="migration_folder_taken"):
        migrate("full")
    assert kept.read_text() == "x"


def test_an_empty_folder_is_used(migrate: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "full").mkdir(parents=True)
    assert (migrate("full").folder / run.MANIFEST).exists()


def test_a_run_that_cannot_be_written_is_not_kept(company: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    read = template.read(TARGET.encode(), "small.yaml")
    with pytest.raises(Refused, match="migration_folder"):
        run.run(company, LOCAL, read, tmp_path / "file" / "out")
    assert runs.runs(company, LOCAL) == []
