"""Twenty people who save at the same moment, each in a session of their own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 120_000
PEOPLE = 20


@pytest.mark.long
def test_of_twenty_people_who_save_at_once_nobodys_row_is_lost(
    visit: Callable[..., Page], fresh_server: str
) -> None:
    address = f"{fresh_server}/goals?lang=en&company=own"
    pages = [visit(address) for _ in range(PEOPLE)]
    for number, page in enumerate(pages):
        page.get_by_role("button", name="Add").click()
        title = page.get_by_role("dialog").get_by_role("textbox", name="Title")
        title.fill(f"Goal of person {number}", timeout=WAIT)
    for page in pages:
        page.get_by_role("dialog").get_by_role("button", name=re.compile("^Save(?! and)")).click(
            no_wait_after=True
        )
    for page in pages:
        expect(page.get_by_text("is kept.")).to_be_visible(timeout=WAIT)
    last = visit(address)
    expect(last.get_by_text(f"{PEOPLE} rows")).to_be_visible(timeout=WAIT)
