"""A gate is opened by hand, taken back, and leads to the beginning of its checklist."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAIT = 60_000
Visit = Callable[..., Page]


@pytest.mark.long
def test_a_gate_is_opened_by_hand_taken_back_and_its_checklist_begun(
    visit: Visit, fresh_server: str
) -> None:
    page = visit(f"{fresh_server}/phases?lang=en&company=sample")
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Open by hand").last.click(timeout=WAIT)
    expect(dialog).to_contain_text("Deepening: Exit gate", timeout=WAIT)
    dialog.get_by_role("button", name="Open the gate").click()
    expect(dialog.get_by_text("Say who opens the gate")).to_be_visible(timeout=WAIT)
    decided = dialog.get_by_role("combobox", name="Decided by")
    decided.fill("Ann Lee")
    decided.press("Enter")
    dialog.get_by_role("textbox", name="Reason").fill("The board wants it")
    dialog.get_by_role("button", name="Open the gate").click()
    expect(page.get_by_text("Opened by Ann Lee on")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Take back").last.click()
    dialog.get_by_role("button", name="Take back").click(timeout=WAIT)
    expect(page.get_by_text("follows its checklist again")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Opened by Ann Lee on")).to_have_count(0)
    page.get_by_role("button", name="Fill it in").last.click(timeout=WAIT)
    dialog.get_by_role("textbox", name="Looks after it").fill("Ann Lee", timeout=WAIT)
    dialog.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(re.compile(r"/checklists\?.*assessment=A-"), timeout=WAIT)
    expect(page.get_by_text("Deepening").first).to_be_visible(timeout=WAIT)
