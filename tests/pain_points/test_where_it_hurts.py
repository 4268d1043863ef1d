"""Where it hurts, what solving is worth, and complaints that were made twice."""

from decimal import Decimal
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.services import pain_points, registers, settings
from crm_core.services.pain_points import Cell, Evidence
from crm_core.services.registers import Write
from crm_core.store import Store

ANN = Actor("ann", "Ann")
TWICE = "Customer data must be typed twice, into CRM and ERP"
AGAIN = "We type customer data twice: in CRM and in ERP"


def write(store: Store, name: str, *rows: dict[str, Any]) -> None:
    registers.write(store, LOCAL, name, [Write(None, row) for row in rows])


def every(store: Store, name: str) -> dict[str, dict[str, Any]]:
    return {row.id: dict(row.values) for row in registers.listed(store, LOCAL, name)[0]}


@pytest.fixture
def twice(store: Store) -> Store:
    """Two people said the same, a third something else; a red flag links to both."""
    write(
        store,
        "pain_point",
        {"title": "Typing", "complaint": TWICE, "said_by": "Ann", "team": "Sales",
         "affected": ("Sales: 12",), "cost_least": 100, "cost_most": 200, "goals": ("G-1",)},
        {"title": "Double entry", "complaint": AGAIN, "said_by": "王伟", "team": "Service",
         "affected": ("sales: 15", "Service: 30"), "cost_least": 150, "goals": ("G-1", "G-2")},
        {"title": "Quotes take days", "team": "Sales"},
    )  # fmt: skip
    write(store, "red_flag", {"title": "Typed", "pain_points": ("P-2", "P-3", "P-1")})
    return store


def test_a_cell_sums_what_is_priced_and_counts_each_group_of_people_once(store: Store) -> None:
    sales = {"team": "Sales", "about": "process"}
    write(
        store,
        "pain_point",
        {"title": "A", "affected": ("Sales: 12", "客服：30"), "cost_least": 100, "cost_most": 300}
        | sales,
        {"title": "B", "affected": ("sales: 15", "Finance"), "cost_most": 50} | sales,
        {"title": "C"} | sales,
        {"title": "Over", "status": "done", "cost_least": 999} | sales,
        {"title": "D", "affected": ("Finance",)},
    )
    assert set(pain_points.hurting(store, LOCAL).cells) == {
        Cell("Sales", "process", ("P-1", "P-2", "P-3"), 250.0, 1, 45),
        Cell(None, None, ("P-5",), None, 1, None),
    }


def test_teams_that_lose_people_miss_expectations_or_press_are_evidence(store: Store) -> None:
    write(
        store,
        "pain_point",
        {"title": "A", "team": "Sales", "pressed_by": ("Li", "Bo"), "expectations_missed": True},
        {"title": "B", "team": "Sales", "pressed_by": ("Bo",)},
        {"title": "C", "team": "Service", "turnover": True},
        {"title": "D", "team": "Quiet"},
    )
    assert pain_points.hurting(store, LOCAL).evidence == (
        Evidence("Service", (), (), ("P-3",)),
        Evidence("Sales", ("Bo", "Li"), ("P-1",), ()),
    )


def test_what_nobody_estimated_is_unranked_and_not_worth_nothing(store: Store) -> None:
    write(
        store,
        "pain_point",
        {"title": "Small", "cost_least": 1, "cost_most": 3},
        {"title": "Unknown"},
        {"title": "Free", "cost_most": 0},
        {"title": "Great", "cost_least": 100},
    )
    found = pain_points.ranking(store, LOCAL)
    assert [(one.id, one.worth.expected) for one in found.ranked] == [
        ("P-4", 100),
        ("P-1", 2),
        ("P-3", 0),
    ]
    assert found.unranked == (("P-2", "Unknown"),)


