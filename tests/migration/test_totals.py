"""What the target says: its rejects, its totals, and the data owner's signature."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from moved_company import CUSTOMERS, TARGET, Run, load, rows

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services.migration import readiness, rejects, runs, sheet, signing, totals
from crm_core.store import Store


def agreed(company: Store, run: int = 1) -> None:
    """The target counted the same."""
    every = totals.totals(company, LOCAL, run)
    totals.enter(company, LOCAL, run, {one.key: one.source for one in every})


def test_totals_are_filled_in_in_the_runs_own_file_and_taken_in(
    company: Store, migrate: Run, tmp_path: Path
) -> None:
    done = migrate("one")
    filled = rows(done.folder / "totals.csv")
    for row in filled:
        row["target"] = row["source"]
    filled[0]["target"] = "1,000"
    pd.DataFrame(filled).to_csv(tmp_path / "back.csv", index=False)
    every = totals.enter_file(company, LOCAL, tmp_path / "back.csv")
    assert [(one.table, one.measure, one.difference) for one in every if not one.agrees] == [
        ("Account", "rows", Decimal(995))
    ]
    assert len(every) == len(filled)


def test_nothing_is_signed_while_a_total_is_open_unless_there_is_a_reason(
    company: Store, migrate: Run
) -> None:
    migrate("one")
    with pytest.raises(Refused, match="migration_open"):
        signing.sign(company, LOCAL, "Ada")
    agreed(company)
    totals.enter(company, LOCAL, 1, {("Deal", "rows", None): Decimal(3)})
    with pytest.raises(Refused, match="migration_open"):
        signing.sign(company, LOCAL, "Ada")
    signed = signing.sign(company, LOCAL, "Ada", reason="One is known to be missing")
    assert (signed.differences, signed.standing) == (1, "fits")


def test_a_signature_no_longer_fits_when_totals_or_files_change(
    company: Store, migrate: Run
) -> None:
    done = migrate("one")
    agreed(company)
    signing.sign(company, LOCAL, "Ada")
    found = signing.signature(company, LOCAL, 1)
    assert found and (found.standing, found.name) == ("fits", "Ada")
    totals.enter(company, LOCAL, 1, {("Deal", "rows", None): Decimal(3)})
    found = signing.signature(company, LOCAL, 1)
    assert found and found.standing == "totals_changed"
    agreed(company)
    file = done.folder / "03-Deal.csv"
    file.write_bytes(file.read_bytes().replace(b"5000", b"6000"))
    found = signing.signature(company, LOCAL, 1)
    assert found and found.standing == "files_changed"
    with pytest.raises(Refused, match="migration_files_changed"):
        signing.sign(company, LOCAL, "Ada")


def test_readiness_goes_from_not_started_to_signed_and_back(company: Store, migrate: Run) -> None:
    assert readiness.readiness(company, LOCAL).state == "not_started"
    migrate("one")
    now = readiness.readiness(company, LOCAL)
    assert (now.state, now.accepted, now.rejected, now.missing) == ("rehearsed", 12, 0, now.totals)
    agreed(company)
    assert readiness.readiness(company, LOCAL).state == "rehearsed"
    totals.enter(company, LOCAL, 1, {("Deal", "rows", None): Decimal(3)})
    assert readiness.readiness(company, LOCAL).state == "totals_differ"
    agreed(company)
    signing.sign(company, LOCAL, "Ada")
    now = readiness.readiness(company, LOCAL)
    assert (now.state, now.signed_by, now.signature_fits) == ("signed", "Ada", True)
    totals.enter(company, LOCAL, 1, {("Deal", "rows", None): Decimal(3)})
    now = readiness.readiness(company, LOCAL)
    assert (now.state, now.signature_fits) == ("totals_differ", False)


@pytest.mark.parametrize("key", [("Deal", "rows", "EUR"), ("Nothing", "rows", None)])
def test_a_total_that_the_run_does_not_have_is_refused(
    company: Store, migrate: Run, key: tuple[str, str, str | None]
) -> None:
    migrate("one")
    with pytest.raises(Refused, match="migration_total_unknown"):
        totals.enter(company, LOCAL, 1, {key: Decimal(1)})
    with pytest.raises(Refused, match="migration_total_number"):
        totals.enter(company, LOCAL, 1, {("Deal", "rows", None): Decimal("NaN")})


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_targets_rejects_come_back_and_are_solved_by_a_later_run(
    company: Store, migrate: Run, tmp_path: Path, form: str
) -> None:
    migrate("one")
    path = tmp_path / f"errors.{form}"
    said = pd.DataFrame(
        {
            "Id": ["C-004", "O-001", "X"],
            "Name": ["Bolt", "First", ""],
            "Error": ["Bad city", "No", ""],
        }
    )
    said.to_csv(path, index=False) if form == "csv" else said.to_excel(path, index=False)
    brought = rejects.bring_back(company, LOCAL, path)
    assert (brought.new, brought.known, brought.unknown) == (2, 0, ("X",))
    again = rejects.bring_back(company, LOCAL, path)
    assert (again.new, again.known) == (0, 2)
    listed = {one["new_id"]: one for one in rejects.rejects(company, LOCAL) if one["message"]}
    assert (listed["C-004"]["message"], listed["C-004"]["table"]) == ("Bad city", "Account")
    load(company, tmp_path / "in", customers=CUSTOMERS.replace("Bonn", "Berlin"))
    delta = migrate("two", kind="delta")
    assert [row["Id"] for row in rows(delta.folder / "01-Account.csv")] == ["C-004"]
    assert [row["Id"] for row in rows(delta.folder / "03-Deal.csv")] == ["O-001"]
    pd.DataFrame({"Id": ["O-001"], "Error": ["No again"]}).to_csv(tmp_path / "e2.csv", index=False)
    later = rejects.bring_back(company, LOCAL, tmp_path / "e2.csv")
    assert (later.new, later.known, later.solved) == (0, 1, 1)
    left = [one for one in rejects.rejects(company, LOCAL) if one["said_by"] == "target"]
    assert [(one["new_id"], one["message"]) for one in left] == [("O-001", "No again")]


def test_a_file_of_another_run_is_refused_whole(
    company: Store, migrate: Run, tmp_path: Path
) -> None:
    migrate("one")
    path = tmp_path / "errors.csv"
    path.write_text("Id,Error\nZ-1,no\n")
    with pytest.raises(Refused, match="migration_no_rejects"):
        rejects.bring_back(company, LOCAL, path)
    path.write_text("Shoe,Error\nZ-1,no\n")
    with pytest.raises(Refused, match="migration_columns"):
        rejects.bring_back(company, LOCAL, path)


def test_totals_lead_from_the_store_to_the_target(company: Store, migrate: Run) -> None:
    won = "entity: opportunity\n    where: [{field: outcome, is: [won]}]"
    short = "from: name, required: true, length: 9"
    text = TARGET.replace("entity: opportunity", won).replace("from: name, required: true", short)
    migrate("one", text)
    every = totals.totals(company, LOCAL)
    assert all(one.taken - one.rejected == one.source for one in every)
    counted = [one for one in every if one.measure == "rows"]
    tables = runs.runs(company, LOCAL)[0].tables
    assert [one.rejected for one in counted] == [Decimal(table["rejected"]) for table in tables]
    told = {(one.table, one.measure, one.currency): (one.taken, one.source) for one in every}
    assert told["Deal", "rows", None] == (3, 2)
    assert told["Deal", "Amount", "EUR"] == (Decimal("120.1"), Decimal("100.1"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reconciliation_is_a_pdf_before_and_after_signing(
    company: Store, migrate: Run, language: str
) -> None:
    migrate("one")
    before = sheet.reconciliation(company, LOCAL, Texts(language), 1)
    agreed(company)
    signing.sign(company, LOCAL, "Ada")
    after = sheet.reconciliation(company, LOCAL, Texts(language), 1)
    assert before.startswith(b"%PDF") and after.startswith(b"%PDF") and before != after


@pytest.mark.parametrize(
    ("total", "written"),
    [("25865617.70", "25,865,617.70"), ("180", "180"), ("0.125", "0.125"), ("-17.00", "−17")],
)
def test_a_total_is_written_as_money_is_and_a_count_as_a_count(total: str, written: str) -> None:
    assert sheet.amount(Texts("en"), Decimal(total)) == written
