"""Many people answer at the same moment, each behind their own link, while the server is killed."""

import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from conftest import Settle, startable
from playwright.sync_api import Browser, Locator, Page, expect

from crm_core.domain.actor import LOCAL
from crm_core.reference.checklists import checklists
from crm_core.services import stores
from crm_core.services.checklists import answers, assessments, links, respondents

WAIT = 60_000
ITEMS = [one for one in checklists()["readiness"].items if one.kind == "scale"][:6]
KILLED_AT = 2
"""The question during which the server is killed."""

Serve = Callable[[], "Popen[bytes]"]


@pytest.fixture
def serve(tmp_path: Path, settle_sample: Settle) -> Iterator[tuple[Serve, str]]:
    """Start the app on the store of this test, as often as wished, always at one address."""
    settle_sample(tmp_path)
    begin, port = startable(tmp_path)
    running: list[Popen[bytes]] = []

    def start() -> "Popen[bytes]":
        running.append(begin())
        return running[-1]

    yield start, f"http://127.0.0.1:{port}"
    for one in running:
        one.kill()
        one.wait(20)


def invited(path: Path, people: int) -> dict[str, str]:
    """Respondent -> token, of an assessment with so many people."""
    store = stores.open_store(path)
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=date(2026, 3, 2))
    found = {}
    for number in range(people):
        who = respondents.add(store, LOCAL, key, f"Person {number}", "front_line")
        found[who] = links.make(store, LOCAL, who)
    store.close()
    return found


def level(page: Page, item: Any, place: int) -> Locator:
    return page.locator(f".st-key-level-{item.id}-{item.options[place].code} button")


def is_saved(page: Page, item: Any, place: int, timeout: float) -> bool:
    """Whether the page says so of this very answer."""
    chosen = level(page, item, place).and_(page.locator('[kind="primary"]'))
    try:
        expect(chosen).to_be_visible(timeout=timeout)
        expect(page.locator(".st-key-checklist-acts")).to_contain_text("Saved", timeout=timeout)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("people", [8, pytest.param(50, marks=pytest.mark.long)])
def test_no_answer_that_was_said_to_be_saved_is_lost_or_doubled_when_the_server_is_killed(
    serve: tuple[Serve, str], browser: Browser, tmp_path: Path, people: int
) -> None:
    start, address = serve
    tokens = invited(tmp_path / "crm.duckdb", people)
    server = start()
    context = browser.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    pages = {who: context.new_page() for who in tokens}
    for who, page in pages.items():
        page.goto(f"{address}/answer?token={tokens[who]}&item={ITEMS[0].id}")
    said: dict[tuple[str, str], str] = {}
    for at, item in enumerate(ITEMS):
        wished = {who: (number + at) % len(item.options) for number, who in enumerate(pages)}
        for number, (who, page) in enumerate(pages.items()):
            if at == KILLED_AT and number == people // 2:
                server.send_signal(signal.SIGKILL)
                server.wait(20)
            if at == KILLED_AT and number >= people // 2:
                continue  # nobody can press anything just now
            level(page, item, wished[who]).click(timeout=WAIT, no_wait_after=True)
        print("clicked", at, time.monotonic(), flush=True)
        if at == KILLED_AT:
            for who, page in pages.items():
                if is_saved(page, item, wished[who], 1):
                    said[who, item.id] = item.options[wished[who]].code
            server = start()
        for who, page in pages.items():
            until_saved(page, item, wished[who])
            print("saved", at, who[:4], time.monotonic(), flush=True)
            said[who, item.id] = item.options[wished[who]].code
            if at + 1 < len(ITEMS):
                go_on(page, item, ITEMS[at + 1])
    server.send_signal(signal.SIGKILL)
    server.wait(20)
    assert kept(tmp_path / "crm.duckdb") == said


def until_saved(page: Page, item: Any, place: int) -> None:
    """Press again, as people do, what was not said to be saved."""
    end = time.monotonic() + WAIT / 1000
    while not is_saved(page, item, place, 4_000):
        assert time.monotonic() < end, f"{item.id} was never said to be saved"
        if level(page, item, place).is_enabled(timeout=WAIT):
            level(page, item, place).click(timeout=WAIT, no_wait_after=True)


def go_on(page: Page, before: Any, after: Any) -> None:
    """On to a later question, as the button of each question between leads."""
    order = [one.id for one in checklists()["readiness"].items]
    for place in order[order.index(before.id) : order.index(after.id)]:
        page.locator(f".st-key-next-{place} button").click(timeout=WAIT)


def kept(path: Path) -> dict[tuple[str, str], str]:
    """Respondent and item -> what the store holds; a second answer to one would be seen."""
    store = stores.open_store(path)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT respondent, item, value ->> '$' FROM checklist.answer"
        ).fetchall()
        versions = cursor.execute(
            "SELECT count(*), count(DISTINCT (respondent, item, version)) FROM"
            " (SELECT respondent, item, version FROM checklist.answer UNION ALL"
            " SELECT respondent, item, version FROM checklist_history.answer)"
        ).fetchone()
    assert answers.all_filled(store, LOCAL, "A-1")
    store.close()
    assert versions and versions[0] == versions[1] == len(rows)
    found = {(who, item): value for who, item, value in rows}
    assert len(found) == len(rows)
    return found
