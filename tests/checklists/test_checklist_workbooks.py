"""Checklists as workbooks and YAML, taken away and brought back; every mistake with its cell."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from any_checklist import MANY
from any_checklist import checklists as any_checklist
from hypothesis import given
from openpyxl import Workbook, load_workbook

from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import FileRefused, Problem, Refused
from crm_core.domain.untranslated import is_marked
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference.checklists import checklists, read_checklist
from crm_core.services.checklists.exchange import files, read, written

OURS = checklists()["readiness"]
EN = Texts("en")


def brought(content: bytes, folder: Path, name: str = "own.xlsx") -> Checklist:
    path = folder / name
    path.write_bytes(content)
    return files.of_file(path).checklist


@pytest.mark.parametrize("name", checklists())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_checklist_comes_back_from_a_workbook_without_a_difference(
    name: str, language: str, tmp_path: Path
) -> None:
    ours = checklists()[name]
    assert brought(written.as_workbook(ours, Texts(language)), tmp_path) == ours


@MANY
@given(any_checklist())
def test_any_checklist_comes_back_from_yaml(one: Checklist) -> None:
    assert read_checklist(written.as_yaml(one), "x.yaml") == one


@MANY
@given(any_checklist())
def test_any_checklist_comes_back_from_the_cells_of_a_workbook(one: Checklist) -> None:
    book = load_workbook(BytesIO(written.as_workbook(one, Texts("zh"))))
    sheets = {
        sheet.title: [
            (at, ["" if cell is None else str(cell) for cell in row])
            for at, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
        for sheet in book
    }
    assert read.read("x.xlsx", sheets) == one


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    worth = Decimal("0.12345678901234567890")
    first, *rest = OURS.sections
    item = first.items[0].model_copy(update={"gate": worth})
    section = first.model_copy(update={"items": (item, *first.items[1:])})
    ours = OURS.model_copy(update={"sections": (section, *rest)})
    assert brought(written.as_workbook(ours, EN), tmp_path) == ours
    assert brought(written.as_yaml(ours), tmp_path, "own.yaml") == ours


def test_one_language_alone_stands_in_for_the_other_with_a_mark(tmp_path: Path) -> None:
    def blank(book: Workbook) -> None:
        for row in book["The questions"].iter_rows(min_row=2, min_col=4, max_col=4):
            row[0].value = None

    [first, *_] = changed(blank, tmp_path).items
    assert first.text.zh == "计划中的每个阶段是否都有资金？"
    assert first.text.en == "计划中的每个阶段是否都有资金？ (not translated)"
    assert is_marked(first.text.en)


def changed(act: Callable[[Workbook], object], folder: Path, language: str = "en") -> Checklist:
    """Our checklist as a workbook that somebody changed, brought back."""
    book = load_workbook(BytesIO(written.as_workbook(OURS, Texts(language))))
    act(book)
    target = BytesIO()
    book.save(target)
    return brought(target.getvalue(), folder)


def put(sheet: str, cell: str, value: object) -> Callable[[Workbook], object]:
    def act(book: Workbook) -> None:
        book[sheet][cell] = value

    return act


def drop(sheet: str, column: int) -> Callable[[Workbook], object]:
    return lambda book: book[sheet].delete_cols(column)


BROKEN = {
    "no such kind": (
        put("The questions", "C2", "guess"),
        "yaml_value",
        "The questions",
        2,
        "Kind of answer",
    ),
    "a weight in words": (
        put("The questions", "L3", "much"),
        "yaml_value",
        "The questions",
        3,
        "Weight",
    ),
    "a gate above one": (put("The questions", "M2", 7), "yaml_value", "The questions", 2, "Gate"),
    "an id twice": (
        put("The questions", "B3", "money-per-phase"),
        "checklist_stray",
        "Answers to choose from",
        6,
        "Question no.",
    ),
    "an id with a space": (
        put("The questions", "B8", "two words"),
        "checklist_stray",
        "Answers to choose from",
        None,
        "Question no.",
    ),
    "no text at all": (
        lambda book: (
            put("The questions", "D2", None)(book),
            put("The questions", "E2", None)(book),
        ),
        "yaml_lacks",
        "The questions",
        2,
        None,
    ),
    "no such section": (
        put("The questions", "A4", "nowhere"),
        "checklist_stray",
        "The questions",
        4,
        "Section",
    ),
    "half of the ends": (
        put("The questions", "J4", None),
        "checklist_ends",
        "The questions",
        4,
        None,
    ),
    "an answer twice": (
        put("Answers to choose from", "B3", "none"),
        "checklist_twice",
        "Answers to choose from",
        3,
        None,
    ),
    "an answer of nobody": (
        put("Answers to choose from", "A2", "nobody"),
        "checklist_stray",
        "Answers to choose from",
        2,
        "Question no.",
    ),
    "a worth in words": (
        put("Answers to choose from", "E2", "lots"),
        "yaml_value",
        "Answers to choose from",
        2,
        "Worth",
    ),
    "a consequence of nothing": (
        lambda book: (put("What follows", "C2", None)(book), put("What follows", "D2", None)(book)),
        "checklist_no_condition",
        "What follows",
        2,
        None,
    ),
    "a consequence of an unknown answer": (
        put("What follows", "C2", "maybe; none"),
        "checklist_no_answer",
        "What follows",
        2,
        "Answer is (one_of)",
    ),
    "a severity that there is not": (
        put("What follows", "I2", "dreadful"),
        "yaml_value",
        "What follows",
        2,
        "Severity",
    ),
    "a version in words": (put("Checklist", "B2", "new"), "yaml_value", "Checklist", 2, "Version"),
    "amber above green": (
        put("Checklist", "J2", 0.9),
        "checklist_lights",
        "Checklist",
        2,
        "Amber from (amber_from)",
    ),
    "a second checklist": (
        put("Checklist", "A3", "other"),
        "checklist_one_row",
        "Checklist",
        3,
        None,
    ),
    "a column that is none": (
        put("Sections", "Z1", "Colour"),
        "checklist_column",
        "Sections",
        1,
        "Colour",
    ),
    "a column twice": (
        put("Sections", "Z1", "Weight"),
        "checklist_column_twice",
        "Sections",
        1,
        "Weight",
    ),
    "a purpose that there is not": (
        put("Checklist", "H2", "war"),
        "yaml_value",
        "Checklist",
        2,
        "What it is for",
    ),
    "a column taken out": (drop("Checklist", 2), "yaml_lacks", "Checklist", 2, None),
    "a yes that is none": (
        put("The questions", "P2", "perhaps"),
        "yaml_value",
        "The questions",
        2,
        "May not apply",
    ),
    "asked of nobody known": (
        put("The questions", "Q2", "cats"),
        "yaml_value",
        "The questions",
        2,
        "Asked of",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_mistake_is_told_with_sheet_row_and_column_in_both_languages(
    broken: str, tmp_path: Path
) -> None:
    act, code, sheet, row, column = BROKEN[broken]
    with pytest.raises(FileRefused) as refusal:
        changed(act, tmp_path)
    [problem, *_] = [one for one in refusal.value.problems if one.code == code] or [
        Problem("not told", {"found": refusal.value.problems})
    ]
    assert problem.code == code, problem
    assert problem.params["sheet"] == sheet
    assert row in (None, problem.params["row"])
    assert column in (None, problem.params["column"])
    for language in LANGUAGES:
        sentence = Texts(language).problem(problem)
        assert "own.xlsx" in sentence and sheet in sentence and "–" not in sentence, sentence


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        book["The questions"]["C2"] = "guess"
        book["The questions"]["L3"] = "much"

    with pytest.raises(FileRefused) as refusal:
        changed(act, tmp_path)
    assert [one.params["row"] for one in refusal.value.problems] == [2, 3]


def test_a_sheet_that_is_missing_is_named_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        changed(lambda book: book.remove(book["Sections"]), tmp_path)
    assert "章节" in EN.problem(refusal.value.problems[0])


def test_an_item_that_stands_twice_is_told(tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        for at, cell in enumerate(book["The questions"][2], 1):
            book["The questions"].cell(book["The questions"].max_row + (at == 1), at, cell.value)

    with pytest.raises(FileRefused) as refusal:
        changed(act, tmp_path)
    [twice] = [one for one in refusal.value.problems if one.code == "checklist_twice"]
    assert twice.params["column"] == "Question no."


def test_sheets_of_remarks_blank_rows_and_another_order_of_columns_do_no_harm(
    tmp_path: Path,
) -> None:
    def act(book: Workbook) -> None:
        book.create_sheet("Remarks")["A1"] = "To do: ask the board"
        book["The questions"].insert_rows(5, 2)
        book["The questions"].move_range("B1:B200", cols=40)
        book["Checklist"]["C2"] = "us"

    assert changed(act, tmp_path) == OURS.model_copy(update={"provider": "us"})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"a,b\n1,2\n", b"\x00" * 200])
def test_what_is_no_workbook_of_a_checklist_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        brought(content, tmp_path)
    assert "\n" not in EN.problem(refusal.value.problem)


def test_a_template_has_every_sheet_and_no_row(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(written.as_workbook(None, Texts("zh"))))
    assert [sheet.title for sheet in book] == [
        *("检查表", "章节", "题目", "可选答案", "提问条件", "后续建议")
    ]
    assert [sheet.max_row for sheet in book] == [1] * 6
    with pytest.raises(FileRefused) as refusal:
        brought(written.as_workbook(None, Texts("zh")), tmp_path)
    assert {one.code for one in refusal.value.problems} == {"yaml_lacks"}
