"""The segment page in a real browser: what only a click can show."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

WAIT = 60_000


def hover_text(page: Page) -> list[str]:
    page.wait_for_selector("g.hoverlayer g.hovertext", timeout=WAIT)
    return page.locator("g.hoverlayer g.hovertext tspan.line").all_text_contents()


@pytest.mark.parametrize(
    ("width", "across", "down"),
    [(1440, 0.1, 0.1), pytest.param(390, 0.93, 0.5, marks=pytest.mark.long)],
)
def test_a_click_anywhere_in_a_cell_of_the_mix_opens_rows_that_add_up_to_it(
    visit: Visit, width: int, across: float, down: float
) -> None:
    page = visit("/segments?lang=en&company=sample", width=width)
    field = page.locator(".st-key-crm-chart-mix .nsewdrag")
    expect(field).to_have_count(1, timeout=WAIT)
    field.scroll_into_view_if_needed(timeout=WAIT)
    place = {
        "x": field.bounding_box()["width"] * across,
        "y": field.bounding_box()["height"] * down,
    }
    field.hover(position=place)
    head, _, revenue = hover_text(page)
    for _ in range(2):  # the second time as well
        expect(field).to_have_count(1, timeout=WAIT)  # the chart is a new one after each click
        field.click(position=place)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(head, timeout=WAIT)
        told = dialog.get_by_text(re.compile("together")).text_content()
        assert amount(told.split("together")[1]) == amount(revenue)
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)


def amount(text: str) -> float:
    return float(re.sub(r"[^0-9.]", "", text))


@pytest.mark.long
def test_a_click_on_a_bar_narrows_the_page_to_its_segment_and_the_chip_leads_back(
    visit: Visit,
) -> None:
    page = visit("/segments?lang=en&company=sample")
    chip, seen = page.locator(".st-key-segment-chip"), set()
    for place in (0, 1, 0):
        expect(page.locator(".st-key-crm-chart-segments .nsewdrag")).to_have_count(1, timeout=WAIT)
        # Forced: Plotly's own layer for the pointer lies above the bars.
        page.locator(".st-key-crm-chart-segments .point path").nth(place).click(
            force=True, timeout=WAIT
        )
        expect(page).to_have_url(re.compile("segment="), timeout=WAIT)
        expect(chip).to_have_count(1, timeout=WAIT)
        seen.add(chip.text_content())
        chip.get_by_role("button").click()
        expect(page).not_to_have_url(re.compile("segment="), timeout=WAIT)
        expect(chip).to_have_count(0, timeout=WAIT)
    assert len(seen) == 2


@pytest.mark.long
def test_several_regions_can_be_chosen_and_stand_in_the_address(visit: Visit) -> None:
    page = visit("/segments?lang=en&company=sample")
    field = page.locator('[data-testid="stMultiSelect"]').first
    field.click(timeout=WAIT)
    for _ in range(2):
        page.get_by_role("option").first.click(timeout=WAIT)
    expect(page).to_have_url(re.compile("region=.*region="), timeout=WAIT)
