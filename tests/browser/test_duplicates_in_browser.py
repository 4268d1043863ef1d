"""Two records become one and two again, by keyboard, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

WAIT = 60_000
QUIET = '[data-test-script-state="notRunning"]'
NAMES = ("Bright", "Stone", "River", "Falcon", "Maple", "Harbor", "Summit", "Granite", "Lotus")
EXPORT = "Customer ID,Customer Name,City,Phone,Email,Tax ID\n" + "".join(
    f"{key}{n:02},{NAMES[n % 9]} {word} {n},Town {n % 7},+1 202 555 {n:04},info@firm{n}.com,{tax}\n"
    for key, word, tax, numbers in (
        ("A", "Tools", "910", range(40)),
        ("B", "Tols", "77", range(3)),
    )
    for n in numbers
    for tax in [f"{tax}{n:02}"]
)

WATCH = """() => {
    const drawn = window.drawn = [];
    const look = () => {
        const button = document.querySelector('[class*="st-key-same-"]');
        const names = [...document.querySelectorAll('h4')].map(one => one.innerText).join();
        const now = [button && button.className.match(/st-key-same-([\\d-]+)/)[1], names];
        if (String(drawn.at(-1)) !== String(now)) drawn.push(now);
    };
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true,
        attributes: true, characterData: true});
    look();
}"""
"""Keeps which pair the buttons are of, and which names stand there, at every moment."""


@pytest.fixture
def page(load: Callable[[str], Page]) -> Page:
    """Three pairs wait, just found."""
    page = load(EXPORT)
    # The result leads there: who goes by the menu may be there before the load is in.
    page.get_by_role("link", name="Find duplicates").click(timeout=WAIT)
    page.get_by_role("button", name="Find duplicates").click(timeout=WAIT)
    expect(waiting_in(page)).to_contain_text("3", timeout=WAIT)
    return page


def waiting_in(page: Page) -> Locator:
    return page.locator('[data-testid="stMetric"]').first


@pytest.mark.long
def test_no_button_is_drawn_before_the_pair_that_it_answers(page: Page) -> None:
    waiting = waiting_in(page)
    page.wait_for_selector(QUIET)
    page.evaluate(WATCH)
    page.keyboard.press("d")
    expect(waiting).to_contain_text("2", timeout=WAIT)
    page.wait_for_selector(QUIET)
    drawn = page.evaluate("window.drawn")
    before, after = drawn[0], drawn[-1]
    assert before[0] != after[0] and before[1] != after[1]
    assert [after[0], before[1]] not in drawn


@pytest.mark.long
def test_pairs_are_found_decided_by_keyboard_merged_and_taken_back(
    page: Page,
) -> None:
    waiting = waiting_in(page)
    expect(page.get_by_text("Tax ID differs:")).to_be_visible()
    page.keyboard.press("s")
    expect(waiting).to_contain_text("2", timeout=WAIT)
    page.wait_for_selector(QUIET)
    page.keyboard.press("d")
    expect(waiting).to_contain_text("1", timeout=WAIT)
    page.wait_for_selector(QUIET)
    page.keyboard.press("z")
    expect(waiting).to_contain_text("2", timeout=WAIT)
    page.wait_for_selector(QUIET)
    page.keyboard.press("u")
    expect(page.get_by_text("1 record was merged because people said so.")).to_be_visible(
        timeout=WAIT
    )
    page.get_by_text("Merged", exact=True).first.click()
    expect(page.get_by_text("what is shown, and where it comes from")).to_be_visible(timeout=WAIT)
    box = page.locator(".stDataFrame").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 15, box["y"] + 52)
    page.get_by_role("button", name=re.compile("Take 1 merge back")).click(timeout=WAIT)
    expect(page.get_by_text("1 merge was taken back")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Nothing is merged")).to_be_visible()


@pytest.mark.long
def test_two_are_merged_by_hand_and_the_form_stays_open_for_the_next_two(
    page: Page,
) -> None:
    page.get_by_text("Merged", exact=True).first.click()
    page.get_by_text("Merge two records by hand").click(timeout=WAIT)
    for one, other in (("A21", "A30"), ("A12", "A39")):
        for place, label, key in (("one", "Record", one), ("other", "is one with", other)):
            box = page.get_by_role("textbox", name=label, exact=True)
            expect(box).to_have_value("", timeout=WAIT)
            box.fill(key)
            box.press("Enter")
            found = page.locator(f".st-key-by-hand-customer-{place}-chosen")
            expect(found).to_be_visible(timeout=WAIT)
            page.wait_for_selector(QUIET)
        page.get_by_role("button", name="Merge these two").click(timeout=WAIT)
        expect(page.get_by_text("The two records are one.")).to_be_visible(timeout=WAIT)
        page.wait_for_selector(QUIET)
    expect(page.get_by_role("textbox", name="Record", exact=True)).to_be_visible()
