"""Rows of a table in the browser: a click anywhere opens one, so does Enter, and nothing else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

WAIT = 60_000
ROW, HEAD = 35, 35
"""Pixels of a row and of the head."""
Visit = Callable[..., Page]


def rows_of(page: Page, key: str = "register-pain_point") -> Locator:
    rows = page.locator(f'[class*="st-key-crm-rows-{key}"] .dvn-scroller')
    expect(rows).to_be_visible(timeout=WAIT)
    rows.scroll_into_view_if_needed()
    return rows


def click(rows: Locator, row: int, across: float, **how: int) -> None:
    """A click in the middle of a row, so far across it (0 left, 1 right); -1 is the head."""
    box = rows.bounding_box()
    assert box
    x, y = box["x"] + across * box["width"], box["y"] + HEAD + (row + 0.5) * ROW
    rows.page.mouse.click(x, y, **how)


@pytest.fixture
def pains(visit: Visit) -> Page:
    return visit("/pain-points?lang=en&company=sample")


def is_open(page: Page, key: str) -> None:
    expect(page).to_have_url(re.compile(rf"item={key}(&|$)"), timeout=WAIT)
    expect(page.get_by_role("dialog")).to_contain_text(f"Pain point {key}", timeout=WAIT)


def is_closed(page: Page) -> None:
    page.wait_for_timeout(700)
    assert "item=" not in page.url
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    "across",
    [
        pytest.param(0.01, id="box", marks=pytest.mark.long),
        pytest.param(0.2, id="title"),
        pytest.param(0.7, id="another cell", marks=pytest.mark.long),
    ],
)
def test_a_click_anywhere_on_a_row_opens_it_again_and_again(pains: Page, across: float) -> None:
    for row in (2, 1):
        click(rows_of(pains), row, across)
        is_open(pains, f"P-{row + 1}")
        pains.keyboard.press("Escape")
        expect(pains).not_to_have_url(re.compile("item="), timeout=WAIT)
        expect(pains.get_by_role("dialog")).to_have_count(0)


@pytest.mark.long
def test_a_double_click_opens_the_row_once(pains: Page) -> None:
    click(rows_of(pains), 1, 0.3, click_count=2, delay=20)
    is_open(pains, "P-2")


def test_the_keyboard_walks_to_a_row_and_enter_opens_it(pains: Page) -> None:
    rows_of(pains).page.locator('[data-testid="data-grid-canvas"]').focus()
    is_closed(pains)
    pains.keyboard.press("ArrowDown")
    pains.keyboard.press("ArrowRight")
    is_closed(pains)
    pains.keyboard.press("Enter")
    is_open(pains, "P-2")


def test_a_click_on_a_head_sorts_and_a_drag_chooses_cells_to_copy(pains: Page) -> None:
    rows = rows_of(pains)
    click(rows, -1, 0.3)
    is_closed(pains)
    box = rows.bounding_box()
    assert box
    pains.mouse.move(box["x"] + 300, box["y"] + HEAD + 0.5 * ROW)
    pains.mouse.down()
    pains.mouse.move(box["x"] + 500, box["y"] + HEAD + 2.5 * ROW, steps=5)
    pains.mouse.up()
    is_closed(pains)


@pytest.mark.long
def test_a_phone_has_red_flags_with_their_whole_titles(visit: Visit) -> None:
    address = "/red-flags?lang=en&company=sample"
    wide, narrow = (f'[class*="st-key-crm-rows-flags-{one}"]' for one in ("0", "narrow-0"))
    page = visit(address)
    expect(page.locator(wide)).to_be_visible(timeout=WAIT)
    expect(page.locator(narrow)).to_be_hidden()
    page = visit(address, width=390)
    expect(page.locator(narrow)).to_be_visible(timeout=WAIT)
    expect(page.locator(wide)).to_be_hidden()
    box = rows_of(page, "flags-narrow").bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + HEAD + 20)
    expect(page).to_have_url(re.compile("item=R-"), timeout=WAIT)


def test_a_tap_on_a_phone_opens_a_row(browser: Browser, server: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/pain-points?lang=en&company=sample")
    box = rows_of(page).bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + HEAD + 1.5 * ROW)
    is_open(page, "P-2")
    context.close()
