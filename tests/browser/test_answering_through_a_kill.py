"""Many people answer at the same moment, each behind their own link, while the server is killed."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from subprocess import Popen

import pytest
from app_process import Settle, startable
from playwright.sync_api import Browser, Locator, Page, expect

from crm_core.domain.actor import LOCAL
from crm_core.domain.checklists import Item
from crm_core.reference.checklists import checklists
from crm_core.services import stores
from crm_core.services.checklists import assessments, links, respondents

WAIT = 120_000
AGAIN = 4_000
"""Milliseconds after which somebody presses again what was not said to be saved."""
ORDER = [one.id for one in checklists()["readiness"].items]
ITEMS = [one for one in checklists()["readiness"].items if one.kind == "scale"][:4]
KILLED_AT = 1
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


@dataclass
class Crowd:
    """People, each with a page of their own, and what their pages said to be saved."""

    pages: Mapping[str, Page]
    """By respondent."""
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def wished(self, at: int) -> Iterator[tuple[str, Page, int]]:
        """Everybody with the place of the answer that they will choose."""
        for number, (who, page) in enumerate(self.pages.items()):
            yield who, page, (number + at) % len(ITEMS[at].options)

    def press(self, at: int, dying: "Popen[bytes] | None") -> None:
        """All press their answers; where the server dies, half of them before it does."""
        for number, (_, page, place) in enumerate(self.wished(at)):
            if dying and number == len(self.pages) // 2:
                dying.kill()
                dying.wait(20)
                return
            level(page, ITEMS[at], place).click(timeout=WAIT, no_wait_after=True)

    def look(self, at: int) -> None:
        """Take down whose answer the pages say to be saved, without a word from the server."""
        for who, page, place in self.wished(at):
            if is_saved(page, ITEMS[at], place, 500):
                self.said[who, ITEMS[at].id] = ITEMS[at].options[place].code

    def insist(self, at: int) -> None:
        """Press again, as people do, until the answer is said to be saved."""
        for who, page, place in self.wished(at):
            end = time.monotonic() + WAIT / 1000
            while not is_saved(page, ITEMS[at], place, AGAIN):
                assert time.monotonic() < end, f"{ITEMS[at].id} was never said to be saved"
                level(page, ITEMS[at], place).click(timeout=WAIT, no_wait_after=True)
            self.said[who, ITEMS[at].id] = ITEMS[at].options[place].code

    def go_on(self, at: int) -> None:
        """To the next item that is answered here, by the button of each question between."""
        places = ORDER[ORDER.index(ITEMS[at].id) : ORDER.index(ITEMS[at + 1].id) + 1]
        for page in self.pages.values():
            for place, following in pairwise(places):
                leave(page, place, following)


def leave(page: Page, place: str, following: str) -> None:
    """From a question to the next; what is pressed while the server is away is pressed again."""
    end = time.monotonic() + WAIT / 1000
    arrived = False
    while not arrived:
        assert time.monotonic() < end, f"{following} never came"
        way = page.locator(f".st-key-next-{place} button")
        if way.is_visible():
            way.click(timeout=WAIT, no_wait_after=True)
        arrived = is_visible(page.locator(f".st-key-next-{following}"), AGAIN)


def is_visible(place: Locator, timeout: float) -> bool:
    try:
        expect(place).to_be_visible(timeout=timeout)
    except AssertionError:
        return False
    return True


def level(page: Page, item: Item, place: int) -> Locator:
    return page.locator(f".st-key-level-{item.id}-{item.options[place].code} button")


def is_saved(page: Page, item: Item, place: int, timeout: float) -> bool:
    """Whether the page says so of this very answer."""
    try:
        expect(level(page, item, place)).to_have_attribute("kind", "primary", timeout=timeout)
        expect(page.locator(".st-key-checklist-acts")).to_contain_text("Saved", timeout=timeout)
    except AssertionError:
        return False
    return True


@pytest.mark.long
@pytest.mark.parametrize("people", [2, 50])
def test_no_answer_that_was_said_to_be_saved_is_lost_or_doubled_when_the_server_is_killed(
    serve: tuple[Serve, str], browser: Browser, tmp_path: Path, people: int
) -> None:
    start, address = serve
    tokens = invited(tmp_path / "crm.duckdb", people)
    server = start()
    context = browser.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    crowd = Crowd({who: context.new_page() for who in tokens})
    for who, page in crowd.pages.items():
        page.goto(f"{address}/answer?token={tokens[who]}&item={ITEMS[0].id}")
    for at in range(len(ITEMS)):
        crowd.press(at, server if at == KILLED_AT else None)
        if at == KILLED_AT:
            crowd.look(at)
            server = start()
        crowd.insist(at)
        if at + 1 < len(ITEMS):
            crowd.go_on(at)
    context.close()
    server.kill()
    server.wait(20)
    assert kept(tmp_path / "crm.duckdb") == crowd.said
    assert len(crowd.said) == people * len(ITEMS)


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


def kept(path: Path) -> dict[tuple[str, str], str]:
    """Respondent and item -> the code that the store holds; each once, in one version."""
    store = stores.open_store(path)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT respondent, item, value ->> '$' FROM checklist.answer"
        ).fetchall()
        [(earlier,)] = cursor.execute("SELECT count(*) FROM checklist_history.answer").fetchall()
    store.close()
    found = {(who, item): value for who, item, value in rows}
    assert len(found) == len(rows) and earlier == 0
    return found


@pytest.mark.long
def test_a_comment_typed_as_the_server_dies_is_saved_once_it_is_back(
    serve: tuple[Serve, str], browser: Browser, tmp_path: Path
) -> None:
    start, address = serve
    [(_, token)] = invited(tmp_path / "crm.duckdb", 1).items()
    server = start()
    page = browser.new_context(locale="en-US").new_page()
    page.goto(f"{address}/answer?token={token}&item={ITEMS[0].id}")
    level(page, ITEMS[0], 0).click(timeout=WAIT)
    comment = page.get_by_role("textbox", name="Note")
    comment.wait_for(timeout=WAIT)
    acts = page.locator(".st-key-checklist-acts")
    before = acts.inner_text()
    server.kill()
    comment.fill("since May", timeout=500)
    server.wait(20)
    server = start()
    expect(acts).not_to_have_text(before, timeout=WAIT, use_inner_text=True)
    page.context.close()
    server.kill()
    server.wait(20)
    store = stores.open_store(tmp_path / "crm.duckdb")
    with store.read() as cursor:
        found = cursor.execute("SELECT note FROM checklist.answer").fetchall()
    store.close()
    assert found == [("since May",)]
