"""What cleaning does by itself is a step per column: told, counted, and switched off alone."""

from pathlib import Path
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline import recipe
from crm_core.pipeline.automatic import Automatic
from crm_core.services import imports
from crm_core.services.imports import edit, preview
from crm_core.services.imports.upload import Upload
from crm_core.store import Store

HEAD = "Customer ID,Customer Name,Industry,Phone,Email,City,Country,Annual Revenue,Created Date"
CUSTOMERS = f"""{HEAD}
001,Acme Inc.,technolgy,(212) 555-0123,A@B.com,Boston,USA,"1,200",2024-03-01
002,"ACME, INC",technology,+1 212 555 0124,c@d.com,Boston,United States,900,5 Mar 2024
003,Bolt  Ltd,retail,+12125550125,e@f.com,Boston,United States,800,2024-03-03
"""
DIRTY = {
    "name": ["Acme Inc.", "ACME, INC", "Bolt  Ltd"],
    "segment": ["technolgy", "technology", "retail"],
    "phone": ["(212) 555-0123", "+1 212 555 0124", "+12125550125"],
    "email": ["A@B.com", "c@d.com", "e@f.com"],
    "country": ["USA", "United States", "United States"],
}
CLEAN = {
    "name": ["Acme Inc.", "Acme Inc.", "Bolt Ltd"],
    "segment": ["technology", "technology", "retail"],
    "phone": ["+12125550123", "+12125550124", "+12125550125"],
    "email": ["a@b.com", "c@d.com", "e@f.com"],
    "country": ["United States"] * 3,
}


def steps(store: Store, upload: Upload) -> dict[str, Automatic]:
    seen = preview.preview(store, LOCAL, upload, upload.tables[0])
    columns = {column.index: column.field for column in upload.tables[0].plan.columns}
    return {str(columns[step.column]): step for step in seen.automatic}


def stored(store: Store, field: str) -> list[Any]:
    with store.read() as cursor:
        rows = cursor.execute(f"SELECT {field} FROM crm.customer ORDER BY customer_id").fetchall()
    return [value for (value,) in rows]


def index_of(plan: TablePlan, field: str) -> int:
    column = plan.column(field)
    assert column
    return column.index


def test_each_column_tells_what_is_done_to_it_and_how_many_lines_it_changed(store, upload) -> None:
    found = steps(store, upload)
    told = {field: (step.standard, step.effect.lines) for field, step in found.items()}
    assert told == {
        "customer_id": ("id", 0),
        "name": ("company", 2),
        "segment": ("segment", 1),
        "phone": ("phone", 2),
        "email": ("email", 1),
        "city": ("place", 0),
        "country": ("country", 1),
        "annual_revenue": ("number", 1),
        "created_at": ("date", 1),
    }
    [sample] = found["country"].effect.samples
    assert (sample.before, sample.after, sample.lines) == ("USA", "United States", 1)
    [day] = found["created_at"].effect.samples
    assert (day.before, day.after) == ("5 Mar 2024", "2024-03-05")


@pytest.mark.parametrize("field", DIRTY)
def test_a_step_that_is_switched_off_keeps_its_column_as_the_file_has_it(
    store, upload, table, field: str
) -> None:
    edit.standardise(table, index_of(table.plan, field), False)
    assert steps(store, upload)[field].on is False
    imports.load(store, LOCAL, upload)
    for other in DIRTY:
        assert stored(store, other) == (DIRTY if other == field else CLEAN)[other]


def test_switched_on_again_it_is_as_if_it_had_never_been_off(store, upload, table) -> None:
    before = steps(store, upload)
    for wanted in (False, True):
        edit.standardise(table, index_of(table.plan, "phone"), wanted)
    assert steps(store, upload) == before


def test_saying_what_is_so_already_changes_nothing(store, table) -> None:
    edit.repair(table, index_of(table.plan, "segment"), "technolgy", False)
    before = table.plan
    edit.name_sheet(store, LOCAL, table, "customer")
    edit.map_column(store, LOCAL, table, index_of(before, "phone"), "phone")
    edit.write_column(table, index_of(before, "annual_revenue"), "decimal_mark", ".")
    edit.standardise(table, index_of(before, "segment"), True)
    edit.repair(table, index_of(before, "segment"), "technolgy", False)
    edit.repair(table, index_of(before, "email"), "A@B.com", True)
    assert table.plan == before


@pytest.mark.parametrize("field", ["annual_revenue", "created_at"])
def test_what_has_to_be_read_has_no_switch_and_cannot_be_forced(
    store, upload, table, field: str
) -> None:
    assert steps(store, upload)[field].can_stay is False
    index = index_of(table.plan, field)
    for act in (
        lambda: edit.standardise(table, index, False),
        lambda: edit.repair(table, index, "900", False),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.problem.code == "column_is_read"


def test_a_reference_is_kept_as_written_where_its_step_is_off(store, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("Customer ID,Customer Name,City\nC1,Acme Company Limited,Boston\n")
    deals = tmp_path / "deals.csv"
    deals.write_text(
        'Opportunity ID,Account Name,Stage,Amount\nO1,"ACME CO., LTD",Won,5\nO2,-,Won,6\n'
    )
    with imports.prepare(store, LOCAL, [customers, deals]) as upload:
        table = upload.tables[1]
        edit.standardise(table, index_of(table.plan, "customer_id"), False)
        imports.load(store, LOCAL, upload)
    with store.read() as cursor:
        found = cursor.execute("SELECT customer_id FROM crm.opportunity ORDER BY 1").fetchall()
    assert found == [("ACME CO., LTD",), (None,)]


def test_what_is_switched_off_is_kept_in_the_recipe_and_serves_the_next_file(
    store, table, tmp_path: Path
) -> None:
    edit.standardise(table, index_of(table.plan, "email"), False)
    edit.repair(table, index_of(table.plan, "segment"), "technolgy", False)
    recipe.save([table.plan], tmp_path / "r.yaml")
    [kept] = recipe.load(tmp_path / "r.yaml")
    assert kept == table.plan
    assert "as_is: all" in (tmp_path / "r.yaml").read_text()
    path = tmp_path / "next.csv"
    path.write_text(CUSTOMERS)
    with imports.prepare(store, LOCAL, [path], recipe=[kept]) as following:
        imports.load(store, LOCAL, following)
    assert stored(store, "email") == DIRTY["email"]
    assert stored(store, "segment") == DIRTY["segment"]
    assert stored(store, "phone") == CLEAN["phone"]


def test_a_column_that_gets_another_meaning_is_brought_to_that_ones_writing(store, table) -> None:
    index = index_of(table.plan, "email")
    edit.standardise(table, index, False)
    edit.map_column(store, LOCAL, table, index, "phone")
    assert table.plan.columns[index].as_is == ()


@pytest.mark.parametrize(
    ("said", "segment", "phone"),
    [
        ("repair: false", "all", "all"),
        ("refused_repairs: {segment: [technolgy]}", ("technolgy",), ()),
        ("repair: true", (), ()),
    ],
)
def test_a_recipe_that_was_kept_by_field_still_says_what_stays(
    table, tmp_path: Path, said: str, segment: object, phone: object
) -> None:
    recipe.save([table.plan], tmp_path / "r.yaml")
    text = (tmp_path / "r.yaml").read_text() + f"  {said}\n"
    (tmp_path / "r.yaml").write_text(text)
    [kept] = recipe.load(tmp_path / "r.yaml")
    found = [kept.columns[index_of(kept, name)].as_is for name in ("segment", "phone")]
    assert found == [segment, phone]
