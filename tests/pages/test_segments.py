"""The segment page: what it shows, that its state is in the address, and the way to the line."""

import json
from pathlib import Path

import pytest
from own_store import DEALS, HEAD, Open, load, open_own

from pages._ui.plain import plain

PAGE = "pages/steer/segments.py"

__all__ = ["open_own"]


@pytest.fixture
def open_deals(open_own: Open, tmp_path: Path) -> Open:
    """The app on a store with a few deals."""
    load(tmp_path, DEALS)
    return open_own


def titles(app) -> list[str]:
    return [part.value for part in app.subheader]


def card(app, label: str) -> str:
    return next(metric.value for metric in app.metric if metric.label == label)


def test_the_main_chart_says_what_it_shows_in_either_language(open_deals: Open) -> None:
    english, chinese = open_deals("en", PAGE), open_deals("zh", PAGE)
    assert titles(english)[0] == "Medical brings 60% of revenue, 50% more than a year before"
    assert titles(chinese)[0] == "医疗贡献了 60% 的收入，同比增长 50%"


def test_small_type_says_as_of_when_and_on_what_basis(open_deals: Open) -> None:
    small = open_deals("en", PAGE).caption[0].value
    assert "As of Jun 30, 2024" in small
    assert "won opportunities" in small
    assert "80% of revenue classified" in small


def test_a_link_with_a_segment_shows_that_segment_and_a_way_back(open_deals: Open) -> None:
    app = open_deals("en", PAGE, segment="Medical")
    assert card(app, "Revenue").startswith("301")
    app.button(key="segment-chip").click().run()
    assert "segment" not in app.query_params
    assert card(app, "Revenue").startswith("500")


def test_unclassified_can_be_looked_at_alone(open_deals: Open) -> None:
    app = open_deals("en", PAGE, segment="~")
    assert app.button(key="segment-chip").label == "Only Unclassified"
    assert card(app, "Revenue").startswith(plain("99.5"))


def test_a_segment_that_nobody_knows_is_no_filter(open_deals: Open) -> None:
    app = open_deals("en", PAGE, segment="'; DROP TABLE crm.sale; --", period="x", region="<b>")
    assert card(app, "Revenue").startswith("500")


@pytest.mark.parametrize(
    "period", ["12m", "fytd", "fy-last", "quarter", "quarter-last", "month", "all"]
)
def test_every_period_can_be_shown(open_deals: Open, period: str) -> None:
    app = open_deals("zh", PAGE, period=period)
    assert len(app.metric) >= 5
    assert not app.error


def test_the_rows_behind_the_figures_are_shown_with_their_file(open_deals: Open) -> None:
    app = open_deals("en", PAGE, segment="Medical")
    app.button(key="rows").click().run()
    [rows] = [each.value for each in app.dataframe if "source_line" in each.value.columns]
    assert rows["source_line"].tolist() == [2]
    assert rows["amount"].astype(float).tolist() == [300.5]


def test_the_grounds_name_files_and_both_ends_of_the_data(open_deals: Open) -> None:
    app = open_deals("en", PAGE)
    app.button(key="basis").click().run()
    [files] = [each.value for each in app.dataframe if "rows_read" in each.value.columns]
    assert files["source_file"].tolist() == ["deals.csv"]
    assert any("Every row of revenue is dated" in part.value for part in app.markdown)


def test_later_changes_are_news_until_they_are_seen(open_deals: Open, tmp_path: Path) -> None:
    open_deals("en", PAGE)
    load(tmp_path, HEAD + "009,Alder,Medical,Probe,Ann Lee,Closed Won,12,2024-07-02\n")
    app = open_deals("en", PAGE)
    assert any("new 1 row" in part.value for part in app.markdown)
    app.button(key="news-details").click().run()
    [news] = [each.value for each in app.dataframe if "kind" in each.value.columns]
    assert news["kind"].tolist() == ["new"]
    app.button(key="news-seen").click().run()
    assert not [button for button in app.button if button.key == "news-seen"]


def test_an_empty_store_teaches_how_to_begin(open_own: Open) -> None:
    app = open_own("zh", PAGE)
    assert "还没有客户数据" in app.markdown[1].value
    assert not app.metric


def charts(app) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def test_shares_and_changes_are_rounded_not_cut(open_own: Open, tmp_path: Path) -> None:
    rows = [("1", "Medical", "2"), ("2", "Retail", "1")]
    load(
        tmp_path,
        HEAD
        + "".join(
            f"{number},Alder {number},{segment},Scanner,Ann Lee,Closed Won,{amount},2024-06-30\n"
            for number, segment, amount in rows
        ),
    )
    app = open_own("en", PAGE)
    [figures] = [each.value for each in app.dataframe if "share" in each.value.columns]
    assert figures["share"].tolist()[:2] == [66.7, 33.3]
    assert titles(app)[0].startswith("Medical brings 67% of revenue")


def test_deals_without_a_segment_and_without_revenue_are_told_all_the_same(
    open_own: Open, tmp_path: Path
) -> None:
    load(
        tmp_path,
        HEAD
        + "1,Alder,Medical,Scanner,Ann Lee,Closed Won,300,2024-06-30\n"
        + "2,Birch,,Scanner,Ann Lee,Prospecting,,\n",
    )
    bars = str(charts(open_own("en", PAGE))[0])
    assert "Unclassified" in bars
    assert "no revenue" in bars
    assert "1 opportunity without a segment" in bars


def test_small_segments_share_one_line_that_adds_up_and_names_them(
    open_own: Open, tmp_path: Path
) -> None:
    segments = [f"Segment {letter}" for letter in "ABCDEFGHIJKL"]
    load(
        tmp_path,
        HEAD
        + "".join(
            f"{at},Alder {at},{segment},Scanner,Ann Lee,Closed Won,{1000 - at},2024-0{month}-15\n"
            for month in (5, 6)
            for at, segment in enumerate(segments, month * 100)
        ),
    )
    app = open_own("en", PAGE)
    lines = {
        line["customdata"][0][1].split("<br>")[0]: line["y"] for line in charts(app)[1]["data"]
    }
    small = set(segments) - set(lines)
    assert "Others" in lines
    assert len(small) > 1
    last_full_month = enumerate(segments, 500)
    assert lines["Others"][-1] == sum(1000 - at for at, name in last_full_month if name in small)
    assert any(all(name in part.value for name in small) for part in app.caption)


def test_the_filters_fold_and_their_button_tells_what_is_chosen(open_deals: Open) -> None:
    app = open_deals("en", PAGE, period="all")
    assert app.button(key="fold").label == "All time"
    folded = app.button(key="fold").icon
    app.button(key="fold").click().run()
    assert app.button(key="fold").icon != folded
