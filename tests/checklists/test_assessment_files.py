"""An assessment taken away as Word, PDF and Excel."""

from datetime import date
from io import BytesIO

import pytest
from begun_assessment import EN, answered, book_of, key, model, said_in_word
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.services.checklists import answers, respondents, results, words
from crm_core.services.checklists.exchange import answers_out
from crm_core.services.checklists.exchange.answers_book import written
from crm_core.store import Store

__all__ = ["answered", "key", "model"]


def test_of_one_respondent_only_that_sheet_is_taken_away(store: Store, key: str) -> None:
    first, second = respondents.listed(store, LOCAL, key)
    names = {str(row[0].value) for row in book_of(store, key, EN, first.id).worksheets[0]}
    assert any(first.name in name for name in names)
    assert not any(second.name in name for name in names)
    with pytest.raises(Refused, match="respondent_unknown"):
        answers_out.export(store, LOCAL, key, EN, "pdf", "nobody")


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
