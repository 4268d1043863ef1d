"""The segment report: what it sums, what it says, and that every figure leads to its rows."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from begun import load
from python_calamine import CalamineWorkbook

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.domain.periods import Choice, Compare, Period
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services import segments, settings
from crm_core.services.segments import Asked, revenue_finding

ACCOUNTS = "Account Name,Industry\nAlder,Medical\nBirch,Retail\nCedar,\n"
HEAD = "Opportunity ID,Account Name,Product,Sales Agent,Stage,Amount,Close Date\n"
DEALS = HEAD + (
    "001,Alder,Scanner,Ann Lee,Closed Won,300.50,2024-06-30\n"
    "002,Birch,Scanner,Ann Lee,Closed Won,100.00,2024-06-28\n"
    "003,Cedar,Probe,Ann Lee,Closed Won,99.50,2024-05-02\n"
    "004,Alder,Probe,Ann Lee,Closed Lost,50,2024-06-01\n"
    "005,Birch,Probe,Ann Lee,Prospecting,70,\n"
    "006,Alder,Probe,Ann Lee,Closed Won,200.00,2023-06-15\n"
    "007,Birch,Scanner,Ann Lee,Closed Won,400.00,2022-07-15\n"
)
YEAR = Asked()


@pytest.fixture
def company(store_of):
    return store_of(accounts=ACCOUNTS, deals=DEALS)


def by_segment(store, asked: Asked = YEAR) -> dict[str | None, segments.Figures]:
    return {row.segment: row for row in segments.report(store, LOCAL, asked).segments}


def test_the_data_and_not_the_clock_say_what_the_last_year_is(company) -> None:
    report = segments.report(company, LOCAL, YEAR)
    assert report.as_of == date(2024, 6, 30)
    assert report.period == Period(date(2023, 7, 1), date(2024, 6, 1))


def test_a_date_far_beyond_the_load_does_not_decide_what_now_is(load, store) -> None:
    load(accounts=ACCOUNTS, deals=DEALS + "008,Alder,Probe,Ann Lee,Closed Won,1,2999-01-01\n")
    assert segments.report(store, LOCAL, YEAR).as_of == date(2024, 6, 30)


def test_segments_are_sorted_by_revenue_with_unclassified_last(company) -> None:
    rows = segments.report(company, LOCAL, YEAR).segments
    assert [(row.segment, row.revenue) for row in rows] == [
        ("Medical", Decimal("300.5")),
        ("Retail", Decimal("100")),
        (None, Decimal("99.5")),
    ]
    assert sum(row.share for row in rows) == pytest.approx(1)


def test_a_change_is_against_the_period_before(company) -> None:
    found = by_segment(company)
    assert found["Medical"].before == Decimal("200")
    assert found["Medical"].change == pytest.approx(0.5025)
    assert found["Retail"].before == Decimal("400")


def test_what_had_no_revenue_before_has_no_change_rather_than_an_endless_one(company) -> None:
    assert by_segment(company)[None].change is None


def test_no_comparison_is_made_with_a_time_before_the_data(company) -> None:
    assert segments.report(company, LOCAL, YEAR).before == Period(
        date(2022, 7, 1), date(2023, 6, 1)
    )
    assert segments.report(company, LOCAL, Asked(period=Choice.LAST_YEAR)).before is None
    assert segments.report(company, LOCAL, Asked(compare=Compare.NOTHING)).before is None


def test_a_segment_without_a_deal_in_the_period_has_no_revenue_rather_than_zero(company) -> None:
    found = by_segment(company, Asked(period=Choice.MONTH))
    assert found[None].revenue is None and found[None].average_deal is None
    assert found["Medical"].revenue == Decimal("300.5")


def test_what_is_unclassified_is_said_of_revenue_and_of_customers(company) -> None:
    report = segments.report(company, LOCAL, YEAR)
    assert report.revenue_classified == pytest.approx(400.5 / 500)
    assert report.customers_classified == pytest.approx(2 / 3)


def test_a_segment_asked_for_narrows_the_total_but_keeps_every_bar(company) -> None:
    report = segments.report(company, LOCAL, Asked(segment="Retail"))
    assert report.total.revenue == Decimal("100")
    assert len(report.segments) == 3
    assert set(report.trend) == {"Retail"}


def test_the_total_is_the_sum_of_its_segments(company) -> None:
    report = segments.report(company, LOCAL, YEAR)
    assert report.total.revenue == Decimal("500")
    assert (report.total.won, report.total.lost, report.total.open) == (3, 1, 1)
    assert report.total.win_rate == pytest.approx(0.75)
    assert report.total.average_deal == pytest.approx(Decimal(500) / 3)
    assert report.total.pipeline == Decimal("70")


def test_the_trend_adds_up_to_the_revenue_of_the_period(company) -> None:
    report = segments.report(company, LOCAL, YEAR)
    assert len(report.months) == 12
    assert sum(map(sum, report.trend.values())) == report.total.revenue


def test_the_fiscal_year_of_the_settings_is_followed(company) -> None:
    settings.write(company, LOCAL, "fiscal_year_start", 6)
    report = segments.report(company, LOCAL, Asked(period=Choice.YEAR_TO_DATE))
    assert report.period == Period(date(2024, 6, 1), date(2024, 6, 1))
    assert report.before == Period(date(2023, 6, 1), date(2023, 6, 1))
    assert report.is_year_before


def test_a_known_segment_has_its_name_in_both_languages(company) -> None:
    names = segments.ground(company, LOCAL).names
    assert (names["Medical"].en, names["Medical"].zh) == ("Medical", "医疗")


def test_an_empty_store_says_that_it_is_empty_and_makes_up_nothing(store) -> None:
    assert segments.ground(store, LOCAL).is_empty
    report = segments.report(store, LOCAL, YEAR)
    assert (report.as_of, report.total.revenue, report.revenue_classified) == (None, None, None)
    assert revenue_finding(report).code == "no_revenue"


def test_rows_without_any_date_are_still_shown_under_all_time(load, store) -> None:
    load(accounts=ACCOUNTS, deals=HEAD + "001,Alder,Probe,Ann Lee,Closed Won,5,\n")
    report = segments.report(store, LOCAL, Asked(period=Choice.ALL))
    assert (report.as_of, report.total.revenue) == (None, Decimal("5"))
    assert segments.ground(store, LOCAL).cover(None).undated == 1


def test_shares_of_the_mix_add_up_for_each_segment(company) -> None:
    mix = segments.seen(company, LOCAL, Asked(period=Choice.ALL)).mixes["product"]
    assert set(mix.columns) == {"Scanner", "Probe"}
    assert [sum(share or 0 for share in line) for line in mix.shares] == pytest.approx([1, 1, 1])


def test_an_order_is_one_deal_and_what_it_brings_to_another_segment_is_still_revenue(
    load, store
) -> None:
    lines = (
        "Order ID,Row ID,Segment,Product,Amount,Order Date\n"
        "O1,1,Medical,Scanner,0,2024-06-01\n"
        "O1,2,Retail,Probe,5,2024-06-01\n"
        "O2,3,Medical,Scanner,0,2024-06-02\n"
    )
    load(orders=lines)
    found = by_segment(store, Asked(basis="sales"))
    assert (found["Medical"].revenue, found["Medical"].deals) == (Decimal(0), 2)
    assert (found["Retail"].revenue, found["Retail"].deals) == (Decimal(5), None)
    assert found["Retail"].average_deal is None


PRODUCTS = "Product,Product Family\n" + "".join(
    f"P{number},F{number % 8}\n" for number in range(16)
)


MONEY = "Opportunity ID,Account Name,Stage,Amount,Currency,Close Date\n" + (
    "1,Alder,Closed Won,900,,2017-03-31\n"
    "2,Alder,Closed Won,900,,2017-02-28\n"
    "3,Alder,Closed Won,50,CNY,2026-05-31\n"
    "4,Birch,Closed Won,70,USD,2026-06-30\n"
    "5,Birch,Prospecting,,USD,\n"
)


@pytest.fixture
def moneys(store_of):
    return store_of(accounts=ACCOUNTS, deals=MONEY)


def test_the_currency_that_brought_most_lately_is_shown_first_and_others_are_named(moneys) -> None:
    report = segments.report(moneys, LOCAL, YEAR)
    assert (report.currency, report.total.revenue) == ("USD", Decimal("70"))
    assert report.others == {"CNY": Decimal("50"), None: None}
    assert report.ground.cover(None).currencies == ("USD", "CNY", None)


def test_a_home_currency_that_somebody_chose_comes_first(moneys) -> None:
    settings.write(moneys, LOCAL, "home_currency", "CNY")
    assert segments.report(moneys, LOCAL, YEAR).currency == "CNY"


def test_what_now_is_depends_on_the_currency_looked_at(moneys) -> None:
    old = segments.report(moneys, LOCAL, Asked(currency=""))
    assert (old.as_of, old.total.revenue) == (date(2017, 3, 31), Decimal("1800"))
    assert segments.report(moneys, LOCAL, Asked(currency="CNY")).as_of == date(2026, 5, 31)


def test_open_deals_without_an_amount_make_no_pipeline_of_zero(moneys) -> None:
    total = segments.report(moneys, LOCAL, YEAR).total
    assert (total.open, total.pipeline) == (1, None)


def test_an_empty_period_names_the_shortest_one_with_revenue(company) -> None:
    empty = segments.report(company, LOCAL, Asked(period=Choice.MONTH, segment=""))
    assert (empty.total.revenue, empty.elsewhere) == (None, Choice.QUARTER)
    assert segments.report(company, LOCAL, YEAR).elsewhere is None
    nothing = segments.report(company, LOCAL, Asked(teams=("nobody",)))
    assert (nothing.total.revenue, nothing.elsewhere) == (None, None)


def test_every_cell_of_the_mix_leads_to_rows_that_add_up_to_it(load, store) -> None:
    deals = "".join(
        f"{number},{'Alder' if number % 3 else 'Birch'},P{number % 17},Ann Lee,Closed Won,"
        f"{number + 1}.25,2024-05-{1 + number % 28:02}\n"
        for number in range(60)
    )
    load(accounts=ACCOUNTS, products=PRODUCTS, deals=HEAD + deals)
    mixes = segments.seen(store, LOCAL, YEAR).mixes
    assert list(mixes) == ["family", "product"]
    for mix in mixes.values():
        assert segments.OTHER in mix.columns
        for segment, line in zip(mix.segments, mix.revenue, strict=True):
            for column, revenue in zip(mix.columns, line, strict=True):
                asked = Asked(segment=segment or segments.UNCLASSIFIED)
                rows = segments.rows(store, LOCAL, asked, part=mix.part(column))
                assert float(rows.amount) == revenue


def test_regions_and_teams_can_be_asked_for_several_at_once(load, store) -> None:
    head = "Opportunity ID,Account Name,Region,Stage,Amount,Close Date\n"
    rows = "".join(
        f"{number},Alder,{region},Closed Won,{10**number},2024-06-01\n"
        for number, region in enumerate(("North", "South", "West", ""))
    )
    load(accounts=ACCOUNTS, deals=head + rows)
    for regions, revenue in ((("North", "West"), 101), (("South", ""), 1010), ((), 1111)):
        asked = Asked(regions=regions)
        assert segments.report(store, LOCAL, asked).total.revenue == revenue
        assert segments.rows(store, LOCAL, asked).amount == revenue


def test_what_is_shown_together_is_of_one_state_though_a_load_commits_meanwhile(
    company, tmp_path, monkeypatch
) -> None:
    run, before = metrics.run, segments.seen(company, LOCAL, YEAR)
    loads = iter([True])

    def run_after_a_load(cursor, metric_id, params):
        if metric_id == "segment_overview" and next(loads, False):
            load(
                company, tmp_path, more=HEAD + "009,Birch,Probe,Ann Lee,Closed Won,900,2024-06-30\n"
            )
        return run(cursor, metric_id, params)

    monkeypatch.setattr(metrics, "run", run_after_a_load)
    assert segments.seen(company, LOCAL, YEAR) == before
    assert segments.seen(company, LOCAL, YEAR).report.total.revenue == Decimal("1400")


def test_the_rows_behind_a_figure_add_up_to_it(company) -> None:
    for asked in (YEAR, Asked(segment="Medical"), Asked(segment=segments.UNCLASSIFIED)):
        rows = segments.rows(company, LOCAL, asked)
        total = segments.report(company, LOCAL, asked).total.revenue
        assert sum(row["amount"] for row in rows.lines) == rows.amount == total


def test_rows_come_a_page_at_a_time(company) -> None:
    every = segments.rows(company, LOCAL, YEAR)
    pages = [segments.rows(company, LOCAL, YEAR, page=page, limit=2) for page in range(2)]
    assert [len(page.lines) for page in pages] == [2, 1]
    assert [page.count for page in pages] == [3, 3]
    told = [row["row_id"] for page in pages for row in page.lines]
    assert told == [row["row_id"] for row in every.lines]


def test_a_row_leads_to_its_line_with_the_raw_cells_beside_the_clean_ones(company) -> None:
    [row] = segments.rows(company, LOCAL, Asked(segment="Medical")).lines
    traced = segments.trace(company, LOCAL, row["entity"], row["row_id"])
    cells = {cell.header: cell for cell in traced.cells}
    assert (traced.source_file, traced.line) == ("deals.csv", 2)
    assert (cells["Amount"].raw, cells["Amount"].clean) == ("300.50", Decimal("300.5"))
    assert cells["Stage"].raw == "Closed Won"


@pytest.mark.parametrize(("entity", "row"), [("opportunity", 10**9), ("setting; DROP", 1)])
def test_a_row_that_is_not_there_is_refused(company, entity: str, row: int) -> None:
    with pytest.raises(Refused, match="row_unknown"):
        segments.trace(company, LOCAL, entity, row)


def test_the_workbook_holds_the_figures_as_numbers_and_says_what_was_asked(company) -> None:
    made = segments.export(company, LOCAL, Asked(segment="Medical"), Texts("en"))
    figures, rows = (sheet.to_python() for sheet in _sheets(made))
    assert ["Medical", 300.5] in [line[:2] for line in figures]
    assert ["As of", "Jun 30, 2024"] in [line[:2] for line in figures]
    [head] = [line for line in rows if "Amount" in line]
    row = next(line for line in rows if "deals.csv" in line)
    assert row[head.index("Amount")] == 300.5


def test_an_average_in_the_workbook_has_two_decimals(company) -> None:
    figures, _ = _sheets(segments.export(company, LOCAL, YEAR, Texts("en")))
    lines = figures.to_python()
    [head] = [line for line in lines if "Average deal" in line]
    [total] = [line for line in lines if line[0] == "Total"]
    assert total[head.index("Average deal")] == 166.67


def _sheets(made: bytes):
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    return [book.get_sheet_by_name(name) for name in book.sheet_names]


class TestFinding:
    def test_it_names_the_largest_segment_its_share_and_its_change(self, company) -> None:
        found = revenue_finding(segments.report(company, LOCAL, YEAR))
        assert found.code == "leads_up"
        assert found.params["segment"] == "Medical"
        assert found.params["share"] == pytest.approx(0.601)
        assert found.params["change"] == pytest.approx(0.5025)

    def test_a_loss_is_told_as_its_size(self, company) -> None:
        found = revenue_finding(segments.report(company, LOCAL, Asked(segment="Retail")))
        assert (found.code, found.params["change"]) == ("leads_down", pytest.approx(0.75))

    def test_where_most_is_unclassified_no_segment_is_praised(self, load, store) -> None:
        text = HEAD + "001,Cedar,Probe,Ann Lee,Closed Won,60,2024-06-30\n"
        load(accounts=ACCOUNTS, deals=text + "002,Alder,Probe,Ann Lee,Closed Won,40,2024-06-30\n")
        found = revenue_finding(segments.report(store, LOCAL, YEAR))
        assert (found.code, found.params["share"]) == ("unclassified", pytest.approx(0.6))

    def test_the_lines_tell_which_runs_on_top_and_when_it_is_highest(self, company) -> None:
        report = segments.report(company, LOCAL, YEAR)
        found = segments.trend_finding(report)
        line = report.trend["Medical"]
        assert found.code == "led"
        assert found.params["segment"] == "Medical"
        assert found.params["count"] == 1
        assert found.params["months"] == len(line) == 12
        assert found.params["month"] == report.months[line.index(max(line))] == date(2024, 6, 1)
        one = segments.trend_finding(segments.report(company, LOCAL, Asked(segment="Retail")))
        assert (one.code, one.params["segment"]) == ("peak", "Retail")

    def test_the_mix_tells_where_a_product_stands_out(self, company) -> None:
        mix = segments.seen(company, LOCAL, Asked(period=Choice.ALL)).mixes["product"]
        found = segments.mix_finding(mix)
        assert (found.code, found.params["segment"]) == ("stands_out", "Retail")
        assert found.params["product"] == "Scanner"
