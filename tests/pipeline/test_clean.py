"""How cells become values: given cells, and properties."""

from datetime import datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline import clean

MONEY = "DECIMAL(38, 10)"


@pytest.fixture(scope="module")
def db() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def value(db, kind: Kind, text: str, sql_type: str, **written: object) -> object:
    """The value of a cell."""
    return values(db, kind, [text], sql_type, **written)[0]


def values(db, kind: Kind, texts: list[str], sql_type: str, **written: object) -> list[object]:
    """The values of cells: the quick expression, else the slow one."""
    column = ColumnPlan(index=0, header="", **written)
    quick = clean.quick(kind, "cell", column, sql_type)
    slow = clean.slow(kind, clean.half_width("cell"), column, sql_type)
    rows = db.execute(
        f"SELECT coalesce({quick}, {slow}) FROM (SELECT place, {clean.trimmed('raw')} AS cell"
        " FROM unnest($raw::VARCHAR[]) WITH ORDINALITY AS given(raw, place)) ORDER BY place",
        {"raw": texts},
    ).fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("¥1,234", "1234"),
        ("￥ 1,234.00 元", "1234"),
        ("US$5", "5"),
        ("-$5.10", "-5.1"),
        ("$-5.10", "-5.1"),
        ("12.50 EUR", "12.5"),
        ("(123)", "-123"),
        ("123-", "-123"),
        ("3.5万", "35000"),
        ("1.2亿元", "120000000"),
        ("12%", "0.12"),
        ("１２３．５", "123.5"),
        ("\u00a07\u3000", "7"),
        ("0", "0"),
        ("1.2345万", "12345"),
        ("₹1,23,456.5", "123456.5"),
        ("1 234 567", "1234567"),
    ],
)
def test_amounts_are_read_as_people_write_them(db, text: str, amount: str) -> None:
    assert value(db, Kind.MONEY, text, MONEY) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["abc", "a12", "12b3", "1.2.3", "--5", "CNY", "12 apples", "9" * 40, "1/2"]
)
def test_what_is_no_amount_is_not_guessed(db, text: str) -> None:
    assert value(db, Kind.MONEY, text, MONEY) is None


@pytest.mark.parametrize(
    ("text", "amount"), [("1.234,50", "1234.5"), ("1.234", "1234"), ("12,5", "12.5"), ("7", "7")]
)
def test_a_decimal_comma_is_the_columns_habit(db, text: str, amount: str) -> None:
    assert value(db, Kind.MONEY, text, MONEY, decimal_mark=",") == Decimal(amount)


@pytest.mark.parametrize("text", ["12,5", "1,23", "1,2345", "1 2 3", "12''34", "VER 2"])
def test_figures_in_broken_groups_are_no_amount(db, text: str) -> None:
    assert value(db, Kind.MONEY, text, MONEY) is None


@pytest.mark.parametrize("text", ["1234.50", "1.23"])
def test_a_decimal_comma_column_reads_no_decimal_point(db, text: str) -> None:
    assert value(db, Kind.MONEY, text, MONEY, decimal_mark=",") is None


@pytest.mark.parametrize(
    ("text", "count"), [("12", 12), ("12.0", 12), ("1.5万", 15000), ("12.5", None), ("0x10", None)]
)
def test_a_whole_number_is_never_made_of_a_broken_one(db, text: str, count: int | None) -> None:
    assert value(db, Kind.INTEGER, text, "BIGINT") == count


def test_a_unit_in_the_header_scales_the_cells(db) -> None:
    assert value(db, Kind.MONEY, "1.5", MONEY, scale=Decimal(10000)) == Decimal(15000)
    assert value(db, Kind.MONEY, "¥1.5", MONEY, scale=Decimal(10000)) == Decimal(15000)


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("ymd", "2024-03-05", "2024-03-05"),
        ("ymd", "2024/3/5 9:30", "2024-03-05 09:30"),
        ("ymd", "2024.3.5", "2024-03-05"),
        ("ymd", "20240305", "2024-03-05"),
        ("ymd", "2024年3月5日", "2024-03-05"),
        ("ymd", "2024年03月05日 10:20", "2024-03-05 10:20"),
        ("ymd", "２０２４－０３－０５", "2024-03-05"),
        ("ymd", "2024-03-05T10:00:00Z", "2024-03-05 10:00"),
        ("ymd", "24-3-5", "2024-03-05"),
        ("ymd", "2024-03-05 10:00 PM", "2024-03-05 22:00"),
        ("mdy", "10/20/2016", "2016-10-20"),
        ("mdy", "3/1/2017", "2017-03-01"),
        ("mdy", "3/1/17", "2017-03-01"),
        ("mdy", "2/24/2003 0:00", "2003-02-24"),
        ("mdy", "11/29/2024 2:05 PM", "2024-11-29 14:05"),
        ("mdy", "2024-03-05", "2024-03-05"),
        ("dmy", "31/12/2020", "2020-12-31"),
        ("dmy", "1.2.2020", "2020-02-01"),
        ("dmy", "5-Mar-24", "2024-03-05"),
        ("dmy", "Mar 5, 2024", "2024-03-05"),
    ],
)
def test_dates_are_read_as_people_write_them(db, order: str, text: str, day: str) -> None:
    found = value(db, Kind.DATE, text, "TIMESTAMP", date_order=order)
    assert found == datetime.fromisoformat(day)


@pytest.mark.parametrize("text", ["0000-00-00", "2024-02-30", "1800-01-01", "13/13/2020", "soon"])
def test_what_is_no_day_is_not_guessed(db, text: str) -> None:
    assert value(db, Kind.DATE, text, "TIMESTAMP", date_order="mdy") is None


# A query for many cells: what it takes to prepare is the same as for one.
@given(
    st.lists(
        st.decimals(-(10**15), 10**15, places=4, allow_nan=False, allow_infinity=False),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=10, deadline=None)
def test_an_amount_survives_any_of_our_ways_to_write_it(db, amounts: list[Decimal]) -> None:
    ways = ("{:f}", "{:,f}", "¥{:,f}")
    for way in ways:
        texts = [way.format(one) if one >= 0 else f"{one:,f}" for one in amounts]
        assert values(db, Kind.MONEY, texts, MONEY) == amounts


@given(
    st.lists(
        st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(
            lambda at: datetime(at.year, at.month, at.day)
        ),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=10, deadline=None)
def test_a_day_survives_any_of_our_ways_to_write_it(db, days: list[datetime]) -> None:
    ways = {
        "ymd": ["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}"],
        "mdy": ["{0.month}/{0.day}/{0.year}"],
        "dmy": ["{0.day}.{0.month}.{0.year}", "{0:%d-%b-%Y}"],
    }
    for order, forms in ways.items():
        for form in forms:
            texts = [form.format(day) for day in days]
            assert values(db, Kind.DATE, texts, "TIMESTAMP", date_order=order) == days, form


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.sampled_from([*clean.BLANKS, *"!~a7中é\x7f"]), max_size=6))
def test_of_every_cell_the_blanks_around_it_go_and_nothing_else(db, text: str) -> None:
    trim = f"SELECT {clean.trimmed('cell')} FROM (SELECT ?::VARCHAR AS cell)"
    assert db.execute(trim, [text]).fetchone() == (text.strip(clean.BLANKS) or None,)
