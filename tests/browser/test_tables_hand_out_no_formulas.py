"""What leaves a table by Streamlit's own ways is obeyed by no spreadsheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
ROW, HEAD = 35, 35
"""Pixels of a row and of the head."""


@pytest.fixture
def tables(visit: Visit, widgets: str) -> Page:
    page = visit(f"{widgets}/formulas")
    expect(page.locator('[data-testid="stDataFrame"]')).to_have_count(2, timeout=60_000)
    return page


@pytest.mark.parametrize("at", [0, 1], ids=["to read", "to edit"])
def test_a_table_offers_no_csv_of_the_frameworks_own(tables: Page, at: int) -> None:
    one = tables.locator('[data-testid="stDataFrame"]').nth(at)
    one.hover()
    expect(one.get_by_role("button", name="Fullscreen")).to_be_visible()
    expect(one.locator("button[aria-label*=CSV]")).to_be_attached()  # else the sign is another one
    expect(one.locator("button[aria-label*=CSV]")).to_be_hidden()


def test_copied_cells_are_no_formulas_and_no_tags(tables: Page) -> None:
    tables.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box = tables.locator('[data-testid="stDataFrame"] .dvn-scroller').first.bounding_box()
    assert box
    tables.mouse.move(box["x"] + 20, box["y"] + HEAD + 0.5 * ROW)
    tables.mouse.down()
    tables.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + HEAD + 2.5 * ROW, steps=6)
    tables.mouse.up()
    tables.keyboard.press("Control+c")
    told = tables.evaluate("navigator.clipboard.readText()")
    assert told.splitlines() == ["'=1+1\t'@SUM(A1)", '"\'-""一"" +2"\t-5', "<b>乙</b>\ta-b"]
    cells = tables.evaluate(
        """async () => {
          const [copied] = await navigator.clipboard.read();
          const page = await (await copied.getType("text/html")).text();
          const cells = new DOMParser().parseFromString(page, "text/html").querySelectorAll("td");
          return [...cells].map((one) => one.textContent);
        }"""
    )
    assert cells[0] == "'=1+1"
    assert cells[4] == "<b>乙</b>"


def test_the_trail_is_taken_away_whole_in_the_readers_language(visit: Visit) -> None:
    page = visit("/audit?lang=zh&company=sample")
    save = page.get_by_role("button", name="CSV")
    with page.expect_download(timeout=60_000) as taken:
        save.click(timeout=60_000)
    head, *rows = Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert head == "时间,操作人,操作,对象,范围,详情"
    assert len(rows) > 100  # the page shows fifty
    assert sum("写入清单：战略目标," in row for row in rows) == 1
