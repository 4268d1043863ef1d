"""Exports as companies have them, written out here, against sums made by hand."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports, loads
from crm_core.store import Store

HEAD = "Opportunity ID,Account Name,Segment,Stage,Amount,Close Date,Created Date"


def deals(*lines: str, head: str = HEAD) -> str:
    return "\n".join((head, *lines)) + "\n"


def won(number: int, segment: str, amount: str, closed: str = "2024-03-15") -> str:
    return f'D{number:03},Firm {number % 3},{segment},Closed Won,"{amount}",{closed},2024-01-20'


def revenue(store: Store, basis: str = "opportunities") -> dict[Any, Decimal]:
    """Revenue by segment and currency."""
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": basis}).to_pylist()
    return {(row["segment"], row["currency"]): row["revenue"] for row in rows if row["revenue"]}


def refused(store: Store) -> list[tuple[int, str, str]]:
    """The lines set aside: line, value, rule."""
    waiting = loads.quarantine(store, LOCAL)
    return [(item["source_line"], item["value"], item["rule"]) for item in waiting]


def write_workbook(path: Path, **sheets: Iterable[Iterable[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    book.close()
    return path


def load_path(store: Store, path: Path) -> imports.ImportResult:
    with imports.prepare(store, LOCAL, [path]) as upload:
        return imports.load(store, LOCAL, upload)


def test_similar_names_of_segments_stay_different_segments(load, store) -> None:
    names = ["Retail", "Retailer", "Enterprise", "Enterprises East", "Service", "Services", "SME"]
    load(deals=deals(*(won(i, name, f"{i + 1}.01") for i, name in enumerate(names))))
    assert revenue(store) == {(name, None): Decimal(f"{i + 1}.01") for i, name in enumerate(names)}


def test_a_segment_is_named_as_most_lines_write_it_and_never_shouted_by_a_draw(load, store) -> None:
    load(deals=deals(won(1, "RETAIL", "1"), won(2, "Retail", "2"), won(3, "MINING", "4")))
    assert revenue(store) == {("Retail", None): 3, ("MINING", None): 4}


@pytest.mark.parametrize("blank", ["", "N/A", "Select", "-", "无"])
def test_a_line_without_segment_does_not_take_its_neighbours(blank: str, load, store) -> None:
    load(deals=deals(won(3, "Retail", "10.10"), won(6, blank, "5.05"), won(9, "Retail", "1")))
    assert revenue(store) == {("Retail", None): Decimal("11.10"), (None, None): Decimal("5.05")}


def test_a_deal_without_segment_takes_that_of_its_account(load, store) -> None:
    accounts = "Account Name,Industry,Billing City\nFirm 0,Retail,York\nFirm 1,Select,Leeds\n"
    load(accounts=accounts, deals=deals(won(3, "", "10.10"), won(4, "", "5.05")))
    assert revenue(store) == {("Retail", None): Decimal("10.10"), (None, None): Decimal("5.05")}


def test_amounts_are_read_however_they_are_signed(load, store) -> None:
    cells = ["(1,234.50)", "-$2,000.00", "$3,000.25", "1,000.00-", "−100.00", "12.5k", "$1.2M"]
    load(deals=deals(*(won(i, "Retail", cell) for i, cell in enumerate(cells))))
    expected = ["-1234.50", "-2000", "3000.25", "-1000", "-100", "12500", "1200000"]
    assert refused(store) == []
    assert revenue(store) == {("Retail", None): sum(map(Decimal, expected))}


def test_amounts_in_several_currencies_keep_each_its_own(load, store) -> None:
    cells = ["€200.00", "£300.00", "CNY 500", "$100", "600", "₹ 7", "80 €"]
    load(deals=deals(*(won(i, "Retail", cell) for i, cell in enumerate(cells))))
    assert refused(store) == []
    assert revenue(store) == {
        ("Retail", "EUR"): 280,
        ("Retail", "GBP"): 300,
        ("Retail", "CNY"): 500,
        ("Retail", "INR"): 7,
        ("Retail", None): 700,
    }


def test_a_discount_beside_prices_is_told_not_to_be_taken_off(load, store) -> None:
    head = "OrderID,ProductID,UnitPrice,Quantity,Discount"
    [file] = load(order_details=deals("1,42,14.50,12,0.15", "2,43,9,1,0", head=head)).files
    assert revenue(store, "sales") == {(None, None): 183}
    assert [note.code for note in file.notes] == ["discount_not_taken_off", "sales_undated"]
    lines = ["3,42,14.50,12,0.15,147.90", "4,43,9,1,0,9"]
    [file] = load(order_details=deals(*lines, head=head + ",Line Total")).files
    assert [note.code for note in file.notes] == ["sales_undated"]


@pytest.mark.parametrize("status", ["Cancelled", "VOIDED", "draft", "wc-failed", "已取消", "作废"])
def test_amounts_of_cancelled_orders_are_told(status: str, load) -> None:
    lines = [f"SO-{n},2024-03-0{n},Firm,{n}0,{status if n > 3 else 'Shipped'}" for n in range(1, 6)]
    lines += [f"SO-6,2024-03-06,Firm,0,{status}"]
    [file] = load(orders=deals(*lines, head="Order No,Order Date,Customer,Total,Status")).files
    told = {one.rule: one.lines for one in file.warnings}
    assert (file.loaded, told.get("sale_cancelled_with_amount")) == (6, 2)


def test_a_currency_column_says_more_than_signs(load, store) -> None:
    lines = [won(1, "Retail", "€20") + ",USD", won(2, "Retail", "£30") + ",USD"]
    load(deals=deals(*lines, head=HEAD + ",Currency"))
    assert revenue(store) == {("Retail", "USD"): 50}


def test_chinese_amounts_in_units_of_ten_thousand_and_more(load, store) -> None:
    cells = ["1.5万元", "2亿元", "３００元", "¥1,234.5万", "8万元", "12万美元"]
    lines = [f'S{i},客户{i},零售,赢单,"{cell}",2024年3月5日' for i, cell in enumerate(cells)]
    head = "商机编号,客户名称,所属行业,阶段,金额,成交日期"
    load(商机=deals(*lines, "合计：6条,,,,999,", head=head), encoding="gb18030")
    cny = 15_000 + 200_000_000 + 300 + 12_345_000 + 80_000
    assert revenue(store) == {("零售", "CNY"): cny, ("零售", "USD"): 120_000}


@pytest.mark.parametrize(
    ("title", "times", "currency"),
    [
        ("单位：万元", 10_000, "CNY"),
        ("2024年销售台账（金额单位：万元）", 10_000, "CNY"),
        ("Sales 2024 (in thousands of USD)", 1000, "USD"),
        ("单位：全部单位", 1, None),
        ("单位：m", 1, None),
        ("Sales in thousands for all markets", 1000, None),
        ("Unit: Sales in Asia", 1, None),
    ],
)
def test_the_unit_above_the_header_is_that_of_amounts_without_one(
    title: str, times: int, currency: str | None, load, store
) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, head=f"{title},,,,\n订单编号,客户,订单日期,数量,金额"))
    assert revenue(store, "sales") == {(None, currency): 12 * times}
    with store.read() as cursor:
        assert cursor.execute("SELECT sum(quantity) FROM crm.sale").fetchall() == [(10,)]


@pytest.mark.parametrize(
    ("note", "times"),
    [("注：金额单位为万元。", 10_000), ("单位：千元", 1000), ("Note: amounts in thousands", 1000)],
)
def test_the_unit_in_a_note_below_the_table_is_that_of_its_amounts(
    note: str, times: int, load, store
) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, "", note, head="订单编号,客户,订单日期,金额"))
    assert sum(revenue(store, "sales").values()) == 12 * times


def test_the_unit_above_the_header_is_not_that_of_amounts_with_their_own(load, store) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, head="单位：万元,,,\n订单编号,客户,订单日期,金额（元）"))
    assert revenue(store, "sales") == {(None, "CNY"): 12}


@pytest.mark.parametrize("sign", ["1", "a@", "x", "("])
@pytest.mark.parametrize("column", range(6))
def test_a_cell_of_a_megabyte_in_any_column_is_loaded_or_waits(
    column: int, sign: str, load
) -> None:
    cells = [[f"O-{n}", f"Deal {n}", f"Acme {n}", "10", "Won", "2024-03-05"] for n in range(8)]
    cells[3][column] = sign * (1_000_000 // len(sign))
    head = "Opportunity ID,Opportunity name,Account name,Amount,Stage,Close date"
    [file] = load(deals=deals(*map(",".join, cells), head=head)).files
    assert file.loaded + file.quarantined == 8
    assert file.loaded >= 7


def test_a_title_of_a_megabyte_is_not_kept_with_each_of_its_cells(load, store) -> None:
    head = f"Opportunity ID,Opportunity name,Account name,Amount,Stage,{'long ' * 200_000}"
    load(deals=deals(*(f"O-{n},Deal {n},Acme,10,Won,x" for n in range(8)), head=head))
    with store.read() as cursor:
        [(longest,)] = cursor.execute("SELECT max(length(extra)) FROM crm.opportunity").fetchall()
    assert 200 < longest < 300


@pytest.mark.parametrize(
    "footer",
    [
        "Total",
        "Grand Total (3 records)",
        "Totals: 3",
        "合计：3条",
        "总计（3笔）",
        "共 3 条记录",
        "3 rows selected.",
    ],
)
def test_a_footer_that_also_counts_is_no_deal(footer: str, load) -> None:
    text = "Sales report\nRun: 2024-05-01,,User: kim\n\n" + deals(
        *(won(i, "Retail", "10") for i in range(3)), "", f"{footer},,,,30,,"
    )
    [file] = load(report=text).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 2, 0)


def test_a_stage_with_its_pipeline_in_brackets_is_the_stage(load, store) -> None:
    """As HubSpot writes it: won deals must not stand among the open ones without a word."""
    won, lost = "Closed Won (Sales Pipeline)", "Closed lost (Sales Pipeline)"
    lines = [f"{n},Deal {n},{stage},2024-03-01,10" for n, stage in enumerate((won, won, lost))]
    load(deals=deals(*lines, head="Record ID,Deal Name,Deal Stage,Close Date,Amount"))
    with store.read() as cursor:
        found = cursor.execute("SELECT outcome, count(*) FROM crm.opportunity GROUP BY ALL")
        assert dict(found.fetchall()) == {"won": 2, "lost": 1}


def test_a_header_that_comes_again_makes_no_segment(load, store) -> None:
    head = "客户编号,客户名称,所属行业"
    lines = [f"KH{n:06},深圳{n}公司,零售" for n in range(1, 4)]
    load(客户=deals(*lines, head, *[line.replace("KH", "KX") for line in lines], head=head))
    with store.read() as cursor:
        assert cursor.execute("SELECT segment FROM crm.segment").fetchall() == [("零售",)]


@pytest.mark.parametrize("total", ["合计,3,,600", "合计,3家"])
def test_a_line_of_sums_that_counts_names_is_no_customer(load, total: str) -> None:
    head = "客户编号,客户名称,手机,年营业额（万元）"
    lines = [f"KH{n:06},深圳{n}公司,1380013800{n},{n}00" for n in range(1, 4)]
    [file] = load(客户=deals(*lines, total, head=head)).files
    assert (file.entity, file.loaded, file.skipped) == ("customer", 3, 1)


def test_what_a_report_says_below_its_totals_is_no_deal_to_correct(load) -> None:
    """Nothing but notes follows: the legal lines of a Salesforce report, who signed a list."""
    notes = [
        "Grand Totals (3 records),,,,30,,",
        "",
        "Confidential Information - Do Not Distribute",
        '"Copyright (c) 2000-2024 salesforce.com, inc."',
        "Made by: Kim,,,Checked by: Lee,,,",
    ]
    [file] = load(report=deals(*(won(i, "Retail", "10") for i in range(3)), *notes)).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 5, 0)


def test_a_deal_below_a_line_of_totals_is_a_deal_and_a_torn_line_waits(load) -> None:
    lines = [won(1, "Retail", "10"), "Total,,,,10,,", "D2,Firm 2", won(3, "Retail", "10")]
    [file] = load(deals=deals(*lines)).files
    assert (file.loaded, file.skipped, file.quarantined) == (2, 1, 1)


def test_a_firm_that_is_called_total_is_a_deal(load, store) -> None:
    head = "Account Name,Segment,Stage,Amount,Close Date"
    load(deals=deals("Total,Energy,Closed Won,5,2024-01-31", head=head))
    assert revenue(store) == {("Energy", None): 5}


def test_a_size_in_words_keeps_no_customer_waiting(load, store) -> None:
    head = "Customer ID,Customer Name,Employees,Annual Revenue"
    sizes = ["51-200,1M-10M", *[f"{n}0,{n}000" for n in range(1, 6)]]
    [file] = load(
        customers="\n".join([head, *(f"C{n},Firm {n},{size}" for n, size in enumerate(sizes))])
    ).files
    assert (file.loaded, file.quarantined) == (6, 0)
    with store.read() as cursor:
        kept = cursor.execute(
            "SELECT employees, extra ->> 'Employees', extra ->> 'Annual Revenue'"
            " FROM crm.customer WHERE customer_id = 'C0'"
        ).fetchall()
    assert kept == [(None, "51-200", "1M-10M")]


def test_a_number_of_people_is_read_with_the_word_for_them(load, store) -> None:
    sizes = ["31 人", "47名", "5 employees", "60", "约80人", *map(str, range(100, 120))]
    lines = [f"C{n:02},Firm {n},{size}" for n, size in enumerate(sizes)]
    load(customers="\n".join(["Customer ID,Customer Name,Employees", *lines]))
    with store.read() as cursor:
        found = cursor.execute("SELECT employees FROM crm.customer ORDER BY customer_id LIMIT 5")
        assert found.fetchall() == [(31,), (47,), (5,), (60,), (None,)]


def test_a_birth_date_that_cannot_be_read_keeps_no_customer_waiting(load, store) -> None:
    text = "Customer ID,First Name,Surname,Date of Birth\n" + "".join(
        f"C{n},Ann,Hill{n},{day}\n"
        for n, day in enumerate(["1980-02-03", "1980-02-31", "1981-1-1"])
    )
    [file] = load(customers=text).files
    assert (file.loaded, file.quarantined) == (3, 0)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT birth_date::VARCHAR, extra ->> 'Date of Birth' FROM crm.customer"
            " ORDER BY customer_id"
        ).fetchall()
    assert found == [("1980-02-03", None), (None, "1980-02-31"), ("1981-01-01", None)]
    assert ("date_unreadable", "birth_date", 1) in [
        (w.rule, w.field, w.lines) for w in file.warnings
    ]


def test_an_impossible_date_is_set_aside_and_does_not_confuse_the_others(load, store) -> None:
    dates = ["3/4/2024", "12/25/2024 3:45 PM", "13/13/2024", "2/30/2024", "7/8/24"]
    load(deals=deals(*(won(i, "Retail", "10", date) for i, date in enumerate(dates))))
    assert refused(store) == [
        (4, "13/13/2024", "date_unreadable"),
        (5, "2/30/2024", "date_unreadable"),
    ]
    with store.read() as cursor:
        found = cursor.execute("SELECT closed_at FROM crm.opportunity ORDER BY 1").fetchall()
    assert [day[0].strftime("%m-%d") for day in found] == ["03-04", "07-08", "12-25"]


@pytest.mark.parametrize(
    "dates",
    [
        ["2024/3/5", datetime(2024, 3, 5), 45356],
        [45356, 45356.75, 45356],
        ["Mar-05-24", "Mar-05-24", "5-Mar-24"],
    ],
)
def test_days_written_typed_or_counted_are_the_same_day(
    dates: list[object], store: Store, tmp_path: Path
) -> None:
    rows = [[i, "Firm", "Retail", "Closed Won", f"1,00{i}.25", d, d] for i, d in enumerate(dates)]
    load_path(store, write_workbook(tmp_path / "deals.xlsx", Deals=[HEAD.split(","), *rows]))
    with store.read() as cursor:
        found = cursor.execute("SELECT DISTINCT closed_at::DATE::VARCHAR FROM crm.opportunity")
        assert found.fetchall() == [("2024-03-05",)]
    assert revenue(store) == {("Retail", None): Decimal("3003.75")}


def test_sheets_that_are_nothing_known_do_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    lines = [HEAD.split(","), *(won(i, "Retail", "10").split(",") for i in range(3))]
    odd = [*lines[0][:3], "Modified Thing", *lines[0][3:]]
    wide = [odd, *([*line[:3], f"x{i}", *line[3:]] for i, line in enumerate(lines[1:]))]
    sheets = {"Deals": wide, "hiddenSheet": [["guid:checksum"]], "Read me": [["Made on Monday."]]}
    files = {
        file.sheet: file
        for file in load_path(store, write_workbook(tmp_path / 'O\'Brien "x".xlsx', **sheets)).files
    }
    assert (files["Deals"].loaded, files["Deals"].quarantined) == (3, 0)
    assert files["hiddenSheet"].problem is None and files["hiddenSheet"].loaded == 0


def test_identifiers_are_text_however_much_they_look_like_numbers(load, store) -> None:
    ids = ["000123", "123", "0000000000001234567890", "1E5", "100000", "1e5", "1.0", "1", "+5"]
    head = "Opportunity ID,Account ID,Segment,Stage,Amount,Close Date"
    load(deals=deals(*(f"{i},{i},Retail,Closed Won,10,2024-01-01" for i in ids), head=head))
    with store.read() as cursor:
        found = cursor.execute("SELECT opportunity_id, customer_id FROM crm.opportunity").fetchall()
    assert sorted(found) == sorted((i, i) for i in ids)


def test_hostile_headers_and_values_are_only_text(load, store) -> None:
    head = HEAD + ',\'; DROP TABLE crm.sale; --,<b>x</b>,$1,{},"a""b"'
    tail = ",'); --,<script>,$$,%s,\\"
    load(deals=deals(won(1, "Re'tail", "10") + tail, won(2, "<b>S</b>", "5") + tail, head=head))
    assert revenue(store) == {("Re'tail", None): 10, ("<b>S</b>", None): 5}
    with store.read() as cursor:
        [(extra,)] = cursor.execute(
            "SELECT DISTINCT extra->>'''; DROP TABLE crm.sale; --' FROM crm.opportunity"
        ).fetchall()
    assert extra == "'); --"


def test_a_kind_of_customer_is_the_segment_where_its_words_are_segments(load, store) -> None:
    head = HEAD.replace("Segment", "Customer Type")
    load(
        deals=deals(
            won(1, "Reseller", "1"), won(2, "Education", "2"), won(3, "VIP", "4"), head=head
        )
    )
    assert revenue(store) == {
        ("Reseller", None): 1,
        ("Education", None): 2,
        ("VIP", None): 4,
    }


def test_a_kind_of_customer_that_is_something_else_is_asked(load, store) -> None:
    head = HEAD.replace("Segment", "Customer Type")
    load(deals=deals(won(1, "New", "1"), won(2, "Existing", "2"), won(3, "New", "4"), head=head))
    assert revenue(store) == {(None, None): 7}


def test_of_two_amounts_the_one_not_converted_counts_in_its_own_currency(load, store) -> None:
    head = HEAD.replace(
        "Amount", "Amount Currency,Amount,Amount (converted) Currency,Amount (converted)"
    )
    line = "D{0},Firm,Retail,Closed Won,{1},{0}0,USD,99,2024-01-31,2024-01-01"
    load(deals=deals(line.format(1, "EUR"), line.format(2, "USD"), head=head))
    assert revenue(store) == {("Retail", "EUR"): 10, ("Retail", "USD"): 20}


def test_whole_amounts_grouped_by_points_beside_dates_with_points(load, store) -> None:
    line = "D{0};Firm;Retail;Closed Won;{1};31.01.2024;01.12.2023"
    lines = [line.format(i, cell) for i, cell in enumerate(["1.234", "850", "12.500"])]
    load(deals=deals(*lines, head=HEAD.replace(",", ";")))
    assert revenue(store) == {("Retail", None): 14_584}


def test_a_cell_too_many_before_the_delimiter_that_ends_each_line_is_seen(load, store) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00," for n in range(1, 6)]
    rows[2] = "003,Acme,Berlin,Won,30.00,"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (4, 1)
    assert [item["rule"] for item in loads.quarantine(store, LOCAL)] == ["ragged"]


def test_a_note_in_a_column_without_a_title_is_no_cell_too_many(load) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00," for n in range(1, 6)]
    rows[2] += "call again"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (5, 0)


def test_a_line_that_alone_is_wider_is_seen_though_its_last_cells_are_blank(load, store) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00,,," for n in range(1, 40)]
    rows[2] = "003,Acme,Berlin,Won,30.00,,,"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,Segment,Close Date,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (38, 1)
    assert [item["rule"] for item in loads.quarantine(store, LOCAL)] == ["ragged"]


def test_blank_cells_beyond_the_header_are_no_fault_where_many_lines_have_them(load) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00{',' * (n % 3)}" for n in range(1, 40)]
    [file] = load(deals="\n".join(["Opportunity ID,Account,Stage,Amount", *rows]) + "\n").files
    assert (file.loaded, file.quarantined) == (39, 0)


PRICES = (
    "Article no.,Article name,Family,List price\n"
    "Sensors,,,\n00010,Optical sensor,Optics,12.50\n00011,Heat sensor,Optics,99\n"
    "Motors,,,\n00020,Small motor,Drives,120\n00021,,,\nAll prices plus VAT,,,\n"
)


def test_headings_and_remarks_of_a_price_list_are_no_products_and_an_id_alone_is(
    load, store
) -> None:
    result = load(prices=PRICES).files[0]
    assert (result.entity, result.loaded, result.skipped, result.quarantined) == (
        "product",
        4,
        3,
        0,
    )
    with store.read() as cursor:
        found = cursor.execute("SELECT product_id FROM crm.product ORDER BY ALL").fetchall()
    assert [key for (key,) in found] == ["00010", "00011", "00020", "00021"]


def test_a_word_alone_is_a_record_where_ids_are_words(load) -> None:
    result = load(prices=PRICES.replace("00010", "HEATER")).files[0]
    assert (result.loaded, result.skipped) == (7, 0)


def test_a_german_list_of_sales_documents_is_known_without_a_question(load, store) -> None:
    head = "Verkaufsbeleg;Position;Belegdatum;Auftraggeber;Name Auftraggeber;Material;Auftragsmenge"
    text = (
        "Liste der Verkaufsbelege;;;;;;;;\n\n"
        f"{head};ME;Nettowert;Währg\n"
        "4500000001;000010;13.01.2026;0000100001;Ahorn GmbH;M-1;2,000;ST;1.234,50;EUR\n"
        "4500000001;000020;13.01.2026;0000100001;Ahorn GmbH;M-2;1,000;ST;200,00-;EUR\n"
        "4500000002;000010;02.02.2026;0000100002;Birke AG;M-1;4,000;ST;2.469,00;EUR\n"
        ";;;;;;;;;\nSumme;;;;;;;;3.503,50;EUR\n"
    )
    result = load(VA05=text, encoding="cp1252").files[0]
    assert (result.entity, result.loaded, result.quarantined) == ("sale", 3, 0)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT order_id, customer_id, quantity, amount, currency FROM crm.sale"
            " ORDER BY source_line"
        ).fetchall()
        names = cursor.execute("SELECT customer_id, name FROM crm.customer ORDER BY ALL").fetchall()
    assert found == [
        ("4500000001", "0000100001", Decimal(2), Decimal("1234.5"), "EUR"),
        ("4500000001", "0000100001", Decimal(1), Decimal(-200), "EUR"),
        ("4500000002", "0000100002", Decimal(4), Decimal(2469), "EUR"),
    ]
    assert names == [("0000100001", "Ahorn GmbH"), ("0000100002", "Birke AG")]


def test_a_line_of_sums_with_its_currency_is_no_deal(load, store) -> None:
    text = (
        "商机编号,商机名称,客户名称,金额,币种,销售阶段,成交日期\n"
        "S-1,甲,北方机械,100,人民币,赢单,2026-01-05\nS-2,乙,南山信息,200,人民币,赢单,2026-01-06\n"
        "合计,,,300,人民币,,\n"
    )
    result = load(deals=text).files[0]
    assert (result.loaded, result.skipped) == (2, 1)
    assert sum(revenue(store).values()) == 300


SPOOL = """\
List of sales orders

