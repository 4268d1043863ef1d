"""A person edits a recipe's steps: the preview and the load follow, and like files get them too."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.domain.steps import Step
from crm_core.pipeline import recipe
from crm_core.services import imports
from crm_core.services.imports import preview, steps
from crm_core.store import Store

CUSTOMERS = """Customer ID,Customer Name,Region,City
001,Alder,North,York
002,Birch,nort,York
003,Cedar,,Leeds
004,Dogwood,N.,Leeds
"""


def regions(store: Store) -> list[str | None]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT region FROM crm.customer ORDER BY customer_id").fetchall()
    return [region for (region,) in rows]


def test_values_of_a_cluster_are_made_one_and_loaded_so(store, upload, table) -> None:
    seen = steps.values(store, LOCAL, table, "Region", "close")
    assert (seen.facet.lines, seen.facet.blank, seen.facet.distinct) == (4, 1, 3)
    [cluster] = seen.clusters
    assert {value for value, _ in cluster.values} == {"North", "nort"}
    steps.make_all(table, "Region", ["North", "nort", "N."], "North")
    imports.load(store, LOCAL, upload)
    assert regions(store) == ["North", "North", None, "North"]


def test_a_facet_shows_the_cells_as_the_steps_have_left_them(store, table) -> None:
    steps.make_all(table, "Region", ["nort", "N."], "North")
    assert steps.values(store, LOCAL, table, "Region", "signs").facet.values == (("North", 3),)


def test_one_more_correction_joins_the_step_before_it(table) -> None:
    steps.make_all(table, "Region", ["nort"], "North")
    steps.make_all(table, "Region", ["N."], "North")
    steps.make_all(table, "Region", ["North"], "Northern")
    [step] = table.plan.steps
    assert step.values == {"nort": "Northern", "N.": "Northern", "North": "Northern"}


def test_what_becomes_another_value_is_a_step_of_its_own(store, upload, table) -> None:
    """So that each answer stands in the list in full, and can be taken back alone."""
    steps.make_all(table, "Region", ["nort"], "North")
    steps.make_all(table, "Region", ["N."], "Nowhere")
    assert [step.values for step in table.plan.steps] == [{"nort": "North"}, {"N.": "Nowhere"}]
    steps.switch(table, 0, False)
    imports.load(store, LOCAL, upload)
    assert regions(store) == ["North", "nort", None, "Nowhere"]


def test_a_step_in_the_middle_can_be_taken_back_alone(store, upload, table) -> None:
    steps.add(table, {"do": "replace", "column": "Region", "values": {"nort": "North"}})
    steps.add(table, {"do": "case", "column": "Region", "to": "upper"})
    steps.add(table, {"do": "default", "column": "Region", "value": "?"})
    steps.switch(table, 1, False)
    imports.load(store, LOCAL, upload)
    assert regions(store) == ["North", "North", "?", "N."]


def test_steps_are_moved_changed_and_removed(table) -> None:
    for to in ("upper", "lower", "title"):
        steps.add(table, {"do": "case", "column": "City", "to": to})
    steps.move(table, 2, -2)
    assert [step.to for step in table.plan.steps] == ["title", "upper", "lower"]
    steps.replace(table, 1, {"do": "fill_down", "column": "Region"})
    steps.remove(table, 0)
    assert [step.do for step in table.plan.steps] == ["fill_down", "case"]


def test_the_preview_tells_how_many_lines_each_step_touched(store, upload, table) -> None:
    steps.add(table, {"do": "default", "column": "Region", "value": "?"})
    steps.add(table, {"do": "drop_lines", "column": "City", "values": ["Leeds"]})
    seen = preview.preview(store, LOCAL, upload, table)
    assert [effect.lines for effect in seen.effects] == [1, 2]


def test_before_and_after_tell_the_file_from_what_the_steps_made_of_it(
    store, upload, table
) -> None:
    steps.make_all(table, "Region", ["nort"], "North")
    birch = preview.preview(store, LOCAL, upload, table).lines[1]
    assert birch.raw[2] == "nort"
    assert "North" in birch.values


def test_dropped_lines_are_skipped_and_say_so(store, upload, table) -> None:
    steps.add(table, {"do": "drop_lines", "column": "City", "values": ["Leeds"]})
    [file] = imports.load(store, LOCAL, upload).files
    assert (file.rows_read, file.loaded, file.skipped) == (4, 2, 2)


def test_the_steps_are_kept_for_the_next_file_with_the_same_headers(
    store, table, tmp_path: Path
) -> None:
    steps.make_all(table, "Region", ["nort"], "North")
    steps.add(table, {"do": "substitute", "column": "City", "find": "York", "by": "Bath"})
    steps.switch(table, 1, False)
    recipe.save([table.plan], tmp_path / "r.yaml")
    [kept] = recipe.load(tmp_path / "r.yaml")
    assert kept.steps == table.plan.steps
    path = tmp_path / "next.csv"
    path.write_text("City,Customer ID,Region,Customer Name\nYork,009,nort,Elm\n")
    with imports.prepare(store, LOCAL, [path], recipe=[kept]) as following:
        imports.load(store, LOCAL, following)
    assert regions(store) == ["North"]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"do": "format_disk", "column": "City"}, "step_unknown"),
        ({"do": "case", "column": "City", "to": "sideways"}, "step_unknown"),
        ({"do": "fill_down", "column": "Nowhere"}, "step_column_unknown"),
        ({"do": "fill_down", "column": "City", "within": "Nowhere"}, "step_column_unknown"),
        ({"do": "substitute", "column": "City", "find": "(", "regex": True}, "step_pattern_bad"),
        ({"do": "replace", "column": "City", "values": {}}, "step_unknown"),
    ],
)
def test_a_forged_or_mistaken_step_is_refused(table, step, code) -> None:
    with pytest.raises(Refused) as refusal:
        steps.add(table, step)
    assert refusal.value.problem.code == code
    assert table.plan.steps == []


def test_a_recipe_whose_step_names_no_column_of_its_own_is_refused(table, tmp_path: Path) -> None:
    step = TypeAdapter(Step).validate_python({"do": "fill_down", "column": "Nowhere"})
    recipe.save([table.plan.model_copy(update={"steps": [step]})], tmp_path / "r.yaml")
    with pytest.raises(Refused) as refusal:
        recipe.load(tmp_path / "r.yaml")
    assert refusal.value.problem.code == "recipe_unknown_column"
