"""Two parts of the exports come from elsewhere, in the encodings of Taiwan and Japan."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

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


def split(found: Sequence[Table]) -> list[Table]:
    """The tables, with the customers abroad and a partner's cases in files of their own."""
    told = {table.name: table for table in found}
    customers, cases = told["customers"], told["cases"]
    abroad = (customers.written["大区"] == "海外").to_numpy()
    partner = np.arange(len(cases.written)) % SHARE == 0
    told["customers"], told["cases"] = customers.only(~abroad), cases.only(~partner)
    if abroad.any():
        told["customers_abroad"] = _taiwan(customers.only(abroad))
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
