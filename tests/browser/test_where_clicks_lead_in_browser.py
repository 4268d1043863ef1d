"""Where a click leads in the rooms of the programme: on a field, a bar, a box, a link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

WAIT = 60_000
Visit = Callable[..., Page]


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def middle(mark: Locator) -> tuple[float, float]:
    """The middle of what a chart drew; the chart itself, which lies above, takes the click."""
    mark.scroll_into_view_if_needed(timeout=WAIT)
    box = mark.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def links_of(page: Page) -> Locator:
    """The open row's links."""
    dialog(page).get_by_text("Links", exact=True).click(timeout=WAIT)
    expect(dialog(page).locator(".stGraphVizChart svg text").first).to_be_visible(timeout=WAIT)
    return dialog(page)


@pytest.mark.long
def test_a_comment_with_a_link_stands_below_the_row(visit: Visit) -> None:
    page = visit("/pain-points?lang=en&company=sample&item=P-1")
    dialog(page).get_by_text("Comments", exact=True).click(timeout=WAIT)
    dialog(page).get_by_role("textbox", name="Comment").fill("See the minutes", timeout=WAIT)
    link = dialog(page).get_by_role("textbox", name="Link to a document")
    link.fill("example.com/minutes")
    dialog(page).get_by_role("button", name="Add the comment").click()
    expect(dialog(page).get_by_text("no address of the web")).to_be_visible(timeout=WAIT)
    link.fill("https://example.com/minutes")
    dialog(page).get_by_role("button", name="Add the comment").click()
    minutes = dialog(page).get_by_role("link", name="https://example.com/minutes")
    expect(minutes).to_have_attribute("href", "https://example.com/minutes", timeout=WAIT)
    expect(dialog(page).get_by_text("See the minutes")).to_be_visible()


@pytest.mark.long
def test_a_link_is_followed_to_the_other_row_and_back(visit: Visit) -> None:
    page = visit("/pain-points?lang=en&company=sample&item=P-1")
    links_of(page).get_by_text("Application A-8:").click()
    expect(page).to_have_url(re.compile(r"/applications\?.*item=A-8"), timeout=WAIT)
    expect(dialog(page)).to_contain_text("Application A-8", timeout=WAIT)
    links_of(page).get_by_text("Pain point P-1:").click()
    expect(page).to_have_url(re.compile(r"/pain-points\?.*item=P-1"), timeout=WAIT)
    expect(dialog(page)).to_contain_text("Pain point P-1", timeout=WAIT)


@pytest.mark.long
def test_a_box_of_the_picture_of_links_opens_its_row(visit: Visit) -> None:
    page = visit("/pain-points?lang=en&company=sample&item=P-1")
    box = links_of(page).locator(".stGraphVizChart svg a").filter(has_text="Application A-8")
    box.click()
    expect(page).to_have_url(re.compile(r"/applications\?.*item=A-8"), timeout=WAIT)
    expect(dialog(page)).to_contain_text("Application A-8", timeout=WAIT)


@pytest.mark.long
def test_a_field_of_the_heat_map_shows_its_pain_points(visit: Visit) -> None:
    page = visit("/pain-points?lang=en&company=sample&view=hurts")
    drawn = page.locator(".js-plotly-plot .nsewdrag").first
    expect(drawn).to_be_visible(timeout=WAIT)
    box = drawn.bounding_box()
    assert box
    drawn.click(position={"x": box["width"] * 3 / 8, "y": 12})  # the second of four themes
    expect(page).to_have_url(re.compile(r"team=.+&about=process"), timeout=WAIT)
    told = page.get_by_role("heading", name=re.compile(r"Process: \d+ pain points?"))
    expect(told).to_be_visible(timeout=WAIT)


@pytest.mark.long
def test_a_bar_of_the_calendar_opens_its_window(visit: Visit) -> None:
    page = visit("/it-windows?lang=en&company=sample&view=calendar")
    bar = page.locator(".js-plotly-plot .barlayer .point path").first
    expect(bar).to_be_visible(timeout=WAIT)
    page.mouse.click(*middle(bar))
    expect(page).to_have_url(re.compile(r"item=W-\d+"), timeout=WAIT)
    key = re.search(r"item=(W-\d+)", page.url)
    assert key
    expect(dialog(page)).to_contain_text(f"IT window {key[1]}", timeout=WAIT)


@pytest.mark.long
def test_a_bar_of_a_goal_opens_the_goal(visit: Visit) -> None:
    page = visit("/goals?lang=en&company=sample&view=lines")
    bar = page.locator(".js-plotly-plot .barlayer .point path").first
    expect(bar).to_be_visible(timeout=WAIT)
    page.mouse.click(*middle(bar))
    expect(page).to_have_url(re.compile(r"item=G-\d+"), timeout=WAIT)
    expect(dialog(page)).to_contain_text("Goal G-", timeout=WAIT)
