"""What people type, in the browser: shown letter by letter, and nothing of it runs."""

import re
from collections.abc import Callable

import pytest
from hostile_texts import HOSTILE
from playwright.sync_api import Locator, Page, expect

WAIT = 60_000
Visit = Callable[..., Page]
ROWS = "Title\tOwner\tComplaint\n" + "".join(
    '"{0}"\t"{0}"\t"{0}"\n'.format(text.replace('"', '""')) for text in HOSTILE
)


@pytest.fixture
def page(visit: Visit, fresh_server: str) -> Page:
    """The list of pain points with such rows, pasted; a window that a script opens is a failure."""
    page = visit(f"{fresh_server}/pain-points?lang=en&company=own")
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    page.get_by_role("button", name="Paste or import").click(timeout=WAIT)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Paste cells").fill(ROWS, timeout=WAIT)
    dialog.get_by_role("button", name="Show what it would change").click()
    dialog.get_by_role("button", name="Keep this").click(timeout=WAIT)
    expect(page.get_by_text(f"{len(HOSTILE)} rows are kept.")).to_be_visible(timeout=WAIT)
    return page


def shows(dialog: Locator, text: str) -> None:
    """The text stands there as it was typed, and nothing came of it. A sign without width keeps
    the name of an icon from being taken for one."""
    said = text.replace(":material", ":\u2060material")
    expect(dialog.get_by_text(said, exact=True).first).to_be_visible(timeout=WAIT)
    page = dialog.page
    assert page.evaluate("window.hit") is None
    assert dialog.locator('a[href^="javascript:"], .katex, script, img').count() == 0


@pytest.mark.long
def test_nothing_that_was_typed_runs_or_changes_its_look(page: Page) -> None:
    address = page.url
    dialog = page.get_by_role("dialog")
    for number, text in enumerate(HOSTILE[:5], 1):
        page.goto(f"{address}&item=P-{number}")
        title = dialog.get_by_role("textbox", name="Title")
        expect(title).to_have_value(text, timeout=WAIT)
        dialog.get_by_text("Comments", exact=True).click()
        dialog.get_by_role("textbox", name="Comment").fill(text, timeout=WAIT)
        dialog.get_by_role("button", name=re.compile("^Add the comment")).click()
        shows(dialog.locator('[data-testid="stMarkdownContainer"]'), text)


def test_labels_are_read_out_without_the_signs_that_escape_them(visit: Visit, widgets: str) -> None:
    page = visit(f"{widgets}/told?lang=zh")
    expect(page.get_by_role("textbox", name="Cost (CNY) – e.g. 1.5 *", exact=True)).to_be_visible()
    expect(page.get_by_label("Day (if any)", exact=True).first).to_be_attached()
    expect(page.get_by_role("button", name="“Day (if any)”的说明", exact=True)).to_be_attached()
    chosen = page.locator('[data-testid="stMultiSelect"]').get_by_label(r"C:\*", exact=True)
    expect(chosen.first).to_be_attached(timeout=60_000)


def test_what_looks_like_an_address_is_no_link(visit: Visit, widgets: str) -> None:
    page = visit(f"{widgets}/told")
    said = page.get_by_text("https://a.example/x?b=1")
    expect(said.first).to_be_visible()
    expect(page.locator('[data-testid="stMain"] a[href]')).to_have_count(0)


def test_a_name_typed_into_a_link_and_enter_choose_that_one_alone(visit: Visit) -> None:
    page = visit("/vendors?lang=en&company=sample&view=decisions")
    page.get_by_role("button", name=re.compile("Add$")).click(timeout=WAIT)
    field = page.locator('[data-testid="stDialog"] [data-testid="stMultiSelect"]')
    field = field.filter(has_text="Vendor")
    field.locator("input").click(timeout=WAIT)
    page.keyboard.type("Yun")
    expect(page.get_by_role("option", name=re.compile("Yunfan")).first).to_be_visible(timeout=WAIT)
    page.keyboard.press("Enter")
    expect(field.locator("[data-tag]")).to_have_text(["V-1 Yunfan Customer Cloud"])
