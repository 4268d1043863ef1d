"""From what nothing answers to an initiative, its rank and the decision, in a browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
Visit = Callable[..., Page]


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_not_answered_becomes_an_initiative_that_is_ranked_and_decided(
    visit: Visit, fresh_server: str, width: int
) -> None:
    page = visit(f"{fresh_server}/initiatives?lang=en&company=sample&view=unanswered", width=width)
    page.get_by_role("link", name="Make an initiative").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Title")).not_to_have_value("", timeout=WAIT)
    dialog.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text(re.compile(r"IN-\d+ is kept."))).to_be_visible(timeout=WAIT)
    page.get_by_role("radio", name="Ranking", exact=True).click()
    expect(page.get_by_text(re.compile("comes first"))).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Record this order as a decision").click()
    dialog.get_by_role("textbox", name="Why").fill("The steering group agreed", timeout=WAIT)
    dialog.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text(re.compile(r"DC-\d+ is kept."))).to_be_visible(timeout=WAIT)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
