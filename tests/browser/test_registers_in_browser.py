"""A register in the browser: rows typed and pasted, and two people at one row."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

WAIT = 60_000
Visit = Callable[..., Page]


def goals(visit: Visit, server: str, item: str = "") -> Page:
    return visit(f"{server}/goals?lang=en&company=own{item}")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def save(page: Page) -> None:
    dialog(page).get_by_role("button", name=re.compile("^Save(?! and)")).click()


@pytest.mark.long
def test_rows_are_typed_and_pasted_and_a_link_opens_one(visit: Visit, fresh_server: str) -> None:
    page = goals(visit, fresh_server)
    page.get_by_role("button", name="Add").click()
    dialog(page).get_by_role("textbox", name="Title").fill("Win more in Medical", timeout=WAIT)
    dialog(page).get_by_role("textbox", name="Target", exact=True).fill("a lot")
    save(page)
    expect(dialog(page).get_by_text("a lot is no number")).to_be_visible(timeout=WAIT)
    dialog(page).get_by_role("textbox", name="Target", exact=True).fill("0.35")
    save(page)
    expect(page.get_by_text("G-1 is kept.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Paste or import").click()
    cells = "Wish\tWeight\nQuote faster\t30\n报价更快\t20\n"
    dialog(page).get_by_role("textbox", name="Paste cells").fill(cells, timeout=WAIT)
    dialog(page).get_by_role("button", name="Show what it would change").click()
    dialog(page).get_by_role("combobox", name="Wish").fill("Title", timeout=WAIT)
    page.get_by_role("option", name="Title", exact=True).click()
    expect(dialog(page).get_by_text("2 new rows")).to_be_visible(timeout=WAIT)
    dialog(page).get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("2 rows are kept.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Paste or import").click()
    again = cells.replace("Wish", "Title")
    dialog(page).get_by_role("textbox", name="Paste cells").fill(again, timeout=WAIT)
    dialog(page).get_by_role("button", name="Show what it would change").click()
    expect(dialog(page).get_by_text("2 rows stay the same")).to_be_visible(timeout=WAIT)
    dialog(page).get_by_text("They are new rows").click()
    expect(dialog(page).get_by_text("2 new rows have a title")).to_be_visible(timeout=WAIT)
    page = goals(visit, fresh_server, "&item=G-3")
    title = dialog(page).get_by_role("textbox", name="Title")
    expect(title).to_have_value("报价更快", timeout=WAIT)


@pytest.mark.long
def test_rows_are_typed_one_after_the_other_without_the_mouse(
    visit: Visit, fresh_server: str
) -> None:
    page = goals(visit, fresh_server)
    page.get_by_role("button", name="Add").click()
    title = dialog(page).get_by_role("textbox", name="Title")
    for number, wish in enumerate(("Win more", "Quote faster"), 1):
        expect(title).to_be_focused(timeout=WAIT)
        expect(title).to_have_value("")
        page.keyboard.type(wish)
        page.keyboard.press("Alt+n")
        expect(dialog(page).get_by_text(f"G-{number} is kept.")).to_be_in_viewport(timeout=WAIT)
    expect(title).to_be_focused(timeout=WAIT)
    dialog(page).get_by_role("textbox", name="Target", exact=True).fill("many")
    page.keyboard.press("Alt+n")
    expect(dialog(page).get_by_text("many is no number")).to_be_visible(timeout=WAIT)
    page.keyboard.press("Escape")
    expect(page.get_by_text("2 rows", exact=True)).to_be_visible(timeout=WAIT)


@pytest.mark.long
def test_the_second_of_two_people_sees_what_the_first_one_wrote(
    visit: Visit, fresh_server: str
) -> None:
    page = goals(visit, fresh_server)
    page.get_by_role("button", name="Add").click()
    dialog(page).get_by_role("textbox", name="Title").fill("Win more", timeout=WAIT)
    save(page)
    expect(page.get_by_text("G-1 is kept.")).to_be_visible(timeout=WAIT)
    one, other = (goals(visit, fresh_server, "&item=G-1") for _ in range(2))
    dialog(one).get_by_role("textbox", name="Title").fill("Win a lot", timeout=WAIT)
    dialog(one).get_by_role("textbox", name="Measure").fill("wins")
    save(one)
    expect(one.get_by_text("G-1 is kept.")).to_be_visible(timeout=WAIT)
    dialog(other).get_by_role("textbox", name="Title").fill("Win most", timeout=WAIT)
    dialog(other).get_by_role("textbox", name="Unit").fill("%")
    save(other)
    expect(dialog(other).get_by_text("saved this row while you wrote")).to_be_visible(timeout=WAIT)
    dialog(other).get_by_text("Win a lot").click()
    dialog(other).get_by_role("button", name="Save both").click()
    expect(other.get_by_text("G-1 is kept.")).to_be_visible(timeout=WAIT)
    page = goals(visit, fresh_server, "&item=G-1")
    for name, value in (("Title", "Win a lot"), ("Measure", "wins"), ("Unit", "%")):
        field = dialog(page).get_by_role("textbox", name=name)
        expect(field).to_have_value(value, timeout=WAIT)


@pytest.mark.long
def test_on_a_phone_no_table_of_a_dialog_lies_under_the_button_below_it(
    visit: Visit, fresh_server: str
) -> None:
    page = goals(visit, fresh_server)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Paste or import").click()
    cells = "Title\tTarget\nQuote faster\ta lot\n"
    dialog(page).get_by_role("textbox", name="Paste cells").fill(cells, timeout=WAIT)
    dialog(page).get_by_role("button", name="Show what it would change").click()
    table = dialog(page).locator("[data-testid=stDataFrame]:visible").bounding_box(timeout=WAIT)
    button = dialog(page).get_by_role("button", name="Keep this").bounding_box()
    assert table and button
    assert table["y"] + table["height"] <= button["y"]


@pytest.mark.parametrize(("width", "form"), [(1440, "wide"), (390, "narrow")])
def test_why_a_cell_is_refused_stands_in_one_table_that_fits_the_screen(
    visit: Visit, server: str, width: int, form: str
) -> None:
    page = visit(f"{server}/goals?lang=en&company=own", width=width)
    page.get_by_role("button", name="Paste or import").click()
    cells = "Title\tTarget\nWin more\tmany\n"
    dialog(page).get_by_role("textbox", name="Paste cells").fill(cells, timeout=WAIT)
    dialog(page).get_by_role("button", name="Show what it would change").click()
    expect(dialog(page).get_by_text("1 cell cannot be taken")).to_be_visible(timeout=WAIT)
    for each in ("wide", "narrow"):
        table = dialog(page).locator(f".st-key-crm-{each}-register-wrong")
        expect(table).to_be_visible(visible=each == form, timeout=WAIT)


@pytest.mark.long
def test_the_browser_suggests_people_and_takes_whatever_is_typed(
    visit: Visit, fresh_server: str
) -> None:
    page = goals(visit, fresh_server)
    page.get_by_role("button", name="Add").click()
    owner = dialog(page).get_by_label("Owner", exact=True)
    owner.fill("Bea", timeout=WAIT)
    assert dialog(page).locator(f"datalist#{owner.get_attribute('list')}").count() == 1
    dialog(page).get_by_role("textbox", name="Title").fill("Win more")
    save(page)
    expect(page.get_by_text("G-1 is kept.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Add").click()
    dialog(page).get_by_label("Owner", exact=True).click(timeout=WAIT)
    expect(dialog(page).locator("datalist option")).to_have_attribute("value", "Bea")


@pytest.mark.long
def test_the_next_change_of_a_rule_is_asked_for_a_reason_of_its_own(
    visit: Visit, fresh_server: str
) -> None:
    page = visit(f"{fresh_server}/red-flags?lang=en&company=own&view=rules&rule=initiative_late")
    for limit in ("20", "21"):
        page.locator("input[type=number]").first.fill(limit, timeout=WAIT)
        reason = page.get_by_role("textbox", name="Reason")
        expect(reason).to_have_value("", timeout=WAIT)
        reason.fill(f"We begin with {limit}")
        page.get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_text(f"Why: We begin with {limit}")).to_be_visible(timeout=WAIT)
    expect(reason).to_have_value("")


@pytest.mark.long
def test_the_picture_of_links_scrolls_where_it_is_wider_than_a_phone(
    visit: Visit, server: str
) -> None:
    page = visit(f"{server}/pain-points?lang=zh&company=sample&item=P-2", width=390)
    dialog(page).get_by_text("关联", exact=True).click(timeout=WAIT)
    picture = dialog(page).locator(".st-key-crm-around")
    expect(picture.locator("svg text").first).to_be_visible(timeout=WAIT)
    assert picture.evaluate("e => (e.scrollLeft = 150, e.scrollLeft)") == 150
