"""One step of a load is taken back later, and the first load comes back when that is undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
EXPORT = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder,technolgy,Closed Won,1200,2024-03-01\n"
    + "".join(f"9{n},Cedar,Technology,Closed Lost,{n},2024-03-0{n}\n" for n in range(1, 9))
)

pytestmark = pytest.mark.long


def test_a_step_of_a_load_is_switched_off_rehearsed_loaded_again_and_undone(
    load: Callable[[str], Page],
) -> None:
    page = load(EXPORT)
    page.get_by_role("link", name="Look at load no.").click(timeout=WAIT)
    page.get_by_role("button", name="Load again with other steps").click(timeout=WAIT)
    step = page.get_by_text("Industry: misspelt segments corrected")
    step.click(timeout=WAIT)
    page.get_by_role("button", name="See what would change").click(timeout=WAIT)
    expect(page.get_by_text("1 line comes out otherwise")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("as you said")).to_have_count(0)
    page.get_by_role("button", name="Load again", exact=True).click()
    expect(page.get_by_text("was made again and is now no.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Take this load back").click()
    page.get_by_role("button", name="Take it back", exact=True).click(timeout=WAIT)
    expect(page.get_by_text("was taken back.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Load again with other steps")).to_have_count(0)