def test_what_serves_only_what_is_phasing_out_counts_half_or_as_a_company_wants(
    store: Store,
) -> None:
    write(store, "channel", {"title": "Fax", "phasing_out": True}, {"title": "Shop"})
    write(store, "product_line", {"title": "Legacy", "phasing_out": True})
    cost = {"cost_least": 100}
    write(
        store,
        "pain_point",
        {"title": "Fax", "channels": ("C-1",), "product_lines": ("PL-1",)} | cost,
        {"title": "Both", "channels": ("C-1", "C-2")} | cost,
        {"title": "Neither"} | cost,
    )

    def weighed() -> dict[str, float]:
        return {one.id: one.weighed.expected for one in pain_points.ranking(store, LOCAL).ranked}

    assert weighed() == {"P-1": 50, "P-2": 100, "P-3": 100}
    settings.write(store, LOCAL, "phasing_out_factor", 0.2)
    assert weighed() == {"P-1": 20, "P-2": 100, "P-3": 100}
    first = pain_points.ranking(store, LOCAL).ranked[-1]
    assert (first.phasing_out, first.worth.expected) == (("Fax", "Legacy"), 100)


def test_a_product_line_whose_products_all_phase_out_phases_out_unless_somebody_says_no(
    store: Store,
) -> None:
    with store.change(LOCAL, "test.put", area="crm") as change:
        change.cursor.execute(
            "INSERT INTO crm.product BY NAME SELECT n AS row_id, n::VARCHAR AS row_key,"
            " 'own' AS origin, 'given.csv' AS source_file, n AS source_line,"
            " TIMESTAMP '2026-01-01' AS loaded_at, name, family, phasing_out, $change AS change_id"
            " FROM (VALUES (1, 'A', 'Old', true), (2, 'B', ' old', true), (3, 'C', 'New', true),"
            " (4, 'D', 'New', NULL)) AS given(n, name, family, phasing_out)",
            {"change": change.change_id},
        )
    write(store, "product_line", {"title": "OLD"}, {"title": "New"})
    write(store, "goal", {"title": "A", "product_lines": ("PL-1",)})
    write(store, "pain_point", {"title": "A", "product_lines": ("PL-1",), "cost_least": 1},
          {"title": "B", "product_lines": ("PL-2",), "cost_least": 1})  # fmt: skip
    found = {one.id: one.phasing_out for one in pain_points.ranking(store, LOCAL).ranked}
    assert found == {"P-1": ("OLD",), "P-2": ()}
    registers.change(
        store, LOCAL, "product_line", "PL-1", {"title": "OLD", "phasing_out": False}, 1
    )
    assert all(not one.phasing_out for one in pain_points.ranking(store, LOCAL).ranked)


def test_repeats_stand_side_by_side_until_somebody_says_that_they_are_none(twice: Store) -> None:
    def ids() -> list[list[str]]:
        return [[row.id for row in group] for group in pain_points.repeated(twice, LOCAL)]

    assert ids() == [["P-1", "P-2"]]
    pain_points.hold_apart(twice, LOCAL, ["P-2", "P-1"])
    pain_points.hold_apart(twice, LOCAL, ["P-1", "P-2"])
    assert (ids(), pain_points.held_apart(twice, LOCAL)) == ([], 1)
    pain_points.ask_again(twice, LOCAL)
    assert (ids(), pain_points.held_apart(twice, LOCAL)) == ([["P-1", "P-2"]], 0)


def test_a_merge_keeps_one_row_with_the_words_of_all_and_points_links_to_it(twice: Store) -> None:
    pain_points.merge(twice, ANN, "P-1", {"P-1": 1, "P-2": 1})
    rows = every(twice, "pain_point")
    assert set(rows) == {"P-1", "P-3"}
    assert rows["P-1"] == {
        "title": "Typing",
        "complaint": TWICE,
        "said_by": "Ann",
        "team": "Sales",
        "affected": ("Sales: 15", "Service: 30"),
        "cost_least": Decimal(100),
        "cost_most": Decimal(200),
        "also_said": f"P-2 · 王伟 · Service: Double entry – {AGAIN}",
        "goals": ("G-1", "G-2"),
    }
    assert every(twice, "red_flag")["R-1"]["pain_points"] == ("P-1", "P-3")
    assert [len(registers.history(twice, LOCAL, "pain_point", key)) for key in rows] == [2, 1]
    assert pain_points.repeated(twice, LOCAL) == []


