"""A workbook of an assessment, filled in and brought back."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from any_checklist import MANY, values
from any_checklist import checklists as any_checklist
from begun_assessment import DAY, EN, ZH, answered, book_of, held, key, model
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.services.checklists import answers, evidence
from crm_core.services.checklists.exchange import answers_in
from crm_core.services.checklists.exchange.answer_cells import is_same, value_of
from crm_core.services.checklists.exchange.answers_book import written
from crm_core.store import Store

__all__ = ["answered", "key", "model"]


def cell(book: Workbook, row: int, head: str, sheet: int = 0) -> Any:
    """The cell of a row under a head."""
    page = book.worksheets[sheet]
    column, *_ = [one.column for one in page[1] if str(one.value).startswith(head)]
    return page.cell(row, column)


def row_of(book: Workbook, item: str, sheet: int = 0) -> int:
    page = book.worksheets[sheet]
    return next(row[0].row for row in page.iter_rows() if item in [one.value for one in row])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchanged_workbook_changes_nothing(
    language: str, store: Store, key: str, tmp_path: Path
) -> None:
    found = held(store, key, book_of(store, key, Texts(language)), tmp_path)
    assert (found.writes, found.links, found.newer, found.wrong) == ([], [], [], [])
    kept = sum(len(one.answers) for one in answers.all_filled(store, LOCAL, key))
    assert found.same > kept > 4
    before = store.version("checklist")
    answers_in.apply(store, LOCAL, found)
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM checklist_history.answer").fetchone() == (0,)
    assert store.version("checklist") == before + 1


def test_what_was_filled_in_is_shown_first_and_then_kept(
    store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key, ZH)
    row = row_of(book, "context-measured")
    cell(book, row, "回答").value = "不适用"
    cell(book, row, "备注").value = "还没有系统"
    who = cell(book, row, "填写人编号").value
    page = book.worksheets[1]
    page.append(
        ["", "", "流程图", "https://example.com/x", date(2027, 1, 1), "", "context-measured", who]
    )
    found = held(store, key, book, tmp_path)
    assert [
        (one.item.id, one.said.value, one.said.note, one.said.is_back) for one in found.writes
    ] == [("context-measured", None, "还没有系统", False)]
    assert [(one.item.id, one.title, one.expires) for one in found.links] == [
        ("context-measured", "流程图", date(2027, 1, 1))
    ]
    answers_in.apply(store, LOCAL, found)
    now = answers.filled(store, LOCAL, str(who)).answers["context-measured"]
    assert (now.value, now.note, now.version) == (None, "还没有系统", 2)
    assert len(evidence.of_assessment(store, LOCAL, key)) == 3
    again = held(store, key, book, tmp_path)
    assert (again.writes, again.links, again.newer, again.wrong) == ([], [], [], [])


def test_a_newer_answer_is_named_and_stays(store: Store, key: str, tmp_path: Path) -> None:
    book = book_of(store, key)
    row = row_of(book, "context-measured")
    who = str(cell(book, row, "Person no").value)
    answers.save(store, Actor("9", "李雷"), who, "context-measured", "no", version=1)
    cell(book, row, "Answer").value = "judged"
    found = held(store, key, book, tmp_path)
    assert [(one.item.id, one.before and one.before.by) for one in found.newer] == [
        ("context-measured", "李雷")
    ]
    assert found.writes == []
    answers_in.apply(store, LOCAL, found)
    assert answers.filled(store, LOCAL, who).answers["context-measured"].value == "no"


def test_an_answer_given_after_the_preview_keeps_everything_from_being_written(
    store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key)
    rows = [row_of(book, item) for item in ("context-measured", "context-complete")]
    who = str(cell(book, rows[0], "Person no").value)
    cell(book, rows[1], "Answer").value = 80
    cell(book, rows[0], "Answer").value = "fields"
    found = held(store, key, book, tmp_path)
    assert [one.said.value for one in found.writes if one.item.id == "context-complete"] == [
        Decimal(80)
    ]
    before = answers.filled(store, LOCAL, who).answers
    answers.save(store, LOCAL, who, "context-measured", "no", version=1)
    with pytest.raises(Refused, match="answer_changed"):
        answers_in.apply(store, LOCAL, found)
    now = answers.filled(store, LOCAL, who).answers
    assert now.keys() == before.keys() and "context-complete" not in now


def test_an_answer_taken_out_of_the_file_is_taken_back(
    store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key)
    row = row_of(book, "context-measured")
    cell(book, row, "Answer").value = None
    cell(book, row, "Note").value = None
    found = held(store, key, book, tmp_path)
    assert [(one.item.id, one.said.is_back) for one in found.writes] == [("context-measured", True)]
    answers_in.apply(store, LOCAL, found)
    who = str(cell(book, row, "Person no").value)
    assert "context-measured" not in answers.filled(store, LOCAL, who).answers


def test_a_row_that_stands_twice_is_told(store: Store, key: str, tmp_path: Path) -> None:
    book = book_of(store, key)
    page = book.worksheets[0]
    page.append([one.value for one in page[row_of(book, "context-measured")]])
    found = held(store, key, book, tmp_path)
    assert [one.problem.code for one in found.wrong] == ["item_twice"]


WRONG = {
    "an answer that there is not": ("Answer", "perhaps", "answers_choice"),
    "no reason for what does not apply": ("Note", None, "item_reason"),
    "nobody": ("Person no", "me", "answers_person"),
    "a question that there is not": ("Question no", "nothing", "answer_item"),
}


def test_a_copied_sheet_that_was_filled_in_is_not_passed_over(
    store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key)
    book.copy_worksheet(book.worksheets[0])
    cell(book, row_of(book, "context-measured"), "Note", sheet=3).value = "in the copy"
    found = held(store, key, book, tmp_path)
    assert {one.problem.code for one in found.wrong} == {"item_twice"}
    assert {one.cell.sheet for one in found.wrong} == {book.worksheets[3].title}
    book.remove(book.worksheets[0])
    found = held(store, key, book, tmp_path)
    assert ([one.said.note for one in found.writes], found.wrong) == (["in the copy"], [])


def test_a_column_that_stands_twice_is_told_and_takes_nothing_back(
    store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key)
    page = book.worksheets[0]
    page.cell(1, page.max_column + 1).value = "回答"
    with pytest.raises(Refused, match="answers_column_twice"):
        held(store, key, book, tmp_path)


@pytest.mark.parametrize("typed", ["80%", "80 %", "80", 80, "80％"])
def test_a_number_may_have_its_unit_behind_it(
    typed: object, store: Store, key: str, tmp_path: Path
) -> None:
    for _ in range(2):  # where nothing was answered, and where something was
        book = book_of(store, key)
        answer = cell(book, row_of(book, "time-kept"), "Answer")
        assert answer.number_format == "@", "a spreadsheet makes 0.8 of 80% elsewhere"
        answer.value = typed
        found = held(store, key, book, tmp_path)
        assert found.wrong == []
        assert [one.said.value for one in found.writes] in ([Decimal(80)], [])
        answers_in.apply(store, LOCAL, found)
    assert found.writes == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_cell_is_told_and_keeps_everything_from_being_written(
    wrong: str, store: Store, key: str, tmp_path: Path
) -> None:
    head, value, code = WRONG[wrong]
    book = book_of(store, key)
    row = row_of(book, "context-measured")
    if code == "item_reason":
        cell(book, row, "Answer").value = "Does not apply"
    cell(book, row, head).value = value
    found = held(store, key, book, tmp_path)
    [one] = found.wrong
    assert (one.problem.code, one.cell.row, one.cell.sheet) == (code, row, "Answers")
    assert one.cell.column.startswith(head)
    for language in LANGUAGES:
        assert "–" not in Texts(language).problem(one.problem)
    with pytest.raises(Refused, match="item_preview_wrong"):
        answers_in.apply(store, LOCAL, found)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [(4, "javascript:x", "item_link"), (5, "soon", "item_date"), (7, "nothing", "answer_item")],
)
def test_evidence_that_cannot_be_taken_is_told(
    column: int, value: str, code: str, store: Store, key: str, tmp_path: Path
) -> None:
    book = book_of(store, key)
    who = cell(book, 2, "Person no").value
    page = book.worksheets[1]
    page.append(["", "", "x", "https://example.com", "", "", "context-measured", who])
    page.cell(page.max_row, column).value = value
    found = held(store, key, book, tmp_path)
    assert [one.problem.code for one in found.wrong] == [code]


@MANY
@given(any_checklist(), st.data())
def test_any_answer_is_read_back_from_its_cell(one: Checklist, data: st.DataObject) -> None:
    for item in one.items:
        value = data.draw(values(item))
        for texts in (EN, ZH):
            said = written(item, value, texts)
            given_now = answers.Given(value, "n", 1, DAY, "x", 1)  # type: ignore[arg-type]
            assert is_same(item, given_now, said, "n")
            read = value_of(item, said)
            if isinstance(value, tuple):
                value = tuple(each.code for each in item.options if each.code in value)
            assert read == value, (item, said)


def test_a_workbook_of_something_else_is_refused(store: Store, key: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "x"
    with pytest.raises(Refused, match="answers_no_sheet"):
        held(store, key, book, tmp_path)
