"""The frame of the app and the parts that every page is made of."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages._ui.cards import Card, cards
from pages._ui.charts import Bar, Chosen, Line, bar_chart, line_chart, matrix_chart
from pages._ui.charts.base import round_marks, shortened, text_width
from pages._ui.charts.lines import spread
from pages._ui.charts.show import chosen
from pages._ui.palette import GREY, segment_colours
from pages._ui.plain import chart_text, plain

Open = Callable[..., AppTest]
HOSTILE = "*A* [b](javascript:x) $x$ :red[y] <script>"


def write(value: float) -> str:
    return f"{value:g}"


def a_bar(key: str | None, value: float, label: str = "") -> Bar:
    return Bar(key, label or str(key), value, write(value), f"{key}: {value}")


class TestLanguage:
    def test_the_address_chooses_the_language(self, open_app: Open) -> None:
        assert open_app("zh").button(key="language-en").label == "English"
        assert open_app("en").button(key="language-zh").label == "中文"

    def test_a_language_we_do_not_have_is_not_followed(self, open_app: Open) -> None:
        assert open_app("xx").button(key="language-zh").label == "中文"

    def test_the_switch_changes_the_page_and_the_address(self, open_app: Open) -> None:
        app = open_app("en")
        app.button(key="language-zh").click().run()
        assert app.button(key="language-en").label == "English"
        assert app.query_params["lang"] == "zh"

    def test_a_chosen_language_outlives_an_address_without_one(self, open_app: Open) -> None:
        app = open_app("zh")
        del app.query_params["lang"]
        assert app.run().button(key="language-en").label == "English"


class TestFilters:
    def opened(self, **address: str) -> AppTest:
        app = AppTest.from_function(_filter_page)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    def test_without_an_address_the_first_option_and_all_of_many_hold(self) -> None:
        assert self.opened().text[0].value == "year all []"

    def test_a_view_is_a_link(self) -> None:
        app = self.opened(period="month", region="north", team="b")
        assert app.text[0].value == "month north ['b']"
        assert app.selectbox[0].value == "north"

    def test_a_change_is_written_into_the_address_as_a_code(self) -> None:
        app = self.opened()
        app.selectbox[0].select("north").run()
        app.multiselect[0].select("a").run()
        assert app.text[0].value == "year north ['a']"
        assert app.query_params == {"region": "north", "team": "a"}

    def test_a_default_leaves_the_address_short(self) -> None:
        app = self.opened(region="north")
        app.selectbox[0].select("all").run()
        assert "region" not in app.query_params

    def test_what_is_no_option_counts_as_absent(self) -> None:
        assert self.opened(period="<script>", region="", team="zz").text[0].value == "year all []"

    def test_a_filter_can_be_set_and_cleared_from_elsewhere(self) -> None:
        app = self.opened(team="a")
        app.button[0].click().run()
        assert app.selectbox[0].value == "north"
        app.button[1].click().run()
        assert app.text[0].value == "year all []"


def _filter_page() -> None:
    import streamlit as st

    from pages._ui import filters

    period = filters.choice("P", {"year": "This year", "month": "本月"}, name="period")
    region = filters.select("R", {"all": "All", "north": "North"}, name="region")
    teams = filters.select_many("T", {"a": "A", "b": "B"}, name="team", all_text="All")
    st.text(f"{period} {region} {teams}")
    st.button("other", on_click=filters.put, args=("region", "north"))
    st.button("clear", on_click=filters.clear, args=("region", "team"))


def _parts_page() -> None:
    import pandas as pd

    from crm_core.domain.problems import Problem
    from pages._ui.cards import Card, cards
    from pages._ui.charts import show_chart
    from pages._ui.head import page_head
    from pages._ui.notices import empty_state, problem_box
    from pages._ui.tables import Column, table

    hostile = "*A* [b](javascript:x) $x$ :red[y] <script>"
    page_head(hostile, hostile, ["As of today", "", hostile])
    cards([Card(hostile, "6.76亿", "元", change=hostile, direction="up", history=[1, 2])])
    show_chart(None, key="none", finding="Nothing yet", empty=("No rows", "Import a file."))
    rows = pd.DataFrame({"name": [hostile, None], "amount": [1.5, None]})
    table(rows, [Column("name", "Name"), Column("amount", "Amount (CNY)", "money")], key="t")
    problem_box(Problem("file_unreadable", {"reason": hostile}))
    empty_state("Empty", hostile)


class TestParts:
    def test_every_part_shows_customers_names_as_they_are(self) -> None:
        app = AppTest.from_function(_parts_page).run()
        assert not app.exception
        shown = [app.title[0].value, app.metric[0].label, app.error[0].value]
        assert all(plain(HOSTILE) in text for text in shown)

    def test_a_chart_without_data_keeps_its_place_and_says_why(self) -> None:
        app = AppTest.from_function(_parts_page).run()
        assert [each.value for each in app.subheader] == ["Nothing yet"]
        assert any("Import a file" in each.value for each in app.markdown)

    def test_more_than_five_cards_are_refused(self) -> None:
        with pytest.raises(ValueError, match="6 cards"):
            cards([Card("a", "1")] * 6)

    def test_markdown_and_chart_text_lose_their_powers(self) -> None:
        assert plain("$a$ :red[b]") == r"\$a\$ \:red\[b\]"
        assert plain("    code") == "code"
        assert plain(":material/home: -> x:material y") == (
            "\\:\u2060material/home\\: \\-\u2060\\> x\\:material y"
        )
        assert chart_text("<b>a</b> & b") == "&lt;b&gt;a&lt;/b&gt; &amp; b"


class TestBars:
    def test_the_longest_bar_comes_first_and_unclassified_last(self) -> None:
        made = bar_chart([a_bar("a", 1), a_bar(None, 9), a_bar("b", 5)])
        assert [point[0] for point in made.data[0].customdata] == ["b", "a", None]

    def test_only_unclassified_is_hatched(self) -> None:
        made = bar_chart([a_bar("a", 1), a_bar(None, 9)])
        assert list(made.data[0].marker.pattern.shape) == ["", "/"]

    def test_bars_start_at_zero(self) -> None:
        made = bar_chart([a_bar("a", 90), a_bar("b", 100)])
        assert made.layout.xaxis.range[0] == 0

    def test_a_loss_is_shown_left_of_zero(self) -> None:
        made = bar_chart([a_bar("a", 90), a_bar("b", -50)])
        assert made.layout.xaxis.range[0] <= -50

    def test_a_name_is_shown_as_it_is(self) -> None:
        made = bar_chart([a_bar("a", 1, "<b>A</b>")])
        assert made.layout.yaxis.ticktext[0] == "&lt;b&gt;A&lt;/b&gt;"

    def test_no_bars_at_all_make_a_chart_too(self) -> None:
        assert len(bar_chart([]).data[0].x) == 0


class TestLines:
    def made(self, lines: list[Line]) -> go.Figure:
        months = [date(2025, month, 1) for month in range(1, 13)]
        return line_chart(months, lines, write, write, lambda day: f"{day:%b}")

    def test_wide_moments_below_the_axis_are_fewer(self) -> None:
        days = [date(2025, month, 1) for month in (1, 5, 9)]
        for written, marks in (("%H:%M", 3), ("%Y年%m月%d日 %H:%M", 2)):
            made = line_chart(days, [], write, write, lambda day, how=written: day.strftime(how))
            assert len(made.layout.xaxis.ticktext) == marks

    def test_every_line_is_named_at_its_end_the_biggest_first(self) -> None:
        lines = [Line(str(n), f"Line {n}", [float(n)] * 12) for n in range(1, 10)]
        named = [note.text for note in self.made(lines).layout.annotations]
        assert named == [f"Line {n}" for n in range(9, 0, -1)]

    def test_unclassified_is_always_named_and_dotted(self) -> None:
        lines = [Line(str(n), f"Line {n}", [float(n)] * 12) for n in range(1, 10)]
        made = self.made([*lines, Line(None, "Unclassified", [0.1] * 12, GREY)])
        assert "Unclassified" in [note.text for note in made.layout.annotations]
        assert [line.line.dash for line in made.data if line.customdata[0][0] is None] == ["dot"]

    def test_months_without_a_value_are_gaps_and_not_zeros(self) -> None:
        made = self.made([Line("a", "A", [1.0, None] * 6)])
        assert made.data[0].y[1] is None

    def test_nothing_known_makes_a_chart_too(self) -> None:
        assert self.made([Line("a", "A", [None] * 12)]).layout.annotations == ()

    @given(st.lists(st.floats(0, 100), max_size=8))
    def test_labels_at_the_ends_never_overlap(self, values: list[float]) -> None:
        places = sorted(spread(values, 10, 0, 100))
        assert all(above - below >= 10 - 1e-6 for below, above in pairwise(places))
        assert all(-1e-6 <= place <= 100 + 1e-6 for place in places)


class TestMarks:
    @given(st.floats(-1e12, 0), st.floats(0.001, 1e12))
    def test_an_axis_has_a_few_round_marks_and_zero(self, low: float, high: float) -> None:
        marks = round_marks(low, high)
        assert 2 <= len(marks) <= 8
        assert 0 in [round(mark, 9) for mark in marks]

    def test_a_long_label_ends_in_dots_within_its_room(self) -> None:
        cut = shortened("交通运输、仓储和邮政业的大客户", 80)
        assert cut.endswith("…")
        assert text_width(cut) <= 80


def test_a_matrix_leaves_cells_without_business_empty() -> None:
    made = matrix_chart(["a"], ["x", "y"], [[0.4, None]], [["t", ""]], write)
    assert list(made.data[0].text[0]) == ["0.4", ""]


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ({"selection": {"points": [{"customdata": ["Medical", "tip"]}]}}, Chosen("Medical")),
        ({"selection": {"points": [{"customdata": {"0": None, "1": "t"}}]}}, Chosen(None)),
        ({"selection": {"points": []}}, None),
        ({"selection": {"points": [{}]}}, None),
        (None, None),
    ],
)
def test_a_click_names_its_mark_whatever_the_browser_sends(
    state: object, mark: Chosen | None
) -> None:
    assert chosen(state) == mark


def test_a_segment_keeps_its_colour_whatever_the_order_and_unclassified_is_grey() -> None:
    known = ["Retail", "Medical", None, "Finance"]
    assert segment_colours(known) == segment_colours(reversed(known))
    assert segment_colours(known)[None] == GREY
    assert len(set(segment_colours(known).values())) == 4


def test_numbers_in_a_table_show_every_digit_of_the_source() -> None:
    from decimal import Decimal

    from pages._ui.tables import _digits

    assert _digits(pd.Series([Decimal("129.696"), None]), 2) == 3
    assert _digits(pd.Series([1.5, 2.0]), 2) == 2
    assert _digits(pd.Series([1, 2]), 2) == 0
    assert _digits(pd.Series([None, None]), 2) == 0


def test_rows_are_taken_away_as_they_are_read_and_no_cell_is_a_formula() -> None:
    from pages._ui.tables import Column, as_csv

    rows = pd.DataFrame(
        {
            "name": ["=1+1", None],
            "share": [0.1234, None],
            "day": pd.to_datetime(["2026-03-01", None]),
            "amount": [12.5, -3.0],
            "course": [[1, 2], None],
        }
    )
    columns = [
        Column("day", "Day", "day"),
        Column("name", "Name"),
        Column("share", "Share", "percent"),
        Column("amount", "=Amount", "money"),
        Column("course", "Course", "line"),
    ]
    assert as_csv(rows, columns).decode("utf-8-sig").splitlines() == [
        "Day,Name,Share,'=Amount",
        "2026-03-01,'=1+1,12.3%,12.5",
        ",,,-3.0",
    ]
