"""Days in words are read as the day they say, or not at all."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.pipeline.standardise.dates import plain_date


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("二〇二四年三月五日", None, "2024-03-05"),
        ("二零二四年十二月三十一日", None, "2024-12-31"),
        ("民国113年3月5日", None, "2024-03-05"),
        ("中華民國一一三年三月五日", None, "2024-03-05"),
        ("民国元年1月1日", None, "1912-01-01"),
        ("令和6年3月5日", None, "2024-03-05"),
        ("平成31年4月1日", None, "2019-04-01"),
        ("2024/3/5(火)", None, "2024-03-05"),
        ("5. Mär 2024", None, "2024-03-05"),
        ("05-Mrz-2024", None, "2024-03-05"),
        ("24年3月5日", None, "2024-03-05"),
        ("2024年3月5日 下午3:05", None, "2024-03-05 15:05"),
        ("2024年3月5日 15时30分20秒", None, "2024-03-05 15:30:20"),
        ("2024-03-05 星期二", None, "2024-03-05"),
        ("2024-03-05 24:00", None, "2024-03-06"),
        ("5/3/2024 24:00", "dmy", "2024-03-06"),
        ("2024-03-05T10:00:00+08:00", None, "2024-03-05 10:00"),
        ("3/5/2024 9:30 EST", "mdy", "2024-03-05 09:30"),
        ("2024-03-05 10:00 PM", None, "2024-03-05 22:00"),
        ("March 5th, 2024", None, "2024-03-05"),
        ("Tuesday, March 5, 2024", None, "2024-03-05"),
        ("5. März 2024", None, "2024-03-05"),
        ("5 de marzo de 2024", None, "2024-03-05"),
    ],
)
def test_days_in_words_are_understood(text: str, order, moment: str) -> None:
    assert plain_date(text, order) == datetime.fromisoformat(moment).isoformat()


@pytest.mark.parametrize("text", ["2024年3月", "二〇二四年三月", "2024-03", "2024/3", "Mar 2024"])
def test_a_month_is_its_first_day(text: str) -> None:
    assert plain_date(text, None) == "2024-03-01T00:00:00"


@pytest.mark.parametrize(
    "text",
    [
        *("2024", "2024年", "2024Q1", "2024年第一季度", "2024年上半年", "Mar-24", "1/2/3", "soon"),
        *("2024年13月5日", "2024-02-30", "2024年3月5日前", "2024-03-05 25:00", "约2024年3月5日"),
        *("1850年1月1日", "2024-03-05 ~ 2024-03-10", "3/4"),
    ],
)
def test_what_is_no_single_day_is_not_guessed(text: str) -> None:
    assert plain_date(text, "mdy") is None


@given(st.text(max_size=30), st.sampled_from([None, "ymd", "mdy", "dmy"]))
def test_no_text_breaks_it(text: str, order) -> None:
    plain_date(text, order)


@given(st.datetimes(datetime(1912, 1, 1), datetime(2199, 12, 31)))
@settings(deadline=None)
def test_every_day_is_read_back_from_its_republican_year(moment: datetime) -> None:
    written = f"民国{moment.year - 1911}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"
    assert plain_date(written, None) == moment.replace(microsecond=0).isoformat()
