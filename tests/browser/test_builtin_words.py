"""Streamlit's own words, in the reader's language. A new version of it may bring new ones."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.long
Visit = Callable[..., Page]

BEGINNINGS = (
    "Choose|Select|Open|Clear|Remove|Upload|Drag|Add|Search|Fullscreen|Download|Show|Close|"
    "Increment|Decrement|Press|No |[0-9]+GB per|Previous|Next|Use arrow|Date range|year|month|day"
)
"""How Streamlit's own texts begin: all it has now and most it may get."""

ENGLISH = """(beginnings) => {
  const found = [];
  const own = new RegExp(`^(${beginnings})`);
  const check = (text, element) => {
    if (own.test(text.trim()) && element.closest('[data-testid="stMain"], [role="listbox"]'))
      found.push(text.trim());
  };
  document.querySelectorAll("body *").forEach((element) => {
    ["aria-label", "placeholder", "title"].forEach((name) =>
      check(element.getAttribute(name) || "", element));
    element.childNodes.forEach((node) => node.nodeType === 3 && check(node.nodeValue, element));
  });
  return found;
}"""
CUSTOMERS = {"Open", "Light", "Upload"}


LATE = ("stFileUploaderDropzone", "stDateInputCalendarButton", "stElementToolbar", "stMultiSelect")
"""Parts that come when their piece of the front end has been fetched."""


def complete(page: Page) -> Page:
    """The page, with every widget drawn."""
    for part in LATE:
        expect(page.locator(f'[data-testid="{part}"]').last).to_be_attached()
    expect(page.locator('[data-testid="stMultiSelect"] input').last).to_be_visible()
    return page


def test_widgets_speak_chinese_and_customers_words_stay_as_they_are(
    visit: Visit, widgets: str
) -> None:
    page = complete(visit(widgets, locale="zh-CN"))
    expect(page.get_by_text("单个文件不超过 1GB").first).to_be_visible()
    page.locator('[data-testid="stMultiSelect"] input').last.click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert {"Light", "Upload"} <= set(options.all_inner_texts())
    assert set(page.evaluate(ENGLISH, BEGINNINGS)) <= CUSTOMERS
    page.keyboard.press("Escape")
    expect(page.locator('[data-testid="stMultiSelect"]').first).to_contain_text("Open")


def test_on_an_english_page_the_words_are_streamlits_own(visit: Visit, widgets: str) -> None:
    page = complete(visit(widgets, locale="en-US"))
    expect(page.get_by_text("1GB per file").first).to_be_visible()
    assert {"Upload", "Choose options", "Fullscreen"} <= set(page.evaluate(ENGLISH, BEGINNINGS))


def test_an_empty_search_and_a_form_say_so_in_chinese(visit: Visit, widgets: str) -> None:
    page = visit(widgets, locale="zh-CN")
    page.locator('[data-testid="stSelectbox"] input').click()
    page.keyboard.type("zz")
    expect(page.get_by_text("没有匹配项")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("文字", exact=True).fill("x")
    expect(page.get_by_text("按回车提交")).to_be_visible()


def test_a_calendar_that_comes_after_the_switch_follows_it(visit: Visit, widgets: str) -> None:
    page = visit(widgets + "/empty", locale="en-US")
    page.locator('[class*="st-key-language-"] button').click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.locator('[data-testid="stSidebarNavLink"]').first.click()
    page.locator('[data-testid="stDateInputCalendarButton"]').last.click()
    expect(page.locator('[data-testid="stDateInputCalendar"]')).to_contain_text("年")


def test_a_refused_file_is_explained_in_chinese(visit: Visit, widgets: str) -> None:
    page = visit(widgets, locale="zh-CN")
    upload = page.locator('input[type="file"]').first
    upload.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    expect(page.get_by_text(re.compile("不支持 .* 类型的文件。"))).to_be_attached()


def test_a_failing_page_says_one_sentence_and_no_more(visit: Visit, widgets: str) -> None:
    page = visit(widgets + "/failing", locale="zh-CN")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("编号 [0-9A-F]{6} 告诉管理员"))
    text = page.locator("body").inner_text()
    assert "secret" not in text
    assert "Traceback" not in text