def test_a_merge_taken_back_leaves_every_row_as_it_was(twice: Store) -> None:
    before = {name: every(twice, name) for name in ("pain_point", "red_flag")}
    number = pain_points.merge(twice, ANN, "P-2", {"P-1": 1, "P-2": 1, "P-3": 1})
    [made] = pain_points.merges(twice, LOCAL)
    assert (made.kept, made.gone, made.by) == ("P-2", ("P-1", "P-3"), "Ann")
    pain_points.take_back(twice, LOCAL, number)
    assert {name: every(twice, name) for name in before} == before
    assert pain_points.merges(twice, LOCAL) == []
    with pytest.raises(Refused, match="merge_unknown"):
        pain_points.take_back(twice, LOCAL, number)


def test_what_somebody_changed_since_it_was_seen_is_not_merged(twice: Store) -> None:
    registers.change(twice, ANN, "pain_point", "P-2", {"title": "Changed"}, 1)
    before = every(twice, "pain_point")
    for kept in ("P-1", "P-2"):
        with pytest.raises(Refused, match="item_changed"):
            pain_points.merge(twice, LOCAL, kept, {"P-1": 1, "P-2": 1})
    with pytest.raises(Refused, match="item_unknown"):
        pain_points.merge(twice, LOCAL, "P-9", {"P-1": 1, "P-9": 1})
    with pytest.raises(Refused, match="merge_one"):
        pain_points.merge(twice, LOCAL, "P-1", {"P-1": 1})
    assert every(twice, "pain_point") == before
    assert pain_points.merges(twice, LOCAL) == []


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [("pain_point", "P-1", "item_changed"), ("red_flag", "R-1", "item_changed")],
)
def test_a_merge_is_not_taken_back_over_what_somebody_changed_since(
    twice: Store, name: str, key: str, code: str
) -> None:
    number = pain_points.merge(twice, LOCAL, "P-1", {"P-1": 1, "P-2": 1})
    registers.change(twice, ANN, name, key, {"title": "Changed"}, 2)
    before = {name: every(twice, name) for name in ("pain_point", "red_flag")}
    with pytest.raises(Refused, match=code) as refused:
        pain_points.take_back(twice, LOCAL, number)
    assert refused.value.problem.params["by"] == "Ann"
    assert {name: every(twice, name) for name in before} == before


def test_a_merge_can_be_taken_back_when_a_row_was_put_back_by_hand(twice: Store) -> None:
    before = every(twice, "pain_point")
    number = pain_points.merge(twice, LOCAL, "P-1", {"P-1": 1, "P-2": 1})
    registers.bring_back(twice, LOCAL, "pain_point", "P-2")
    pain_points.take_back(twice, LOCAL, number)
    assert every(twice, "pain_point") == before


def test_a_merge_is_not_taken_back_over_a_row_put_back_and_changed_by_hand(twice: Store) -> None:
    number = pain_points.merge(twice, LOCAL, "P-1", {"P-1": 1, "P-2": 1})
    registers.bring_back(twice, ANN, "pain_point", "P-2")
    version = registers.row(twice, ANN, "pain_point", "P-2").version
    registers.change(twice, ANN, "pain_point", "P-2", {"title": "Changed"}, version)
    with pytest.raises(Refused, match="item_id_taken"):
        pain_points.take_back(twice, LOCAL, number)


def test_a_merge_is_not_taken_back_under_a_later_one_but_after_it(twice: Store) -> None:
    before = every(twice, "pain_point")
    first = pain_points.merge(twice, LOCAL, "P-1", {"P-1": 1, "P-2": 1})
    second = pain_points.merge(twice, LOCAL, "P-3", {"P-1": 2, "P-3": 1})
    with pytest.raises(Refused, match="item_unknown"):
        pain_points.take_back(twice, LOCAL, first)
    pain_points.take_back(twice, LOCAL, second)
    pain_points.take_back(twice, LOCAL, first)
    assert every(twice, "pain_point") == before
