"""A recipe's steps are added and changed in dialogs, and what was typed last is what is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
EXPORT = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder Works,Retail,Closed Won,1200,2024-03-01\n"
    "2,Birch Works,Medical,Closed Won,800,2024-03-02\n"
)

pytestmark = pytest.mark.long


def test_a_step_is_added_and_changed_as_its_fields_say_when_the_button_is_pressed(
    visit: Callable[..., Page], fresh_server: str, tmp_path: Path
) -> None:
    export = tmp_path / "deals.csv"
    export.write_text(EXPORT)
    page = visit(f"{fresh_server}/import?lang=en&company=own")
    page.locator('input[type="file"]').set_input_files(str(export))
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name="Look at a column's values").click(timeout=WAIT)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Column").click(timeout=WAIT)
    page.get_by_role("option", name="Account Name").click()
    dialog.get_by_role("radio", name="Other steps").click()
    dialog.get_by_role("textbox", name="Find").fill("Works")
    dialog.get_by_role("textbox", name="Put instead").fill("Mills")
    dialog.get_by_role("button", name="Add the step").click(timeout=WAIT)
    expect(dialog.get_by_text("Mills")).to_be_visible(timeout=WAIT)
    page.keyboard.press("Escape")
    step = page.get_by_text("Account Name: “Works” within a cell gives way to “Mills”")
    expect(step).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="edit icon").click()
    dialog.get_by_role("textbox", name="Put instead").fill("Yards", timeout=WAIT)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0, timeout=WAIT)
    expect(page.get_by_text("Yards")).to_be_visible(timeout=WAIT)
    expect(step).to_have_count(0)
