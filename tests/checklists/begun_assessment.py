"""An assessment that two people have begun to answer, and the files that are made of it."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.services.checklists import answers, assessments, evidence, respondents
from crm_core.services.checklists.exchange import answers_in, answers_out
from crm_core.services.checklists.exchange.answers_in import Preview
from crm_core.store import Store

ZH, EN = Texts("zh"), Texts("en")
DAY = date(2026, 3, 2)


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


def said_in_word(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