-------------------------------------------------------------------
|Sales Doc.|Sold-to Party|Name 1    |Net Value |Curr.|Doc. Date |
-------------------------------------------------------------------
|0000012345|0000100001   |Alder AG  |  1,200.00|EUR  |2024-03-01|
|0000012347|0000100001   |Alder AG  |     99.50|EUR  |2024-04-02|
|*         |             |          |  1,299.50|EUR  |          |
-------------------------------------------------------------------
|0000012346|0000100002   |Birch AG  |    800.50|USD  |2024-03-02|
|*         |             |          |    800.50|USD  |          |
-------------------------------------------------------------------
|**        |             |          |  1,299.50|EUR  |          |
-------------------------------------------------------------------
"""


def sales(store: Store) -> dict[str, tuple[str | None, Decimal | None]]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT sale_id, currency, amount FROM crm.sale").fetchall()
    return {sale: (currency, amount) for sale, currency, amount in rows}


def test_ruled_lines_and_sums_marked_by_stars_are_no_sales(store, tmp_path: Path) -> None:
    spool = tmp_path / "spool.txt"
    spool.write_text(SPOOL)
    with imports.prepare(store, LOCAL, [spool]) as upload:
        [table] = upload.tables
        for column in table.plan.columns:
            column.confidence = 1.0 if column.field else 0.0
        table.plan.confidence = 1.0
        [file] = imports.load(store, LOCAL, upload).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 7, 0)
    assert sales(store) == {
        "0000012345": ("EUR", 1200),
        "0000012347": ("EUR", Decimal("99.50")),
        "0000012346": ("USD", Decimal("800.50")),
    }


def test_a_starred_sum_that_says_whose_it_is_is_no_sale_and_a_marked_order_is_one(
    load, store
) -> None:
    listed = (
        "Sales Document|Item|Sold-to party|Order Quantity|Net value|Curr.|Doc. Date\n"
        "4500001|000010|100001|1|1200.00|EUR|2024-03-01\n"
        "4500002|000010|100001|2|99.50|EUR|2024-04-02\n"
        "*||100001|3|1299.50|EUR|\n"
        "4500003|000010|100002|4|800.50|EUR|2024-03-02\n"
        "*||100002|4|800.50|EUR|\n"
        "**|||7|2100.00|EUR|\n"
    )
    [file] = load(list=listed).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 3, 0)
    assert revenue(store, "sales") == {(None, "EUR"): 2100}
    head = "Mark,Order No,Customer,Amount,Currency,Order Date"
    marked = ["*,9001,Alder,10,USD,2024-03-01", "*,9002,Alder,20,USD,"]
    [file] = load(orders=deals("-,9000,Alder,1,USD,2024-03-01", *marked, head=head)).files
    assert (file.loaded, file.skipped) == (3, 0)


@pytest.mark.parametrize(
    "ruled",
    [
        "Order ID;Customer;Amount;Order Date\n--------;--------;------;----------\n"
        "1001;Alder;10.00;2024-03-01\n1002;Birch;20.00;2024-03-02\n\n",
        " order_id | customer | amount | order_date \n----------+----------+--------+------------\n"
        "     1001 | Alder    |  10.00 | 2024-03-01 \n     1002 | Birch    |  20.00 | 2024-03-02 \n"
        "(2 rows)\n",
        "+----------+----------+--------+------------+\n"
        "| order_id | customer | amount | order_date |\n"
        "+----------+----------+--------+------------+\n"
        "|     1001 | Alder    |  10.00 | 2024-03-01 |\n"
        "|     1002 | Birch    |  20.00 | 2024-03-02 |\n"
        "+----------+----------+--------+------------+\n",
        "| Order ID | Customer | Amount | Order Date |\n| --- | :-- | --: | :-: |\n"
        "| 1001 | Alder | 10.00 | 2024-03-01 |\n| 1002 | Birch | 20.00 | 2024-03-02 |\n",
    ],
    ids=["sqlcmd", "psql", "mysql", "markdown"],
)
def test_what_databases_print_is_read_without_a_question(ruled: str, load, store) -> None:
    [file] = load(orders=ruled).files
    assert (file.loaded, file.quarantined, file.problem) == (2, 0, None)
    assert sales(store) == {"1001": (None, 10), "1002": (None, 20)}


@pytest.mark.parametrize("none", ["-", "N/A", "*", "无", "NULL", "#REF!"])
def test_orders_whose_number_says_that_there_is_none_wait_and_are_not_taken_for_one(
    none: str, load, store
) -> None:
    head = "Order ID,Customer,Amount,Order Date"
    lines = [
        "1001,Alder,10,2024-03-01",
        f"{none},Birch,20,2024-03-02",
        f"{none},Cedar,21,2024-03-02",
    ]
    load(orders=deals(*lines, head=head))
    assert sales(store) == {"1001": (None, 10)}
    assert refused(store) == [(3, none, "key_missing"), (4, none, "key_missing")]


def test_a_short_word_that_stands_once_may_be_an_id(load, store) -> None:
    head = "Customer ID,Customer Name,Industry"
    load(customers=deals("NA,North Alder,Retail", "EU,East Union,Retail", head=head))
    with store.read() as cursor:
        found = cursor.execute("SELECT customer_id FROM crm.customer ORDER BY ALL").fetchall()
    assert found == [("EU",), ("NA",)]


def test_a_list_without_ids_says_that_a_name_is_missing(load, store) -> None:
    accounts = "Account Name,Industry,Billing City\nAlder,Retail,York\n-,Retail,Leeds\n"
    load(accounts=accounts)
    assert refused(store) == [(3, "-", "name_missing")]


def test_a_record_of_numbers_that_happen_to_add_up_is_no_sum(load, store) -> None:
    head = "Order ID,Order Line ID,Quantity,Amount"
    load(orders=deals("1,2,1,10", "2,4,1,10", "3,3,2,20", head=head))
    with store.read() as cursor:
        assert cursor.execute("SELECT sum(amount) FROM crm.sale").fetchall() == [(40,)]


def test_a_line_of_placeholders_alone_is_blank(load) -> None:
    head = "Customer,Product,Amount,Order Date"
    [file] = load(
        orders=deals("Alder,Desk,10,2024-03-01", "null,null,null,null", "-,,N/A,", head=head)
    ).files
    assert (file.loaded, file.skipped) == (1, 2)


def test_a_row_of_units_below_the_header_belongs_to_it(load, store) -> None:
    head = "订单编号,客户名称,产品名称,数量,金额,下单日期\n,,,台,万元,"
    [file] = load(
        订单=deals("S1,甲公司,A,2,1.5,2024-03-01", "S2,乙公司,B,1,3,2024-03-02", head=head)
    ).files
    assert (file.loaded, file.quarantined) == (2, 0)
    with store.read() as cursor:
        rows = cursor.execute("SELECT quantity, amount, currency FROM crm.sale ORDER BY ALL")
        assert rows.fetchall() == [(1, 30_000, "CNY"), (2, 15_000, "CNY")]


def test_codes_of_currencies_below_a_header_are_a_record(tmp_path: Path, store) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Currency,Base currency\nUSD,EUR\nGBP,EUR\n")
    with imports.prepare(store, LOCAL, [path]) as upload:
        assert upload.tables[0].plan.header_line == 1


@pytest.mark.parametrize("copies", [2, 3, 5])
def test_an_export_that_stands_in_its_file_several_times_counts_once(copies, load, store) -> None:
    lines = [won(number, "Retail", f"{number}.50") for number in range(60)]
    [file] = load(deals=deals(*lines * copies)).files
    assert (file.loaded, file.skipped) == (60, 60 * (copies - 1))
    assert revenue(store) == {("Retail", None): Decimal("1800.00")}


@pytest.mark.parametrize(
    ("title", "no", "yes"),
    [("IsDeleted", "false", "true"), ("deleted", "0", "1"), ("是否删除", "否", "是")],
)
def test_rows_marked_as_deleted_are_left_out_by_a_step(load, store, title, no, yes) -> None:
    marked = deals(
        won(1, "Retail", "100") + f",{no}",
        won(2, "Retail", "20") + f",{yes}",
        won(3, "Retail", "3") + f",{no}",
        head=f"{HEAD},{title}",
    )
    (file,) = load(deals=marked).files
    assert (file.loaded, file.skipped) == (2, 1)
    assert revenue(store) == {("Retail", None): Decimal("103")}


@pytest.mark.parametrize(
    "cells", [("2024-01-01", ""), ("Deleted", "Active"), ("", ""), ("no", "0")]
)
def test_a_column_about_deleting_that_says_no_yes_leaves_nothing_out(load, cells) -> None:
    lines = [won(i, "Retail", "100") + f",{cell}" for i, cell in enumerate(cells)]
    (file,) = load(deals=deals(*lines, head=f"{HEAD},Deleted")).files
    assert (file.loaded, file.skipped) == (2, 0)
