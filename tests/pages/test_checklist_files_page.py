"""Files of an assessment and own checklists on their pages, run without a browser."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.domain.checklists import Checklist
from crm_core.i18n import Texts
from crm_core.reference.checklists import checklists, written
from crm_core.services import stores
from crm_core.services.checklists import answers, assessments, editions, respondents
from crm_core.services.checklists.exchange import answers_out
from crm_core.store import Store
from pages._ui.downloads import MEDIA_TYPES

__all__ = ["open_own"]
PAGE = "pages/assess/checklists.py"
XLSX = MEDIA_TYPES[".xlsx"]
OURS = checklists()["readiness"]


def mine() -> Store:
    return holding.hold(stores.own_path())


@pytest.fixture
def begun(open_own: Open) -> tuple[AppTest, str, str]:
    """The app, an assessment with one answer, and its one respondent."""
    app = open_own("en", PAGE)
    key = assessments.begin(mine(), LOCAL, "readiness", scope="programme", day=date(2026, 3, 2))
    who = respondents.add(mine(), LOCAL, key, "*陈静*", "lead")
    answers.save(mine(), LOCAL, who, "money-per-phase", "total", note="$x$")
    return app, key, who


def files_of(app: AppTest, key: str) -> AppTest:
    app.query_params["assessment"], app.query_params["view"] = key, "files"
    app.run()
    assert not app.exception
    return app


def filled_in(key: str, answer: str) -> bytes:
    book = load_workbook(BytesIO(answers_out.export(mine(), LOCAL, key, Texts("en"), "xlsx")))
    page = book.worksheets[0]
    [row] = [row for row in page.iter_rows() if row[7].value == "money-per-phase"]
    row[4].value = answer
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def edited() -> Checklist:
    said = OURS.model_dump(mode="json")
    said["sections"][0]["items"][0]["options"].pop(1)
    return Checklist.model_validate(said | {"version": 2})


def test_a_filled_in_workbook_is_shown_before_it_is_kept(begun: tuple[AppTest, str, str]) -> None:
    app, key, who = begun
    files_of(app, key)
    assert not app.get("warning")
    content = filled_in(key, OURS.sections[0].items[0].options[3].label.en)
    app.file_uploader(key=f"files-in-{key}").set_value(("a.xlsx", content, XLSX)).run()
    assert not app.exception
    assert "1 answer changes" in shown(app)
    assert answers.filled(mine(), LOCAL, who).answers["money-per-phase"].value == "total"
    app.button(key="files-keep").click().run()
    assert answers.filled(mine(), LOCAL, who).answers["money-per-phase"].value == "all"


@pytest.mark.parametrize("name", ["满意度" * 60 + ".xlsx", "../../a/..xlsx", "x\x1f.xlsx"])
def test_a_workbook_is_read_whatever_its_name(begun: tuple[AppTest, str, str], name: str) -> None:
    app, key, _ = begun
    files_of(app, key)
    content = filled_in(key, OURS.sections[0].items[0].options[3].label.en)
    app.file_uploader(key=f"files-in-{key}").set_value((name, content, XLSX)).run()
    assert not app.exception
    assert "1 answer changes" in shown(app)


def test_a_wrong_cell_is_told_and_nothing_can_be_kept(begun: tuple[AppTest, str, str]) -> None:
    app, key, _ = begun
    files_of(app, key)
    content = filled_in(key, "<b>perhaps</b>")
    app.file_uploader(key=f"files-in-{key}").set_value(("a.xlsx", content, XLSX)).run()
    assert not app.exception
    assert "1 cell cannot be taken" in shown(app)
    row, value, why, *_ = app.dataframe[1].value.iloc[0]
    assert row.isdecimal() and value == "<b>perhaps</b>" and value in why, "on a phone too"
    assert app.button(key="files-keep").disabled


def test_a_newer_checklist_is_offered_with_what_changes_and_carried_over(
    begun: tuple[AppTest, str, str],
) -> None:
    app, key, _ = begun
    editions.bring_in(mine(), LOCAL, edited())
    files_of(app, key)
    assert "The checklist has a newer version, 2" in shown(app).replace("\\", "")
    assert "0 answers go along, 1 no longer fit" in shown(app)
    app.button(key="files-carry").click().run()
    assert not app.exception
    assert assessments.assessment(mine(), LOCAL, key).edition == 2
    assert "Answers set aside" in shown(app)


def test_an_own_checklist_is_shown_before_it_is_kept(open_own: Open) -> None:
    app = open_own("zh", PAGE)
    content = written(edited())
    app.file_uploader(key="own-file").set_value(("own.yaml", content, "application/yaml")).run()
    assert not app.exception
    assert "28 题" in shown(app) or "28 个问题" in shown(app)
    assert not editions.offered(mine(), LOCAL)["readiness"].is_own
    app.button(key="own-keep").click().run()
    assert not app.exception
    assert editions.offered(mine(), LOCAL)["readiness"].is_own
    assert "已有此检查表" in shown(app)


def test_every_mistake_of_an_own_checklist_is_told(open_own: Open) -> None:
    app = open_own("en", PAGE)
    content = written(edited()).replace(b"version: 2", b"version: '*new*'")
    app.file_uploader(key="own-file").set_value(("own.yaml", content, "application/yaml")).run()
    assert not app.exception
    said = app.error[0].value
    assert "1 thing in the file is wrong" in said and "\\*new\\*" in said
