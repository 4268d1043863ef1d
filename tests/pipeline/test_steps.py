"""The steps of a recipe: what each does to the cells, what it tells, and what it leaves alone."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.steps import (
    Case,
    Default,
    DropLines,
    FillDown,
    FullName,
    Replace,
    Step,
    Substitute,
)
from crm_core.pipeline import steps
from crm_core.pipeline.cells import Cells, take
from crm_core.pipeline.steps import Effect, Sample
from crm_core.reference import entities

HEADERS = ("ID", "Region", "City")
LINES = [
    ("1", "North", "York"),
    ("2", None, "Leeds"),
    ("3", "north", None),
    (None, None, None),
    ("4", "South", "bath spa"),
    ("Total", None, None),
]


def run(tmp_path: Path, *todo: Step) -> tuple[list[tuple[str | None, ...]], list[Effect]]:
    """The cells of the region and city columns after the steps, and what the steps tell."""
    columns = [ColumnPlan(index=at, header=name) for at, name in enumerate(HEADERS)]
    columns[0] = columns[0].model_copy(update={"field": "customer_id", "confidence": 1.0})
    columns[1] = columns[1].model_copy(update={"field": "region", "confidence": 1.0})
    plan = TablePlan(file="f.csv", entity="customer", columns=columns, steps=list(todo))
    with duckdb.connect() as connection:
        cells = staged(connection, plan, tmp_path / "table.parquet")
        effects = steps.apply(connection, cells, plan)
        found = connection.execute(f"SELECT c1, c2 FROM {cells.name} ORDER BY line").fetchall()
    return found, list(effects)


def staged(connection: duckdb.DuckDBPyConnection, plan: TablePlan, data: Path) -> Cells:
    connection.execute(
        "CREATE TABLE raw (line BIGINT, width INTEGER, c0 VARCHAR, c1 VARCHAR, c2 VARCHAR)"
    )
    for line, cells in enumerate([HEADERS, *LINES], start=1):
        connection.execute("INSERT INTO raw VALUES (?, 3, ?, ?, ?)", [line, *cells])
    connection.table("raw").write_parquet(str(data))
    return take(connection, "cells_0", data, plan, entities()["customer"])


def test_make_all_of_these_that(tmp_path: Path) -> None:
    cells, [effect] = run(tmp_path, Replace(column="Region", values={"north": "North", "x": "y"}))
    assert [region for region, _ in cells] == ["North", None, "North", None, "South", None]
    assert effect == Effect(1, (Sample("north", "North", 1),))


def test_a_value_can_be_made_blank(tmp_path: Path) -> None:
    cells, [effect] = run(tmp_path, Replace(column="City", values={"York": None}))
    assert cells[0] == ("North", None)
    assert effect.samples == (Sample("York", None, 1),)


def test_a_blank_cell_takes_the_value_above_but_no_blank_line_and_no_footer(tmp_path: Path) -> None:
    cells, [effect] = run(tmp_path, FillDown(column="Region"))
    assert [region for region, _ in cells] == ["North", "North", "north", None, "South", None]
    assert effect == Effect(1, (Sample(None, "North", 1),))


def test_a_value_above_does_not_go_past_the_first_line_of_the_next_record(tmp_path: Path) -> None:
    cells, [effect] = run(tmp_path, FillDown(column="City", within="Region"))
    assert [city for _, city in cells] == ["York", "Leeds", None, None, "bath spa", None]
    assert effect.lines == 0


def test_a_blank_cell_gets_a_given_value_on_records_only(tmp_path: Path) -> None:
    cells, [effect] = run(tmp_path, Default(column="City", value="?"))
    assert [city for _, city in cells] == ["York", "Leeds", "?", None, "bath spa", None]
    assert effect.lines == 1


def test_a_family_name_takes_the_given_name_beside_it_and_one_of_them_alone_is_the_name(
    tmp_path: Path,
) -> None:
    cells, [effect] = run(tmp_path, FullName(column="City", given="Region"))
    assert [name for _, name in cells] == [
        "North York",
        "Leeds",
        "north",
        None,
        "South bath spa",
        None,
    ]
    assert effect.lines == 3


def test_capitals_are_made_word_by_word(tmp_path: Path) -> None:
    cells, _ = run(tmp_path, Case(column="City", to="title"))
    assert cells[4] == ("South", "Bath Spa")


def test_a_part_of_a_cell_gives_way_by_text_or_pattern(tmp_path: Path) -> None:
    by_text = Substitute(column="City", find=" spa", by="")
    by_pattern = Substitute(column="Region", find="^(N|n)", by=r"<\1>", regex=True)
    cells, effects = run(tmp_path, by_text, by_pattern)
    assert cells[4] == ("South", "bath")
    assert [region for region, _ in cells[:3]] == ["<N>orth", None, "<n>orth"]
    assert [effect.lines for effect in effects] == [1, 2]


def test_later_steps_see_what_earlier_ones_left(tmp_path: Path) -> None:
    one, other = (
        Replace(column="Region", values={"North": "South"}),
        DropLines(column="Region", values=("South",)),
    )
    assert [effect.lines for effect in run(tmp_path, one, other)[1]] == [1, 2]
    assert [effect.lines for effect in run(tmp_path, other, one)[1]] == [1, 1]


def test_a_step_that_is_off_does_nothing_and_the_others_go_on(tmp_path: Path) -> None:
    off = Replace(column="Region", values={"North": "South"}, on=False)
    cells, effects = run(tmp_path, off, Case(column="City", to="upper"))
    assert cells[0] == ("North", "YORK")
    assert effects[0] == Effect()


def test_lines_without_a_value_are_dropped_by_wish(tmp_path: Path) -> None:
    assert run(tmp_path, DropLines(column="City", values=(None,)))[1][0].lines == 1


@pytest.mark.parametrize(("find", "by"), [("(", ""), ("a", r"\3"), ("[", "")])
def test_a_bad_pattern_is_refused(tmp_path: Path, find: str, by: str) -> None:
    with pytest.raises(Refused) as refusal:
        run(tmp_path, Substitute(column="City", find=find, by=by, regex=True))
    assert refusal.value.problem.code == "step_pattern_bad"


@pytest.mark.parametrize("step", [FillDown(column="Town"), FullName(column="City", given="Town")])
def test_a_column_that_is_not_there_is_refused(tmp_path: Path, step: Step) -> None:
    with pytest.raises(Refused) as refusal:
        run(tmp_path, step)
    assert refusal.value.problem.code == "step_column_unknown"


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.text(min_size=1), st.none() | st.text(), min_size=1))
def test_cells_that_no_step_names_never_change(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str | None]
) -> None:
    cells, _ = run(tmp_path_factory.mktemp("s"), Replace(column="Region", values=values))
    for (before, city), (after, city_after) in zip(
        [line[1:] for line in LINES], cells, strict=True
    ):
        assert city == city_after
        assert before in values or before == after
