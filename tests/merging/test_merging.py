"""Merged records count as one, show the value that wins, and come apart as they were."""

from collections.abc import Callable

import pytest
from shown import everything, leads, revenue

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports, merging
from crm_core.services.merging import Decision, Pair, survivorship
from crm_core.services.merging.survivorship import Survivorship
from crm_core.store import Store

Row = Callable[[str], int]
Same = Callable[..., int]


def test_merged_customers_are_one_customer_with_the_revenue_of_both(company, same) -> None:
    assert revenue(company) == {
        "Retail": (1, 100),
        "Medical": (1, 3),
        "Finance": (1, 5000),
        None: (1, 20),
    }
    assert same("C-001", "C-002") == 1
    assert revenue(company) == {
        "Retail": (1, 120),
        "Medical": (1, 3),
        "Finance": (1, 5000),
        None: (0, 0),
    }


def test_a_merge_changes_no_record_and_taken_back_gives_the_figures_of_before(
    company, same
) -> None:
    rows, figures = everything(company), revenue(company)
    same("C-001", "C-002")
    same("C-002", "C-003")
    assert everything(company) == rows
    assert revenue(company)["Retail"] == (1, 123)
    merging.unmerge(company, LOCAL, [one["merge_id"] for one in merged(company)])
    assert everything(company) == rows
    assert revenue(company) == figures


def test_of_three_that_are_one_each_merge_is_taken_back_by_itself(company, same) -> None:
    same("C-001", "C-002")
    same("C-002", "C-003")
    first = min(merged(company), key=lambda one: one["merge_id"])
    assert (first["row_key"], first["into_key"]) == ("C-002", "C-001")
    merging.unmerge(company, LOCAL, [first["merge_id"]])
    assert sum(customers for customers, _ in revenue(company).values()) == 3


def test_a_value_that_a_person_chose_holds_before_the_fuller_records(company, same) -> None:
    same("C-001", "C-003", segment="C-003")
    assert revenue(company)["Medical"] == (1, 103)


@pytest.mark.parametrize(
    ("rules", "segment"),
    [({}, "Retail"), ({"segment": "longest"}, "Medical"), ({"segment": "source"}, "Retail")],
)
def test_the_rule_of_a_field_decides_whose_value_is_shown(company, same, rules, segment) -> None:
    same("C-001", "C-003")
    survivorship.choose(company, LOCAL, Survivorship({"customer": rules}, ("customers.csv",)))
    assert revenue(company)[segment] == (1, 103)


def test_newest_is_what_the_last_load_says(company, same, tmp_path) -> None:
    survivorship.choose(company, LOCAL, Survivorship({"customer": {"segment": "newest"}}))
    same("C-001", "C-003")
    path = tmp_path / "customers.csv"
    path.write_text(
        "Customer ID,Customer Name,Segment,City,Phone,Tax ID\nC-003,Acme,Education,,,\n",
        encoding="utf-8",
    )
    with imports.prepare(company, LOCAL, [path]) as upload:
        imports.load(company, LOCAL, upload)
    assert revenue(company)["Education"] == (1, 103)


def test_merged_leads_are_one_lead_with_what_each_fills(company, same) -> None:
    assert leads(company) == [("Finance", "South"), ("Retail", None), (None, "North")]
    same("L-001", "L-002")
    assert leads(company) == [("Finance", "South"), ("Retail", "North")]


def test_an_import_goes_on_meeting_the_records_that_it_knows(company, same, tmp_path) -> None:
    same("C-001", "C-002")
    path = tmp_path / "customers.csv"
    path.write_text(
        "Customer ID,Customer Name,City\nC-002,ACME Trading Limited,Bergen\n", encoding="utf-8"
    )
    with imports.prepare(company, LOCAL, [path]) as upload:
        (file,) = imports.load(company, LOCAL, upload).files
    assert (file.loaded, file.updated) == (0, 1)
    assert revenue(company)["Retail"] == (1, 120)


def test_a_load_that_is_taken_back_and_made_again_finds_its_merges_again(
    company, same, tmp_path
) -> None:
    same("C-001", "C-002")
    figures = revenue(company)
    (batch,) = [one["merge_id"] for one in merged(company)] and batches(company)
    imports.undo(company, LOCAL, batch)
    paths = [tmp_path / "store" / f"{name}.csv" for name in ("customers", "opportunities", "leads")]
    with imports.prepare(company, LOCAL, paths) as upload:
        imports.load(company, LOCAL, upload)
    assert revenue(company) == figures


