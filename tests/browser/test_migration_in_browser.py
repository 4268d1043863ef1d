"""What the target counted, typed as the page shows it here, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
COLUMNS, HERE = 7, 3
Visit = Callable[..., Page]


@pytest.mark.long
def test_totals_typed_as_they_are_shown_are_equal(visit: Visit) -> None:
    page = visit("/migration?lang=en&company=sample")
    page.get_by_role("button", name="Write", exact=True).click(timeout=WAIT)
    expect(page.get_by_text("is done")).to_be_visible(timeout=WAIT)
    page = visit("/migration?lang=en&company=sample&step=totals")
    cells = page.locator('[data-testid="stDataFrame"]').get_by_role("gridcell")
    expect(cells.last).to_have_text("Not told", timeout=WAIT)
    shown = cells.all_inner_texts()[HERE::COLUMNS]
    page.get_by_role("button", name="Type in").click()
    fields = page.get_by_role("dialog").get_by_role("textbox")
    expect(fields).to_have_count(len(shown), timeout=WAIT)
    for field, told in zip(fields.all(), shown, strict=True):
        field.fill(told)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Both sides are equal")).to_be_visible(timeout=WAIT)
