"""What people come for, from the first look to their own figures, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

EXPORT = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder,Retail,Closed Won,1200.50,2024-03-01\n"
    "2,Birch,Medical,Closed Won,800,2024-03-02\n"
    "3,Cedar,,Closed Won,99,2024-03-02\n"
    "4,Cedar,,Closed Won,ninety,2024-03-02\n"
)


@pytest.mark.parametrize(("language", "title"), [("zh", "细分市场"), ("en", "Segments")])
def test_a_deep_link_to_the_segment_page_shows_it_in_both_languages(
    visit: Visit, language: str, title: str
) -> None:
    page = visit(f"/segments?lang={language}")
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.locator('[data-testid="stMetric"]').first).to_be_visible()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_an_export_becomes_a_segment_report_and_the_sample_stays_apart(
    visit: Visit, tmp_path: Path
) -> None:
    export = tmp_path / "crm export.csv"
    export.write_text(EXPORT)
    page = visit("/?lang=en")
    page.get_by_role("button", name="Start with my data").first.click()
    expect(page).to_have_url(lambda url: "/import" in url)
    page.locator('input[type="file"]').set_input_files(str(export))
    load = page.get_by_role("button", name="Load", exact=False).last
    expect(load).to_be_enabled(timeout=30_000)
    load.click()
    expect(page.get_by_text("crm export.csv").first).to_be_visible(timeout=30_000)