def test_a_rule_merges_no_two_that_differ_in_a_strong_identifier(company, row) -> None:
    pairs = [
        Pair(row("C-001"), row("C-003"), probability=0.99),
        Pair(row("C-003"), row("C-004"), probability=0.98),
    ]
    assert merging.by_rule(company, LOCAL, "customer", pairs) == 1
    assert revenue(company)["Finance"] == (1, 5000)


def test_a_rule_merges_no_two_that_a_person_said_are_different(company, row) -> None:
    pair = [Decision(row("C-001"), row("C-002"), "different")]
    merging.decide(company, LOCAL, "customer", pair)
    assert merging.by_rule(company, LOCAL, "customer", [Pair(row("C-001"), row("C-002"))]) == 0
    merging.withdraw(company, LOCAL, "customer", row("C-002"), row("C-001"))
    assert merging.by_rule(company, LOCAL, "customer", [Pair(row("C-001"), row("C-002"))]) == 1


def test_what_is_said_again_counts_and_a_pair_that_is_one_is_not_merged_again(
    company, same, row
) -> None:
    merging.decide(company, LOCAL, "customer", [Decision(row("C-001"), row("C-002"), "different")])
    assert same("C-002", "C-001") == 1
    assert merging.apply(company, LOCAL, "customer") == 0


def test_what_cannot_be_merged_is_refused_and_nothing_changes(company, row) -> None:
    before = company.version("crm")
    for call in (
        lambda: merging.decide(company, LOCAL, "customer", [Decision(-1, row("C-001"), "same")]),
        lambda: merging.by_rule(company, LOCAL, "customer", [Pair(row("C-001"), 10**15)]),
        lambda: merging.apply(company, LOCAL, "product"),
        lambda: merging.unmerge(company, LOCAL, [12345]),
    ):
        with pytest.raises(Refused):
            call()
    assert company.version("crm") == before


def test_what_a_segment_was_then_is_told_without_the_merges_made_since(company, same) -> None:
    with company.read() as cursor:
        (then,) = cursor.execute("SELECT max(committed_at) FROM app.change").fetchone()
    same("C-001", "C-002")
    with company.read() as cursor:
        counts = [
            cursor.execute("SELECT count(*) FROM staging.customer(?)", [moment]).fetchone()[0]
            for moment in (then, None)
        ]
    assert counts == [4, 3]


def test_what_was_said_the_same_and_taken_apart_is_not_merged_again_unasked(
    company, same, row
) -> None:
    before = decisions(company)
    same("C-001", "C-002")
    merging.unmerge(company, LOCAL, [one["merge_id"] for one in merged(company)])
    assert decisions(company) == before
    assert merging.apply(company, LOCAL, "customer") == 0
    assert (
        merging.by_rule(company, LOCAL, "customer", [Pair(row("C-001"), row("C-002"), 0.99)]) == 0
    )
    assert same("C-001", "C-002") == 1


def test_a_record_is_merged_once_though_what_it_was_merged_into_is_gone(
    company, same, tmp_path
) -> None:
    """Else the revenue of its customer would count twice when that comes back."""
    path = tmp_path / "customers.csv"
    path.write_text(
        "Customer ID,Customer Name,Segment,City,Phone,Tax ID\n"
        "C-009,Acme Group,Retail,Rome,+39 06 1234567,11\n",
        encoding="utf-8",
    )
    with imports.prepare(company, LOCAL, [path]) as upload:
        late = imports.load(company, LOCAL, upload).batch
    found = company_rows(company)
    decide = [Decision(found["C-009"], found["C-002"], "same")]
    merging.decide(company, LOCAL, "customer", decide)
    merging.apply(company, LOCAL, "customer")
    assert late
    imports.undo(company, LOCAL, late)
    assert same("C-002", "C-003") == 1
    assert same("C-002", "C-001") == 1
    with imports.prepare(company, LOCAL, [path]) as upload:
        imports.load(company, LOCAL, upload)
    figures = revenue(company)
    assert sum(customers for customers, _ in figures.values()) == 2
    assert sum(amount for _, amount in figures.values()) == 5123
    with company.read() as cursor:
        (most,) = cursor.execute(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM staging.identity(NULL)"
            " GROUP BY entity, row_id)"
        ).fetchone()
    assert most == 1


def company_rows(store: Store) -> dict[str, int]:
    with store.read() as cursor:
        return dict(cursor.execute("SELECT customer_id, row_id FROM crm.customer").fetchall())


def decisions(store: Store) -> list[object]:
    with store.read() as cursor:
        return cursor.execute("FROM crm.match_decision").fetchall()


def merged(store: Store) -> list[dict[str, object]]:
    return merging.merges(store, LOCAL, "customer")


def batches(store: Store) -> list[int]:
    with store.read() as cursor:
        return [row[0] for row in cursor.execute("SELECT batch_id FROM crm.batch").fetchall()]
