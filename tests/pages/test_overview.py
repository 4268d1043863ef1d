"""The start page."""

from pathlib import Path

from own_store import DEALS, Open, load, open_own

__all__ = ["open_own"]


def test_the_figures_an_executive_wants_first_are_there(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("en")
    assert [metric.label for metric in app.metric] == [
        "Revenue",
        "Open pipeline",
        "Win rate",
        "Revenue classified",
        "Lines in quarantine",
    ]
    assert app.subheader[0].value.startswith("Medical brings 60% of revenue")


def test_lines_that_wait_are_counted_and_none_is_a_dash(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    assert open_own("en").metric[4].value == "–"
    broken = "010,Alder,Medical,Probe,Ann Lee,Closed Won,abc,2024-07-02\n"
    load(tmp_path, DEALS + broken)
    assert open_own("en").metric[4].value == "1"


def test_an_empty_store_of_ones_own_offers_a_beginning_and_the_sample(open_own: Open) -> None:
    app = open_own("en")
    labels = [button.label for button in app.button]
    assert "Import data" in labels
    assert "Look at the sample company" in labels
