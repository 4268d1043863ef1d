"""The roadmap in Chromium: a bar opens its reason, a move is agreed, a plan is made and stopped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
Visit = Callable[..., Page]

pytestmark = pytest.mark.long


def test_a_bar_opens_why_it_lies_there_and_another_start_tells_what_it_does(visit: Visit) -> None:
    page = visit("/roadmap?lang=en&company=sample")
    chart = page.locator(".st-key-crm-chart-roadmap")
    bar = chart.locator(".barlayer .point path").nth(6)
    bar.scroll_into_view_if_needed(timeout=WAIT)
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("Starts|Waits|One period earlier")).first).to_be_visible(
        timeout=WAIT
    )
    expect(page).to_have_url(re.compile("initiative=IN-"))
    dialog.get_by_role("combobox").click(timeout=WAIT)
    page.get_by_role("option").last.click(timeout=WAIT)
    told = re.compile("The plan is worth|no plan was found")
    expect(dialog.get_by_text(told).first).to_be_visible(timeout=WAIT)


def test_a_move_that_is_agreed_to_closes_its_dialog_and_says_so(visit: Visit) -> None:
    page = visit("/roadmap?lang=en&company=sample&initiative=IN-8")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").click(timeout=WAIT)
    page.get_by_role("option", name=re.compile("Oct(ober)?( 1,)? 2027")).click(timeout=WAIT)
    dialog.get_by_role("button", name=re.compile("Start it then")).click(timeout=WAIT)
    expect(dialog).to_be_hidden(timeout=WAIT)
    expect(page.get_by_text("is pinned to the start that you chose")).to_be_visible(timeout=WAIT)
    expect(page).not_to_have_url(re.compile("initiative="))


def test_a_plan_is_made_while_the_page_goes_on(visit: Visit) -> None:
    page = visit("/roadmap?lang=zh&company=sample")
    page.get_by_role("button", name="重新排期").click(timeout=WAIT)
    page.get_by_role("button", name="开始", exact=True).click(timeout=WAIT)
    expect(page.get_by_text(re.compile("已证明没有更好的计划")).first).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(re.compile("计划 [4-9]")).first).to_be_visible(timeout=WAIT)


def test_the_page_is_handed_on_as_a_file(visit: Visit) -> None:
    page = visit("/roadmap?lang=en&company=sample")
    with page.expect_download(timeout=WAIT) as found:
        page.get_by_role("button", name="Export").click(timeout=WAIT)
        page.get_by_role("button", name="PDF").click(timeout=WAIT)
    path = found.value.path()
    assert path.read_bytes().startswith(b"%PDF-")
    assert found.value.suggested_filename.endswith(".pdf")
