"""Parts of the exports come from abroad, in the encodings of Taiwan, Japan and the West."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from crm_core.sample.dirt.lists import ENGLISH as SEGMENTS
from crm_core.sample.dirt.tables import Table
from crm_core.sample.dirt.text import traditional
from crm_core.sample.world import Array

SUBJECTS = ("起動できない", "通信エラー", "校正の依頼", "部品の破損", "ログインできない")
ENGLISH = {
    "工单编号": "Case ID", "客户编号": "Customer ID", "主题": "Subject",
    "处理人工号": "Owner ID", "受理时间": "Opened At", "关闭时间": "Closed At",
}  # fmt: skip
SHARE = 40
"""One in so many cases is a Japanese partner's."""
WESTERN = {
    "客户编号": "Customer ID", "客户名称": "Customer Name", "所属行业": "Industry",
    "负责人工号": "Owner ID", "电话": "Phone", "邮箱": "Email", "网址": "Website",
    "地址": "Street", "邮编": "Postcode", "城市": "City", "国家": "Country",
    "员工人数": "Employees", "创建日期": "Created Date",
}  # fmt: skip
WORDS = {
    "德国": "Germany", "英国": "United Kingdom", "美国": "United States", "Munich": "München",
    **{segment: english for segment, (english, _) in SEGMENTS.items()},
}  # fmt: skip
ACCENTS = str.maketrans("aeou", "äéöü")


def split(found: Sequence[Table]) -> list[Table]:
    """The tables, with the customers abroad and a partner's cases in files of their own."""
    told = {table.name: table for table in found}
    customers, cases = told["customers"], told["cases"]
    abroad = (customers.written["大区"] == "海外").to_numpy()
    western = abroad & (customers.written["国家"] != "新加坡").to_numpy()
    partner = np.arange(len(cases.written)) % SHARE == 0
    told["customers"], told["cases"] = customers.only(~abroad), cases.only(~partner)
    if (abroad & ~western).any():
        told["customers_abroad"] = _taiwan(customers.only(abroad & ~western))
    if western.any():
        told["customers_west"] = _west(customers.only(western))
    told["cases_japan"] = _japan(cases.only(partner))
    return list(told.values())


def _taiwan(customers: Table) -> Table:
    """In traditional characters, headers included; meant is what the other file means."""
    columns = tuple(replace(c, header=traditional(c.header)) for c in customers.columns)
    names = dict(zip(customers.written.columns, (c.header for c in columns), strict=True))
    written = customers.written.map(traditional).rename(columns=names)
    return replace(
        customers, name="customers_abroad", file="海外客戶.csv", columns=columns,
        written=written, meant=customers.meant.rename(columns=names), encoding="big5",
    )  # fmt: skip


def _west(customers: Table) -> Table:
    """In English, with the letters of Western names and days of which nobody can tell the month."""
    kinds = {"创建日期": "ambiguous"}
    columns = tuple(
        replace(c, header=WESTERN[c.header], kind=kinds.get(c.header, c.kind))
        for c in customers.columns
        if c.header in WESTERN
    )
    return replace(
        customers, name="customers_west", file="customers_west.csv", columns=columns,
        written=_western(customers.written), meant=_western(customers.meant), encoding="cp1252",
    )  # fmt: skip


def _western(frame: pd.DataFrame) -> pd.DataFrame:
    told = frame[list(WESTERN)].rename(columns=WESTERN).replace(WORDS)
    for header in ("Customer Name", "Street"):
        told[header] = told[header].map(_accented)
    told["Created Date"] = told["Created Date"].map(_small_day)
    return told


def _accented(text: str) -> str:
    """The first word with its last vowel as other languages write it."""
    word, gap, rest = text.partition(" ")
    place = max(map(word.rfind, "aeou"))
    return word[:place] + word[place:].translate(ACCENTS) + gap + rest if place > 0 else text


def _small_day(iso: str) -> str:
    """The day brought down to one that may be a month."""
    return f"{iso[:8]}{(int(iso[8:10]) - 1) % 12 + 1:02d}" if iso else iso


def _japan(cases: Table) -> Table:
    columns = tuple(
        replace(c, header=ENGLISH[c.header]) for c in cases.columns if c.header in ENGLISH
    )
    subjects = np.array(SUBJECTS, dtype=object)[np.arange(len(cases.written)) % len(SUBJECTS)]
    return replace(
        cases, name="cases_japan", file="サポート案件.csv", columns=columns,
        written=_english(cases.written, subjects), meant=_english(cases.meant, subjects),
        encoding="shift_jis",
    )  # fmt: skip


def _english(frame: pd.DataFrame, subjects: Array) -> pd.DataFrame:
    return frame[list(ENGLISH)].rename(columns=ENGLISH).assign(Subject=subjects)
