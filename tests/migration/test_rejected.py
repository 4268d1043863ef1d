"""What a target would refuse is listed with a suggestion and not written; cuts are listed too."""

from pathlib import Path

import pytest
from moved_company import DEALS, TARGET, Run, load, rows

from crm_core.domain.actor import LOCAL
from crm_core.services.migration import rejects
from crm_core.store import Store

DEAL = """
name: Deals
tables:
  - name: Deal
    entity: opportunity
    columns:
      - {{name: Id, id: true}}
      - {{name: X, {column}}}
"""


@pytest.mark.parametrize(
    ("column", "rejected", "rule", "suggestion"),
    [
        ("from: name, length: 5", ["O-002"], "length", "Secon"),
        ("from: outcome, picklist: {Gewonnen: [won]}", ["O-003"], "picklist", ""),
        ("from: lead_id, required: true", ["O-001", "O-002", "O-004"], "required", ""),
        ("from: lead_id.name", ["O-003"], "reference_unknown", ""),
        ("from: currency, unique: true", ["O-002", "O-003"], "unique", ""),
        ("from: amount, type: decimal, scale: 0", ["O-001"], "scale", "100"),
        ("from: amount, type: decimal, precision: 5, scale: 2", ["O-004"], "precision", ""),
        ("from: amount, type: decimal, most: 120", ["O-004"], "range", ""),
        (
            "from: amount, type: decimal, least: 100.1, most: 120",
            ["O-002", "O-003", "O-004"],
            "range",
            "",
        ),
        ("from: name, type: integer", ["O-001", "O-002", "O-003", "O-004"], "number", ""),
        ("from: name, type: date", ["O-001", "O-002", "O-003", "O-004"], "date", ""),
        (
            "from: name, type: boolean, default: 'no'",
            ["O-001", "O-002", "O-003", "O-004"],
            "boolean",
            "",
        ),
    ],
)
def test_what_a_column_does_not_take_is_rejected_with_its_rule(
    migrate: Run, column: str, rejected: list[str], rule: str, suggestion: str
) -> None:
    done = migrate("one", DEAL.format(column=column))
    listed = rows(done.folder / "rejects.csv")
    assert [row["new_id"] for row in listed] == rejected
    assert {row["rule"] for row in listed} == {rule}
    assert {row["suggestion"] for row in listed} == {suggestion}
    assert listed[0]["source_file"] == "opportunities.csv" and listed[0]["why"]
    written = {row["Id"] for row in rows(done.folder / "01-Deal.csv")}
    assert written == {"O-001", "O-002", "O-003", "O-004"} - set(rejected)


@pytest.mark.parametrize(
    ("column", "altered", "written"),
    [
        ("from: name, length: 5, truncate: true", {"O-002": "Second"}, "Secon"),
        ("from: amount, type: decimal, scale: 0, truncate: true", {"O-001": "100.1"}, "100"),
        ("from: outcome, picklist: {Z: [won]}, other: Z", {"O-003": "lost"}, "Z"),
        ("from: lead_id.name, dangling: blank", {"O-003": "L-9"}, ""),
    ],
)
def test_what_is_cut_with_leave_is_written_and_listed(
    migrate: Run, column: str, altered: dict[str, str], written: str
) -> None:
    done = migrate("one", DEAL.format(column=column))
    listed = rows(done.folder / "altered.csv")
    assert {row["new_id"]: row["value"] for row in listed} == altered
    cells = {row["Id"]: row["X"] for row in rows(done.folder / "01-Deal.csv")}
    assert len(cells) == 4 and {cells[key] for key in altered} == {written}


def test_the_target_gets_true_values_that_a_spreadsheet_would_obey(migrate: Run) -> None:
    done = migrate("one", DEAL.format(column="from: name"))
    assert rows(done.folder / "01-Deal.csv")[3]["X"] == "=1+1"
    assert done.tables[0]["formulas"] == 1
    refused = migrate("two", DEAL.format(column="from: name, length: 2"))
    assert rows(refused.folder / "rejects.csv")[3]["value"] == "'=1+1"


def test_what_refers_to_a_rejected_record_is_rejected_too(migrate: Run) -> None:
    done = migrate("one", TARGET.replace("from: city", "from: city, length: 3"))
    listed = {
        (row["table"], row["new_id"]): row["rule"] for row in rows(done.folder / "rejects.csv")
    }
    assert listed[("Account", "C-004")] == "length"
    assert listed[("Deal", "O-004")] == "reference_rejected"
    assert ("Contact", "P-1") in listed


def test_records_that_a_filter_leaves_out_are_counted_and_referred_to_by_none(migrate: Run) -> None:
    text = TARGET.replace(
        "entity: customer\n", "entity: customer\n    where: [{field: city, is: [Rome, Oslo]}]\n"
    )
    done = migrate("one", text)
    assert (done.tables[0]["rows"], done.tables[0]["left_out"]) == (2, 3)
    rules = {row["new_id"]: row["rule"] for row in rows(done.folder / "rejects.csv")}
    assert rules["O-004"] == "reference_left_out"


def test_what_the_source_says_is_what_is_rejected_and_written_together(migrate: Run) -> None:
    done = migrate("one", DEAL.format(column="from: amount, type: decimal, precision: 5, scale: 2"))
    sums = {one["currency"]: one for one in done.tables[0]["sums"]}
    assert [str(sums["USD"][side].normalize()) for side in ("source", "rejected")] == ["5E+3"] * 2
    assert str(sums["EUR"]["accepted"].normalize()) == "123.1"


def test_a_reject_is_on_the_worklist_until_a_run_has_it_no_longer(
    company: Store, migrate: Run, tmp_path: Path
) -> None:
    text = DEAL.format(column="from: name, length: 5")
    migrate("one", text)
    [waiting] = rejects.rejects(company, LOCAL)
    assert (waiting["new_id"], waiting["column"], waiting["suggestion"]) == ("O-002", "X", "Secon")
    assert rejects.assign(company, LOCAL, [waiting["reject_id"]], "Ada", None) == 1
    migrate("two", text)
    [still] = rejects.rejects(company, LOCAL)
    assert (still["reject_id"], still["owner"], still["last_run"]) == (
        waiting["reject_id"],
        "Ada",
        2,
    )
    load(company, tmp_path / "in", opportunities=DEALS.replace("Second", "Two"))
    migrate("three", text)
    assert rejects.rejects(company, LOCAL) == []
    [solved] = rejects.rejects(company, LOCAL, status="solved")
    assert (solved["solved_by"], solved["owner"]) == (3, "Ada")
