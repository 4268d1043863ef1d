"""Processes in the browser: from the starter set to two teams side by side, one from a log."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
Visit = Callable[..., Page]
LOG = (
    "case,activity,timestamp,user\n"
    "1,Take the call,2026-03-02 09:00,Ann\n1,Send the quote,2026-03-02 09:40,Ann\n"
    "2,Take the call,2026-03-03 09:00,Bob\n2,Send the quote,2026-03-03 09:20,Bob\n"
)


@pytest.mark.long
def test_two_teams_stand_side_by_side_and_the_page_never_goes_sideways(
    visit: Visit, fresh_server: str
) -> None:
    page = visit(f"{fresh_server}/processes?lang=en&company=own")
    page.get_by_role("button", name="Take the starter set").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Take").click(timeout=WAIT)
    expect(page.get_by_text("processes are kept.")).to_be_visible(timeout=WAIT)
    page = visit(f"{fresh_server}/processes?lang=en&company=own&process=PR-11")
    page.get_by_role("button", name="Enter steps").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Team").fill("Sales", timeout=WAIT)
    page.keyboard.press("Enter")
    steps = "Take the call | Agent | Phone | 5\nWrite the quote | Agent | Excel | 30 | | 1\n"
    dialog.get_by_role("textbox", name="One step a line").fill(steps, timeout=WAIT)
    page.keyboard.press("Control+Enter")
    dialog.get_by_role("button", name="Keep these steps").click(timeout=WAIT)
    expect(page.get_by_text("The steps of Sales are kept")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="From an event log").click()
    file = {"name": "log.csv", "mimeType": "text/csv", "buffer": LOG.encode()}
    dialog.locator("input[type=file]").set_input_files(file, timeout=WAIT)
    expect(dialog.get_by_text("100% of 2 cases")).to_be_visible(timeout=WAIT)
    dialog.get_by_role("textbox", name="Keep them as the steps of").fill("Service")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Keep these steps").click(timeout=WAIT)
    expect(page.get_by_text("The steps of Service are kept")).to_be_visible(timeout=WAIT)
    variants = page.locator(".crm-variants")
    expect(variants.get_by_text("missing")).to_be_visible(timeout=WAIT)
    expect(page.locator(".stGraphVizChart svg text").first).to_be_visible(timeout=WAIT)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(variants.locator("td.extra")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
