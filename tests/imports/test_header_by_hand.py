"""A header that was recognised wrongly is put right by hand, and found there the next time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports, recipes
from crm_core.services.imports import Table, Upload, edit, preview
from crm_core.store import Store

REPORT = """Account,Stage,Amount,Close Date,Owner
any,Won,at least 100,this year,all

Przypadek,Account,Stage,Amount,Datum
V-1,Alder,Won,100,2024-03-01
V-2,Birch,Lost,200,2024-03-02
V-3,Cedar,Won,300,2024-03-03
"""
"""What was asked for stands above the rows and looks more like a header than theirs."""
UNKNOWN = "Przypadek,Kupiec,Etap\nV-1,Alder,Won\nV-2,Birch,Lost\nV-3,Cedar,Won\n"
"""No word of the header is known, and no column tells it from the rows."""

Prepare = Callable[..., tuple[Upload, Table]]


@pytest.fixture
def prepare(store: Store, tmp_path: Path) -> Iterator[Prepare]:
    """Write a text as a CSV file and propose what it is."""
    with ExitStack() as stack:

        def begin(text: str, name: str = "report", **how: Any) -> tuple[Upload, Table]:
            path = tmp_path / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            upload = stack.enter_context(imports.prepare(store, LOCAL, [path], **how))
            return upload, upload.tables[0]

        yield begin


def headers(table: Table) -> list[str]:
    return [column.header for column in table.plan.columns]


def by_hand(store: Store, table: Table) -> None:
    """Say where the header stands and what its columns are."""
    edit.set_header(store, LOCAL, table, 1)
    edit.name_sheet(store, LOCAL, table, "opportunity")
    for index, field in enumerate(("opportunity_id", "customer_id", "stage")):
        edit.map_column(store, LOCAL, table, index, field)


def test_the_columns_are_recognised_again_from_the_line_that_a_person_names(
    store: Store, prepare: Prepare
) -> None:
    upload, table = prepare(REPORT)
    assert table.plan.header_line == 1
    edit.set_header(store, LOCAL, table, 4)
    assert headers(table) == ["Przypadek", "Account", "Stage", "Amount", "Datum"]
    edit.name_sheet(store, LOCAL, table, "opportunity")
    assert table.plan.header_line == 4
    seen = preview.preview(store, LOCAL, upload, table)
    assert [line.line for line in seen.lines] == [5, 6, 7]
    [file] = imports.load(store, LOCAL, upload).files
    assert (file.rows_read, file.loaded) == (3, 3)


def test_what_a_person_said_the_sheet_is_outlasts_another_header(
    store: Store, prepare: Prepare
) -> None:
    _, table = prepare(REPORT)
    edit.name_sheet(store, LOCAL, table, "lead")
    edit.set_header(store, LOCAL, table, 4)
    assert (table.plan.entity, table.plan.confidence) == ("lead", 1.0)


def test_without_a_header_every_line_is_data(store: Store, prepare: Prepare) -> None:
    upload, table = prepare(REPORT)
    edit.set_header(store, LOCAL, table, 0)
    assert headers(table) == [""] * 5
    edit.name_sheet(store, LOCAL, table, "opportunity")
    assert preview.preview(store, LOCAL, upload, table).lines[0].line == 1


@pytest.mark.parametrize("number", [-1, 3, 8, 10**30, "4", None])
def test_a_line_where_no_header_can_stand_is_refused_and_changes_nothing(
    store: Store, prepare: Prepare, number: Any
) -> None:
    _, table = prepare(REPORT)
    before = table.plan
    with pytest.raises(Refused, match="header_unknown"):
        edit.set_header(store, LOCAL, table, number)
    assert table.plan is before


def test_the_lines_to_choose_from_are_those_with_cells(store: Store, prepare: Prepare) -> None:
    _, table = prepare(REPORT)
    lines = edit.header_lines(store, LOCAL, table)
    assert [line.number for line in lines] == [1, 2, 4, 5, 6, 7]
    assert lines[2].cells == ("Przypadek", "Account", "Stage", "Amount", "Datum")


def test_the_next_like_file_is_read_from_the_header_that_a_person_found(
    store: Store, prepare: Prepare
) -> None:
    _, table = prepare(UNKNOWN)
    assert table.plan.header_line == 0
    by_hand(store, table)
    recipes.keep(store, LOCAL, table.plan)
    later = "Weekly report\n\n" + UNKNOWN.replace("V-", "W-")
    _, again = prepare(later, "later", recipe=recipes.kept(store))
    assert again.plan.header_line == 3
    assert again.plan.entity == "opportunity"
    assert [column.field for column in again.plan.columns] == [
        "opportunity_id",
        "customer_id",
        "stage",
    ]


def test_a_mapping_of_other_headers_moves_no_header(store: Store, prepare: Prepare) -> None:
    _, table = prepare(UNKNOWN)
    by_hand(store, table)
    recipes.keep(store, LOCAL, table.plan)
    _, other = prepare(REPORT, "other", recipe=recipes.kept(store))
    assert other.plan.header_line == 1
    assert all(column.evidence != "recipe" for column in other.plan.columns)
