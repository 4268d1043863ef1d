"""A new project manager fills an empty store: typed, pasted and imported, in both languages."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from someone_elses_lists import CHINESE, ENGLISH, Lists

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
WAIT = 60_000
WORDS = {
    "en": {"add": "Add", "save": "Save", "title": "Title", "bring": "Paste or import"}
    | {"look": "Show what it would change", "keep": "Keep this", "new": "{n} new rows"},
    "zh": {"add": "新增", "save": "保存", "title": "标题", "bring": "粘贴或导入"}
    | {"look": "查看将发生的变化", "keep": "保存", "new": "新增 {n} 条"},
}
HELD = {
    "en": [
        ("process", "Trade fair", "purpose", 'Every badge,\nno "later"'),
        ("process", "Listed process 3", "due", "2027-06-30"),
        ("process", "Listed process 4", "due", "2027-07-01"),
        ("application", "Tool 16", "user_count", 16),
        ("application", "Complaints.accdb", "users", "Service; Sales"),
        ("application", "Old tool 3", "cost_a_year", 4500),
        ("pain_point", "Slow", "affected", "Sales: 12; Service: 3"),
        ("pain_point", "Slow", "applications", "A-1"),
        ("pain_point", "Found 29", "applications", "A-3"),
        ("pain_point", "Found 29", "cost_most", 116_000),
    ],
    "zh": [
        ("process", "展会线索跟进", "purpose", "两天内录入，\n不要“以后”"),
        ("process", "盘点流程2", "due", "2027-05-02"),
        ("process", "盘点流程4", "owner", "郭强"),
        ("application", "投诉登记.accdb", "cost_a_year", 15_000),
        ("application", "投诉登记.accdb", "users", "客服; 销售"),
        ("application", "老系统3", "cost_a_year", 45_000),
        ("pain_point", "太慢", "affected", "销售：12; 客服：3"),
        ("pain_point", "太慢", "applications", "A-1"),
        ("pain_point", "研讨发现29", "applications", "A-3"),
        ("pain_point", "研讨发现29", "cost_most", 116_000),
    ],
}


@pytest.mark.parametrize(("language", "lists"), [("en", ENGLISH), ("zh", CHINESE)])
def test_thirty_processes_forty_applications_and_sixty_pain_points_arrive(
    visit: Callable[..., Page], fresh_server: str, tmp_path: Path, language: str, lists: list[Lists]
) -> None:
    for one in lists:
        address = f"{fresh_server}/{one.page}?lang={language}&company=own"
        page = visit(address, locale={"en": "en-US", "zh": "zh-CN"}[language])
        for title in one.typed:
            typed(page, WORDS[language], title)
        pasted(page, WORDS[language], one)
        imported(page, WORDS[language], one, tmp_path)
    rows = {one.register: register(tmp_path, one.register) for one in lists}
    counts = {name: len(held) for name, held in rows.items()}
    assert counts == {"process": 30, "application": 40, "pain_point": 60}
    for name, title, field, value in HELD[language]:
        assert (title, field, *[row[field] for row in rows[name] if row["title"] == title]) == (
            *(title, field),
            value,
        )


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def closed(page: Page) -> None:
    expect(dialog(page)).to_have_count(0, timeout=WAIT)


def typed(page: Page, words: dict[str, str], title: str) -> None:
    page.get_by_role("button", name=words["add"]).click()
    dialog(page).get_by_role("textbox", name=words["title"]).fill(title, timeout=WAIT)
    dialog(page).get_by_role("button", name=words["save"]).click()
    closed(page)


def pasted(page: Page, words: dict[str, str], one: Lists) -> None:
    page.get_by_role("button", name=words["bring"]).click()
    dialog(page).get_by_role("textbox").first.fill(one.pasted, timeout=WAIT)
    dialog(page).get_by_role("button", name=words["look"]).click()
    dialog(page).get_by_role("button", name=words["keep"]).click(timeout=WAIT)
    closed(page)


def imported(page: Page, words: dict[str, str], one: Lists, folder: Path) -> None:
    page.get_by_role("button", name=words["bring"]).click()
    upload = dialog(page).locator("input[type=file]")
    upload.set_input_files(str(one.write(folder)), timeout=WAIT)
    for head, field in one.means.items():
        chosen = dialog(page).get_by_role("combobox", name=head, exact=True)
        chosen.fill(field, timeout=WAIT)
        page.get_by_role("option", name=field, exact=True).click()
        expect(chosen).to_have_value(field, timeout=WAIT)
    count = sum(1 for row in one.sheet if len(row) > 1) - 1
    expect(dialog(page).get_by_text(words["new"].format(n=count))).to_be_visible(timeout=WAIT)
    dialog(page).get_by_role("button", name=words["keep"]).click(timeout=WAIT)
    closed(page)


def register(home: Path, name: str) -> list[dict[str, Any]]:
    """The rows that the store of the running app has."""
    command = ["register", name, "--format", "json", "--store", str(home / "crm.duckdb")]
    done = subprocess.run(
        [sys.executable, "-m", "crm_core", *command],
        cwd=ROOT, check=True, timeout=60, capture_output=True, text=True,
    )  # fmt: skip
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows
