"""Files of assessments whose answers have no names show groups, and of few people nothing."""

from io import BytesIO
from pathlib import Path

import pytest
from begun_assessment import DAY, EN, book_of, held, said_in_word
from openpyxl import load_workbook

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import State
from crm_core.domain.problems import Refused
from crm_core.services.checklists import answers, assessments, respondents, states
from crm_core.services.checklists.exchange import answers_out
from crm_core.store import Store


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
