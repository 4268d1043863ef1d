"""From a broken file to the right figure, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
EXPORT = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder,Retail,Closed Won,1200,2024-03-01\n"
    "2,Birch,Medical,Closed Won,about 800,2024-03-02\n"
    + "".join(f"9{n},Cedar,Retail,Closed Lost,{n},2024-03-0{n}\n" for n in range(1, 9))
)


@pytest.mark.long
def test_a_broken_line_is_corrected_run_again_and_in_the_figure(
    load: Callable[[str], Page],
) -> None:
    page = load(EXPORT)
    page.get_by_role("link", name="1 line set aside").click(timeout=WAIT)
    reason = page.get_by_role("strong").filter(has_text="Cannot be read as a number")
    expect(reason).to_be_visible(timeout=WAIT)
    amount = page.get_by_label("Amount", exact=True)
    expect(amount).to_have_value("about 800")
    amount.fill("900")
    amount.press("Control+Enter")
    expect(page.get_by_text("The correction is kept.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Amount", exact=True)).to_have_value("900")
    page.get_by_role("button", name="Run again", exact=True).click()
    expect(page.get_by_text("1 line passed, none waits any more.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Nothing is set aside")).to_be_visible()
    page.get_by_role("link", name=re.compile("Look at load")).click()
    expect(page.locator("h1")).to_contain_text("Loads", timeout=WAIT)
    page.get_by_role("link", name="Segments").click()
    expect(page.locator("h1")).to_contain_text("Market segments", timeout=WAIT)
    revenue = page.locator('[data-testid="stMetric"]').first
    expect(revenue).to_contain_text("2.10K", timeout=WAIT)
