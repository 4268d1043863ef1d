"""A mapping that was kept serves the next like file, and a broken one is refused."""

from pathlib import Path

import pytest
from raw_tables import column, recognise

from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline.recipe import fingerprint, load, matching, save

MARCH = """Deal Name|Stage|Amount (k$)|Blob|Close Date
A|Won|1.5|x|3/4/2024
B|Lost|2.5|y|5/6/2024"""
APRIL = """blob|Amount (K$)|DEAL NAME|Stage|Close Date
z|9.5|C|Won|4/25/2024"""


@pytest.fixture
def kept(tmp_path: Path) -> TablePlan:
    """A proposal as a person corrected it."""
    plan = recognise(tmp_path, MARCH, "march.csv")
    for header, name in (("Blob", "channel"), ("Close Date", "closed_at")):
        column(plan, header).field = name
        column(plan, header).confidence, column(plan, header).evidence = 1.0, "hand"
    column(plan, "Close Date").date_order = "mdy"
    column(plan, "Deal Name").as_is = "all"
    column(plan, "Stage").as_is = ("技术",)
    return plan


def test_a_recipe_is_read_back_as_it_was_saved(kept: TablePlan, tmp_path: Path) -> None:
    save([kept], tmp_path / "recipe.yaml")
    assert load(tmp_path / "recipe.yaml") == [kept]


def test_a_recipe_is_readable(kept: TablePlan, tmp_path: Path) -> None:
    save([kept], tmp_path / "recipe.yaml")
    text = (tmp_path / "recipe.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "技术" in text
    assert "!!python" not in text


def test_a_like_file_is_mapped_in_whatever_order_its_columns_stand(
    kept: TablePlan, tmp_path: Path
) -> None:
    found = matching([kept], recognise(tmp_path, APRIL, "april.csv"))
    assert found is not None
    assert (found.file, found.entity, found.confidence) == ("april.csv", "opportunity", 1.0)
    assert [c.index for c in found.columns] == [0, 1, 2, 3, 4]
    assert column(found, "blob").field == "channel"
    assert {c.evidence for c in found.columns} == {"recipe"}
    assert all(c.sure for c in found.columns)


def test_the_order_of_dates_of_the_new_file_is_its_own(kept: TablePlan, tmp_path: Path) -> None:
    european = APRIL.replace("4/25/2024", "25/4/2024")
    found = matching([kept], recognise(tmp_path, european))
    assert found is not None
    assert column(found, "Close Date").date_order == "dmy"


def test_an_open_order_of_dates_is_taken_from_the_recipe(kept: TablePlan, tmp_path: Path) -> None:
    found = matching([kept], recognise(tmp_path, MARCH))
    assert found is not None
    assert column(found, "Close Date").date_order == "mdy"


def test_a_file_with_another_header_needs_its_own_recipe(kept: TablePlan, tmp_path: Path) -> None:
    assert matching([kept], recognise(tmp_path, MARCH.replace("Blob", "Blub"))) is None


def test_a_table_without_headers_matches_no_recipe(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "SO-1|2024-01-02|5.50\nSO-2|2024-01-03|6.50")
    assert matching([plan], plan) is None


def test_like_files_share_a_fingerprint(kept: TablePlan, tmp_path: Path) -> None:
    assert fingerprint(kept) == fingerprint(recognise(tmp_path, APRIL))
    assert fingerprint(kept) != fingerprint(recognise(tmp_path, MARCH.replace("Blob", "Blub")))


@pytest.mark.parametrize(
    "text", ["", "tables: 3", "- a", "tables:\n- colour: red", "tables: [", "\x00"]
)
def test_what_is_no_recipe_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "recipe.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(tmp_path / "recipe.yaml")
    assert refusal.value.problem.code == "recipe_unreadable"


def test_a_recipe_that_names_an_unknown_field_is_refused(kept: TablePlan, tmp_path: Path) -> None:
    column(kept, "Blob").field = "colour"
    save([kept], tmp_path / "recipe.yaml")
    with pytest.raises(Refused) as refusal:
        load(tmp_path / "recipe.yaml")
    assert refusal.value.problem.params["field"] == "colour"
