"""An assessment taken away as Word, PDF and Excel, and a filled-in workbook brought back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from any_checklist import MANY, values
from any_checklist import checklists as any_checklist
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.assessments import State
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.services.checklists import (
    answers,
    assessments,
    evidence,
    respondents,
    results,
    states,
    words,
)
from crm_core.services.checklists.exchange import answers_in, answers_out
from crm_core.services.checklists.exchange.answer_cells import is_same, value_of
from crm_core.services.checklists.exchange.answers_book import written
from crm_core.services.checklists.exchange.answers_in import Preview
from crm_core.store import Store

ZH, EN = Texts("zh"), Texts("en")
DAY = date(2026, 3, 2)
Act = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def answered(closed_store: Callable[..., tuple[Path, str]]) -> tuple[Path, str]:
    """A closed store with an assessment that two people have begun to answer, and its key."""
    return closed_store(fill)


@pytest.fixture(scope="module")
def model(answered: tuple[Path, str]) -> Path:
    return answered[0]


@pytest.fixture
def key(answered: tuple[Path, str]) -> str:
    return answered[1]


def fill(store: Store) -> str:
    key = assessments.begin(store, LOCAL, "handoffs", scope="programme", day=DAY, owner="王芳")
    for name, voice in (("陈静", "lead"), ("赵强 <b>", "front_line")):
        who = respondents.add(store, LOCAL, key, name, voice)  # type: ignore[arg-type]
        for item, one in answers.filled(store, LOCAL, who).asked.items():
            if one.options:
                code = one.options[-1].code
                value = (code,) if one.kind == "several" else code
                answers.save(store, LOCAL, who, item, value, note=f"备注 {item}\n第二行")
    first = next(iter(answers.filled(store, LOCAL, who).answers))
    link = "https://example.com/a_b?c=1"
    evidence.add_link(store, LOCAL, who, first, link, title="批文", expires=date(2026, 3, 1))
    evidence.add_file(store, LOCAL, who, first, "预算.pdf", b"%PDF")
    return key


def book_of(store: Store, key: str, texts: Texts = EN, who: str | None = None) -> Workbook:
    return load_workbook(BytesIO(answers_out.export(store, LOCAL, key, texts, "xlsx", who)))


def held(store: Store, key: str, book: Workbook, folder: Path) -> Preview:
    path = folder / "answers.xlsx"
    book.save(path)
    return answers_in.preview(store, LOCAL, key, path)


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


def test_of_one_respondent_only_that_sheet_is_taken_away(store: Store, key: str) -> None:
    first, second = respondents.listed(store, LOCAL, key)
    names = {str(row[0].value) for row in book_of(store, key, EN, first.id).worksheets[0]}
    assert any(first.name in name for name in names)
    assert not any(second.name in name for name in names)
    with pytest.raises(Refused, match="respondent_unknown"):
        answers_out.export(store, LOCAL, key, EN, "pdf", "nobody")


def said_in_word(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_no_heading_of_a_word_file_stands_alone_at_the_foot_of_a_page_and_its_number_at_the_right(
    store: Store, key: str
) -> None:
    document = Document(BytesIO(answers_out.export(store, LOCAL, key, EN, "docx")))
    told = [each for each in document.paragraphs if each.text]
    heads = [at for at, each in enumerate(told) if each.style.name == "Heading 1"]
    abouts = [told[at + 1] for at in heads if told[at + 1].style.name == "Normal"]
    assert abouts
    assert all(each.paragraph_format.keep_with_next for each in abouts)
    foot = document.sections[0].footer.paragraphs[0]
    tabs = [*foot.style.paragraph_format.tab_stops, *foot.paragraph_format.tab_stops]
    assert [one.alignment for one in tabs] == [WD_TAB_ALIGNMENT.RIGHT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_has_every_question_answer_comment_and_piece_of_evidence(
    language: str, store: Store, key: str
) -> None:
    texts = Texts(language)
    said = said_in_word(answers_out.export(store, LOCAL, key, texts, "docx"))
    for sheet in answers.all_filled(store, LOCAL, key):
        assert sheet.respondent.name in said
        for item, one in sheet.asked.items():
            assert texts.label(one.text) in said
            if item in sheet.answers:
                assert f"备注 {item}\n第二行" in said
                assert written(one, sheet.answers[item].value, texts) in said
    for piece in ("https://example.com/a_b?c=1", "预算.pdf", "SHA-256"):
        assert piece in said
    assert texts.text("expired on {day}", day=date(2026, 3, 1)) in said


def test_a_word_file_tells_the_result_of_all_and_none_of_one_person(store: Store, key: str) -> None:
    said = said_in_word(answers_out.export(store, LOCAL, key, EN, "docx"))
    made = results.of_assessment(store, LOCAL, key).result
    assert words.came_to(made.whole, EN) in said
    for one in made.sections:
        assert (words.came_to(one.score, EN) in said) == (one.score.share is not None)
    who = answers.all_filled(store, LOCAL, key)[0].respondent.id
    of_one = said_in_word(answers_out.export(store, LOCAL, key, EN, "docx", who))
    assert "% answered" not in of_one and "Result" not in of_one


def test_a_pdf_is_made_in_both_languages(store: Store, key: str) -> None:
    for language in LANGUAGES:
        made = answers_out.export(store, LOCAL, key, Texts(language), "pdf")
        assert made.startswith(b"%PDF-") and len(made) > 20_000


def said_in_book(made: bytes) -> str:
    book = load_workbook(BytesIO(made))
    return "\n".join(str(one.value) for page in book for row in page for one in row)


def unnamed(store: Store, voices: dict[str, int]) -> tuple[str, list[str]]:
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=DAY, is_unnamed=True)
    people = []
    for voice, count in voices.items():
        for at in range(count):
            who = respondents.add(store, LOCAL, key, f"Secret {voice} {at}", voice)  # type: ignore[arg-type]
            answers.save(store, LOCAL, who, "money-per-phase", "total", note=f"{voice} says")
            people.append(who)
    return key, people


def handed_in(store: Store, key: str) -> None:
    now = assessments.assessment(store, LOCAL, key)
    states.move(store, LOCAL, key, now.version, State.SUBMITTED)


def test_without_names_nothing_is_taken_away_while_answers_are_taken(store: Store) -> None:
    key, _ = unnamed(store, {"front_line": 6})
    for form in ("docx", "xlsx"):
        made = answers_out.export(store, LOCAL, key, EN, form)  # type: ignore[arg-type]
        said = said_in_word(made) if form == "docx" else said_in_book(made)
        assert "One sum for the whole" not in said and "front_line says" not in said
        assert "once the assessment is handed in" in said


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_where_names_are_hidden_nobody_is_named_and_few_are_never_shown_apart(
    form: answers_out.Form, store: Store
) -> None:
    key, _ = unnamed(store, {"front_line": 6, "manager": 2, "it": 3})
    handed_in(store, key)
    made = answers_out.export(store, LOCAL, key, EN, form)
    said = said_in_word(made) if form == "docx" else said_in_book(made)
    assert "Secret" not in said
    assert "Front line" in said and "Manager and IT" in said
    assert "6 × One sum for the whole" in said and "5 × One sum for the whole" in said


def test_of_too_few_nothing_is_shown_without_names(store: Store) -> None:
    key, _ = unnamed(store, {"front_line": 1})
    handed_in(store, key)
    alone = said_in_word(answers_out.export(store, LOCAL, key, EN, "docx"))
    assert "Secret" not in alone and "One sum for the whole" not in alone
    key, _ = unnamed(store, {"front_line": 2})
    handed_in(store, key)
    said = said_in_word(answers_out.export(store, LOCAL, key, EN, "docx"))
    assert "One sum for the whole" not in said and "front_line says" not in said
    assert "Too few answers to show without names" in said


def test_a_private_sheet_is_neither_taken_away_nor_brought_in(store: Store, tmp_path: Path) -> None:
    key, people = unnamed(store, {"front_line": 2})
    with store.change(LOCAL, "test", area="checklist") as change:
        change.cursor.execute("UPDATE checklist.respondent SET link = 1 WHERE id = ?", [people[0]])
    with pytest.raises(Refused, match="respondent_private"):
        answers_out.export(store, LOCAL, key, EN, "xlsx", people[0])
    book = book_of(store, key, EN, people[1])
    for row in book.worksheets[0].iter_rows(min_row=2, min_col=10, max_col=10):
        row[0].value = people[0]
    found = held(store, key, book, tmp_path)
    assert {one.problem.code for one in found.wrong} == {"respondent_private"}
    assert (found.same, found.writes, found.newer) == (0, [], [])


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
