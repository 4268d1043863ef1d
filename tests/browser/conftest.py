"""The app in a real browser: the server as a reader starts it, Chromium as a reader has it."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from app_process import LOGS, Settle, startable
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

QUIET = '[data-test-script-state="notRunning"]'

CONTEXTS = pytest.StashKey[list[BrowserContext]]()
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, settle_sample: Settle) -> Iterator[str]:
    """The address of the app, running on a store of its own."""
    home = tmp_path_factory.mktemp("home")
    settle_sample(home)
    with _served("app:app", home) as address:
        yield address


@pytest.fixture
def fresh_server(tmp_path: Path, settle_sample: Settle) -> Iterator[str]:
    """The address of an app that nobody has visited yet."""
    settle_sample(tmp_path)
    with _served("app:app", tmp_path) as address:
        yield address


@pytest.fixture
def server_of_another_store(tmp_path: Path, settle_sample: Settle) -> Iterator[tuple[str, Path]]:
    """The address of an app that was started with --store, and the store that it was told."""
    store = tmp_path / "elsewhere" / "mine.duckdb"
    settle_sample(store.parent)
    with _served("app:app", tmp_path, "--store", str(store)) as address:
        yield address, store


@pytest.fixture(scope="session")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with every widget in it, in the same frame as ours."""
    with _served("widgets_app:app", tmp_path_factory.mktemp("widgets")) as address:
        yield address


@contextmanager
def _served(app: str, home: Path, *words: str) -> Iterator[str]:
    start, port = startable(home, app, *words)
    process = start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one CHROMIUM names, else Debian's, else Playwright's own."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        path = path or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.fail(
                "No browser for these tests. Install Chromium (Debian: apt install chromium "
                "fonts-noto-cjk; elsewhere: python -m playwright install chromium), or name one: "
                "CHROMIUM=/path/to/chrome"
            )
        started = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that failed tells what its reader saw, and what the apps said last."""
    report = yield
    if report.when == "call" and report.failed:
        for context in item.stash.get(CONTEXTS, []):
            for page in context.pages:
                report.sections.append((page.url, page.locator("body").inner_text()))
        for log in LOGS:
            report.sections.append((str(log), log.read_text(errors="replace")[-2_000:]))
    return report


@pytest.fixture
def visit(server: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open an address as a reader: visit("/", locale="zh-CN", theme="dark", width=390)."""
    contexts = request.node.stash[CONTEXTS] = []

    def go(
        path: str = "/", *, locale: str = "en-US", theme: Any = "light", width: int = 1440
    ) -> Page:
        context = browser.new_context(
            locale=locale, color_scheme=theme, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path if path.startswith("http") else server + path)
        settled(page)
        return page

    yield go
    for context in contexts:
        context.close()


def settled(page: Page) -> Page:
    """The page, after its script has run."""
    page.wait_for_selector(QUIET, timeout=60_000)
    return page


@pytest.fixture
def load(visit: Visit, fresh_server: str, tmp_path: Path) -> Callable[[str], Page]:
    """Bring a text in as a file of one sheet, and load it; the page with the result."""

    def bring_in(text: str) -> Page:
        export = tmp_path / "crm export.csv"
        export.write_text(text)
        page = visit(f"{fresh_server}/import?lang=en&company=own")
        page.locator('input[type="file"]').set_input_files(str(export))
        page.get_by_role("button", name="Read the files").click()
        page.get_by_role("button", name="Load 1 sheet").click(timeout=60_000)
        return page

    return bring_in
