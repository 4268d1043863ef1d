"""Filling in checklists as people do: on a phone, two on one sheet at once, by keyboard."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from app_process import Settle, startable
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from crm_core.domain.actor import LOCAL
from crm_core.services import stores
from crm_core.services.checklists import assessments, links, respondents

WAIT = 60_000
READ = 300
"""Milliseconds: as fast as anybody leafs on who hardly reads."""
PART = ("needs", "words", "workplace")
FIRST = "money-per-phase"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, settle_sample: Settle
) -> Iterator[dict[str, str]]:
    """An app with an assessment of three people: its address, and the links to their sheets."""
    home = tmp_path_factory.mktemp("assessed")
    settle_sample(home)
    store = stores.open_store(home / "crm.duckdb")
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=date(2026, 3, 2))
    people = {
        "representative": respondents.add(store, LOCAL, key, "赵强", "front_line", sections=PART),
        "shared": respondents.add(store, LOCAL, key, "Sales", "manager"),
        "typing": respondents.add(store, LOCAL, key, "Wang", "it"),
    }
    tokens = {name: links.make(store, LOCAL, who) for name, who in people.items()}
    store.close()
    start, port = startable(home)
    process = start()
    base = f"http://127.0.0.1:{port}"
    yield {"": base} | {name: f"{base}/answer?token={one}" for name, one in tokens.items()}
    process.terminate()
    process.wait(20)


def levels(page: Page, item: str) -> Locator:
    return page.locator(f'[class*="st-key-level-{item}-"] button')


def choose(page: Page, item: str, digit: int) -> None:
    """Press the digit of an answer, and again where a page that has just come did not hear it."""
    chosen = levels(page, item).and_(page.locator('[kind="primary"]'))
    expect(levels(page, item)).to_have_count(4, timeout=WAIT)
    for _ in range(3):
        page.keyboard.press(str(digit))
        with suppress(TimeoutError):
            chosen.wait_for(timeout=WAIT / 3)
            break
    expect(levels(page, item).nth(digit - 1)).to_have_attribute("kind", "primary")


def test_a_representative_answers_their_part_on_a_phone_in_ten_minutes_in_chinese(
    visit: Visit, served: dict[str, str]
) -> None:
    page = visit(served["representative"], locale="zh-CN", width=390)
    expect(page.get_by_text("赵强，您好")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("10 题 · 约 3 分钟")).to_be_visible()
    expect(page.locator('[data-testid="stSidebar"]')).to_have_count(0)
    began = time.monotonic()
    for _ in range(10):
        page.wait_for_timeout(READ)
        place = item_of(page)
        levels(page, place).nth(1).click(timeout=WAIT)
        expect(page.locator(".st-key-checklist-acts")).to_contain_text("已保存", timeout=WAIT)
        page.locator(f".st-key-next-{place} button").click(timeout=WAIT)
        page.wait_for_url(lambda url, now=place: f"item={now}" not in url, timeout=WAIT)
    expect(page.get_by_text("每一题都已作答。")).to_be_visible(timeout=WAIT)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "the page never moves sideways"
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("谢谢")).to_be_visible(timeout=WAIT)
    assert time.monotonic() - began < 600
    page.reload()
    expect(page.get_by_text("谢谢")).to_be_visible(timeout=WAIT)
    page.goto(served["representative"])
    expect(page.get_by_text("谢谢")).to_be_visible(timeout=WAIT)
    chosen = page.locator('[class*="st-key-level-"] button[kind="primary"]')
    expect(chosen).to_be_disabled(timeout=WAIT)


def item_of(page: Page) -> str:
    page.wait_for_url(re.compile("item="), timeout=WAIT)
    found = re.search(r"item=([\w-]+)", page.url)
    assert found
    return found[1]


def test_what_is_typed_outlives_a_reload_before_the_field_is_left(
    visit: Visit, served: dict[str, str]
) -> None:
    page = visit(f"{served['typing']}&item={FIRST}")
    choose(page, FIRST, 3)
    comment = page.get_by_role("textbox", name="Note")
    comment.fill("since May", timeout=WAIT)
    page.wait_for_timeout(3_000)
    page.reload()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("since May", timeout=WAIT)
    expect(levels(page, FIRST).nth(2)).to_have_attribute("kind", "primary")


def test_keys_choose_an_answer_and_lead_on_and_back(visit: Visit, served: dict[str, str]) -> None:
    page = visit(f"{served['typing']}&item=goals-set")
    choose(page, "goals-set", 2)
    expect(page.locator(".st-key-checklist-acts")).to_contain_text("Saved", timeout=WAIT)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("item=goals-few"), timeout=WAIT)
    expect(page.locator(".st-key-back-goals-few button")).to_be_visible(timeout=WAIT)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("item=goals-set"), timeout=WAIT)


@pytest.mark.long
def test_of_two_browsers_on_one_sheet_the_later_sees_both_answers_and_chooses(
    visit: Visit, served: dict[str, str]
) -> None:
    one = visit(f"{served['shared']}&item={FIRST}")
    other = visit(f"{served['shared']}&item={FIRST}")
    levels(one, FIRST).nth(0).click()
    expect(one.locator(".st-key-checklist-acts")).to_contain_text("Saved", timeout=WAIT)
    levels(other, FIRST).nth(3).click()
    expect(other.get_by_text("answered this while you did")).to_be_visible(timeout=WAIT)
    other.get_by_role("button", name="Yours:").click()
    expect(levels(other, FIRST).nth(3)).to_have_attribute("kind", "primary", timeout=WAIT)
    one.reload()
    expect(levels(one, FIRST).nth(3)).to_have_attribute("kind", "primary", timeout=WAIT)


def test_a_link_that_was_cut_off_opens_one_sentence_and_no_way_to_other_pages(
    visit: Visit, served: dict[str, str]
) -> None:
    page = visit(served["typing"][:-3])
    expect(page.locator('[data-testid="stAlert"]')).to_have_count(1, timeout=WAIT)
    expect(page.locator('[data-testid="stSidebar"]')).to_have_count(0)
    expect(page.locator('a[href]:not([href="#stMain"])')).to_have_count(0)


@pytest.mark.long
def test_an_assessment_is_begun_somebody_added_and_reached_by_a_link_that_was_copied(
    visit: Visit, served: dict[str, str], browser: Browser
) -> None:
    page = visit(f"{served['']}/checklists?lang=en&company=own")
    page.locator(".st-key-begin-handoffs button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Looks after it").fill("Chen Jing", timeout=WAIT)
    dialog.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("assessment=A-2"), timeout=WAIT)
    page.get_by_role("radio", name="Respondents").click()
    page.get_by_role("button", name="Add people").click()
    dialog.get_by_role("textbox", name="Name and e-mail").fill("Li Na", timeout=WAIT)
    dialog.get_by_role("button", name="Add", exact=False).last.click()
    expect(dialog).to_have_count(0, timeout=WAIT)
    table = page.locator('[data-testid="stDataFrame"]')
    table.click(position={"x": 16, "y": 35 * 2 + 18})
    dialog.get_by_role("button", name="Make a link").click(timeout=WAIT)
    link = dialog.locator("code").inner_text(timeout=WAIT)
    guest = browser.new_context(locale="en-US").new_page()
    guest.goto(link)
    expect(guest.get_by_text("Welcome, Li Na")).to_be_visible(timeout=WAIT)
    guest.context.close()
    assert Path(link.partition("?")[0]).name == "answer"
