"""The frame of the app as a reader meets it: language, themes, small screens, safety."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

Visit = Callable[..., Page]
SWITCH = '[class*="st-key-language-"] button'
QUIET = '[data-test-script-state="notRunning"]'
MENU = '[data-testid="stMainMenu"] button'


def test_the_page_follows_the_browsers_language(visit: Visit) -> None:
    for locale, language, title in (("zh-CN", "zh", "总览"), ("en-GB", "en", "Overview")):
        page = visit("/", locale=locale)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("h1")).to_contain_text(title)


def test_the_address_outranks_the_browser(visit: Visit) -> None:
    page = visit("/?lang=zh", locale="en-US")
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_the_switch_turns_the_whole_page_and_is_remembered(visit: Visit) -> None:
    page = visit("/", locale="en-US")
    page.locator(SWITCH).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("h1")).to_contain_text("总览")
    expect(page.locator(MENU)).to_have_attribute("aria-label", "主菜单")
    page.goto(page.url.split("?")[0])
    expect(page.locator("h1")).to_contain_text("总览")


@pytest.mark.long
def test_the_frameworks_own_words_turn_back_too(visit: Visit) -> None:
    page = visit("/", locale="zh-CN")
    expect(page.locator(MENU)).to_have_attribute("aria-label", "主菜单")
    page.locator(SWITCH).click()
    expect(page.locator(MENU)).to_have_attribute("aria-label", "Main menu")


def test_the_menu_offers_light_and_dark_and_nothing_of_the_frameworks(visit: Visit) -> None:
    page = visit("/", locale="zh-CN")
    page.locator(MENU).click()
    menu = page.locator('[data-testid="stMainMenuPopover"]')
    expect(menu).to_contain_text("深色")
    assert set(menu.inner_text().split()) >= {"系统", "浅色", "深色", "关于"}
    expect(page.get_by_text("Made with")).not_to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)


@pytest.mark.long
def test_no_page_moves_sideways_and_the_switch_is_in_sight(visit: Visit) -> None:
    page = visit("/?lang=en")
    links = page.locator('[data-testid="stSidebarNavLink"]')
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    assert len(addresses) > 20
    for address in addresses:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.locator(f'[data-testid="stSidebarNavLink"][href="{address}"]').click()
        page.wait_for_url(lambda url, to=address: urlsplit(url).path == urlsplit(to).path)
        page.wait_for_selector(QUIET)
        for width, theme in ((1440, "light"), (390, "dark")):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            expect(page.locator("h1")).to_be_visible()
            page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
            main = page.locator('[data-testid="stMain"]')
            assert main.evaluate("element => element.scrollWidth <= element.clientWidth"), address
            expect(page.locator(SWITCH)).to_be_in_viewport()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/", marks=pytest.mark.long),
        "/segments?lang=en",
        pytest.param("/segments?lang=zh#top", marks=pytest.mark.long),
    ],
)
def test_a_browser_asks_no_other_host_and_finds_no_fault(
    visit: Visit, server: str, address: str
) -> None:
    page = visit(address)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    foreign = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert foreign == []
    assert faults == []


def test_the_page_is_sent_with_safety_headers(server: str) -> None:
    request = Request(server + "/", headers={"Accept": "text/html", "Accept-Language": "zh-CN"})
    with urlopen(request) as answer:
        page, headers = answer.read().decode(), answer.headers
    assert '<html lang="zh">' in page
    assert "<title>CRM 驾驶舱</title>" in page
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"].split("style-src")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_forged_language_reaches_nothing(server: str) -> None:
    request = Request(
        server + "/?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        headers={"Accept": "text/html", "Cookie": 'crm_language="><script>'},
    )
    with urlopen(request) as answer:
        page = answer.read().decode()
    assert '<html lang="en">' in page
    assert "alert(1)" not in page


def test_the_first_visitor_of_a_fresh_server_may_come_by_a_deep_link(
    fresh_server: str, browser: Browser
) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(f"{fresh_server}/segments")
    expect(page.locator("h1")).to_contain_text("segments", timeout=20_000)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    page.close()
