"""What people come for, from the first look to their own figures, in a real browser."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

ROOT = Path(__file__).resolve().parents[2]
WAIT = 60_000

EXPORT = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder,Retail,Closed Won,1200.50,2024-03-01\n"
    "2,Birch,Medical,Closed Won,800,2024-03-02\n"
    "3,Cedar,,Closed Won,99,2024-03-02\n"
    "4,Cedar,,Closed Won,ninety,2024-03-02\n"
)


@pytest.mark.parametrize(
    ("language", "title"),
    [pytest.param("zh", "细分市场", marks=pytest.mark.long), ("en", "Market segments")],
)
def test_a_deep_link_to_the_segment_page_shows_it_in_both_languages(
    visit: Visit, language: str, title: str
) -> None:
    page = visit(f"/segments?lang={language}")
    expect(page.locator("h1")).to_contain_text(title, timeout=WAIT)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=WAIT)
    expect(page.locator('[data-testid="stMetric"]').first).to_be_visible()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_an_export_becomes_a_segment_report_and_the_sample_stays_apart(
    visit: Visit, tmp_path: Path
) -> None:
    export = tmp_path / "crm export.csv"
    export.write_text(EXPORT)
    page = visit("/?lang=en")
    page.get_by_role("button", name="Start with my data").first.click()
    expect(page).to_have_url(re.compile("/import"))
    page.locator('input[type="file"]').set_input_files(str(export))
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name="Load 1 sheet").click(timeout=WAIT)
    expect(page.get_by_text("Load no. 1 is done: 3 new rows.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("link", name="1 line set aside")).to_be_visible()
    page.get_by_role("link", name="See revenue by segment").click()
    expect(page.locator("h1")).to_contain_text("Market segments", timeout=WAIT)
    revenue = page.locator('[data-testid="stMetric"]').first
    expect(revenue).to_contain_text("2.10K", timeout=WAIT)
    expect(page.get_by_text("Retail brings 57% of revenue")).to_be_visible(timeout=WAIT)
    page.goto(re.sub("company=own", "company=sample", page.url))
    expect(page.get_by_text("Retail brings 57% of revenue")).to_have_count(0, timeout=WAIT)


@pytest.mark.long
def test_a_folder_is_brought_in_with_the_folders_in_it(
    visit: Visit, fresh_server: str, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    for year in ("2023", "2024"):
        (folder / year).mkdir(parents=True)
        (folder / year / "deals.csv").write_text(EXPORT.replace("2024", year))
    (folder / "plan.pdf").write_bytes(b"%PDF-1.4")
    page = visit(f"{fresh_server}/import?lang=en&company=own")
    page.get_by_role("radio", name="A folder").click()
    choose = page.locator('input[type="file"][webkitdirectory]')
    choose.set_input_files(str(folder))
    expect(page.get_by_text("1 other file of the folder is left out.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Read the folder").click()
    page.get_by_role("button", name="Load 2 sheets").click(timeout=WAIT)
    expect(page.get_by_text("Load no. 1 is done")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="Look at load no. 1").click()
    page.get_by_role("combobox", name="File").click()
    for name in ("deals (2023).csv", "deals (2024).csv"):
        expect(page.get_by_role("option", name=name)).to_be_visible(timeout=WAIT)


@pytest.mark.long
def test_an_app_started_on_a_store_keeps_everything_there(
    visit: Visit, server_of_another_store: tuple[str, Path], tmp_path: Path
) -> None:
    address, store = server_of_another_store
    page = visit(f"{address}/loads?lang=en&company=own")
    expect(page.get_by_text("Nothing has been loaded yet")).to_be_visible()
    (tmp_path / "deals.csv").write_text("Deal ID,Stage,Amount\n1,Won,5\n", encoding="utf-8")
    command = ["import", str(tmp_path / "deals.csv"), "--yes", "--store", str(store)]
    subprocess.run([sys.executable, "-m", "crm_core", *command], cwd=ROOT, check=True, timeout=60)
    page = visit(f"{address}/loads?lang=en&company=own")
    expect(page.get_by_role("button", name="Take this load back")).to_be_visible(timeout=WAIT)
    beside = {path.name for path in store.parent.glob("*.duckdb")}
    assert beside == {"mine.duckdb", "sample.duckdb", "sample-en.duckdb"}
    assert not list(tmp_path.glob("*.duckdb"))
