"""An assessment to take away: a paper to read, or a workbook to fill in and bring back."""

from typing import Literal

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts, mark
from crm_core.reports import paper, word
from crm_core.reports.paper import Paper
from crm_core.reports.workbook import Column, Sheet, workbook
from crm_core.services.checklists import (
    answers,
    assessments,
    editions,
    evidence,
    respondents,
    results,
)
from crm_core.services.checklists.exchange import told
from crm_core.services.checklists.exchange.answers_book import ANSWERS, AnswerBook
from crm_core.store import Store

Form = Literal["docx", "xlsx", "pdf"]
FORMS: dict[str, Form] = {".xlsx": "xlsx", ".docx": "docx", ".pdf": "pdf"}


def export(
    store: Store, actor: Actor, key: str, texts: Texts, form: Form, respondent: str | None = None
) -> bytes:
    """An assessment with its answers, comments and evidence; of one respondent, if one is named.

    Where names are hidden the workbook of all is a summary that nobody fills in. Refused:
    assessment_unknown, respondent_unknown; respondent_private for the sheet of somebody who was
    promised that their name is hidden.
    """
    assessment = assessments.assessment(store, actor, key)
    sheets = answers.all_filled(store, actor, key)
    shown = evidence.of_assessment(store, actor, key)
    if respondent is not None:
        sheets = [one for one in sheets if one.respondent.id == respondent]
        if not sheets:
            raise Refused("respondent_unknown")
        if respondents.is_private(assessment, sheets[0].respondent):
            raise Refused("respondent_private")
        shown = [one for one in shown if one.respondent == respondent]
    is_pooled = assessment.is_unnamed and respondent is None
    if form == "xlsx" and not is_pooled:
        return AnswerBook(sheets, shown, texts).made()
    with store.read() as cursor:
        checklist = editions.edition(cursor, assessment.checklist, assessment.edition)
        panel = results.panel(cursor, assessment, sheets) if respondent is None else None
    said = told.paper(assessment, checklist, sheets, shown, texts, panel=panel, is_pooled=is_pooled)
    if form == "xlsx":
        return _summary(said, texts)
    make = paper.pdf if form == "pdf" else word.docx
    return make(said, texts.language)


def _summary(said: Paper, texts: Texts) -> bytes:
    """The paper as a table."""
    heads = [texts.text(head) for head in (mark("Section"), mark("No."), mark("Question"))]
    columns = [*heads, said.heads.who, said.heads.said, said.heads.note, said.heads.evidence]
    rows = [
        (
            part.title,
            one.number,
            one.text,
            reply.who,
            reply.said,
            reply.note,
            "\n".join(reply.evidence),
        )
        for part in said.parts
        for one in part.questions
        for reply in one.replies
    ]
    sheet = Sheet(
        texts.text(ANSWERS), said.title, said.facts, [Column(one) for one in columns], rows
    )
    return workbook([sheet])
