"""The light dirt that people leave in every export: what nobody notices while working with it.

Each function changes some cells of an export's columns in place.
"""

import numpy as np
import pandas as pd

from crm_core.sample import cells
from crm_core.sample.company import Company
from crm_core.sample.files import Columns
from crm_core.sample.world import Array, World

OTHER_SPELLING = 0.05  # of the segments


def segments(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> Array:
    """The segments on record: mostly one spelling, blanks and placeholders where there is none."""
    names = np.array([segment.name for segment in world.firm.segments], dtype=object)
    others = np.array([segment.variants[0] for segment in world.firm.segments], dtype=object)
    place = rows["segment"].to_numpy(dtype=int)
    spelled = np.where(dice.random(len(rows)) < OTHER_SPELLING, others[place], names[place])
    nothing = dice.choice(np.array(["", "无", "-"], dtype=object), len(rows), p=[0.7, 0.2, 0.1])
    found = np.where(rows["recorded"], spelled, nothing)
    cells.touch(dice, found, 25, lambda value: value + " ")
    cells.touch(dice, found, 10, lambda value: "\u3000" + value)
    return found


def _write_otherwise(dice: np.random.Generator, written: Array, count: int) -> None:
    """2024/3/5 or 2024-03-05 as 2024年3月5日, in some cells."""

    def change(day: str) -> str:
        year, month, rest = day.replace("/", "-").split("-")
        return f"{year}年{int(month)}月{int(rest)}日"

    cells.touch(dice, written, count, change)


def customers(world: World, company: Company, columns: Columns) -> None:
    """Segments, names, phones, addresses and dates of 客户.csv."""
    dice = world.dice("customer cells")
    columns["所属行业"] = segments(world, dice, company.customers)
    cells.touch(dice, columns["客户名称"], 20, lambda name: name + "  ")
    cells.touch(dice, columns["电话"], 12, cells.full_width)
    cells.touch(dice, columns["地址"], 5, lambda street: street + "\n2号楼")
    created = columns["创建日期"]
    _write_otherwise(dice, created, 30)
    created[-1] = "2025-02-30"  # the newest customer: hardly anything hangs on it


def leads(world: World, company: Company, columns: Columns) -> None:
    """Segments, names and a date of 线索.csv."""
    rows, dice = company.leads, world.dice("lead cells")
    columns["市场板块"] = segments(world, dice, rows)
    cells.touch(dice, columns["公司名称"], 20, lambda name: name + " ")
    open_still = np.flatnonzero(rows["status"] == "无效")
    columns["创建时间"][dice.choice(open_still)] = "2025-13-40 09:00"


def opportunities(world: World, company: Company, columns: Columns) -> None:
    """Amounts and dates of 商机.csv."""
    rows, dice = company.opportunities, world.dice("opportunity cells")
    amount, created = columns["预计成交金额"], columns["创建日期"]
    _write_otherwise(dice, created, 40)
    signed = (rows["currency"] == "CNY").to_numpy() & (dice.random(len(rows)) < 0.08)
    amount[signed] = "¥" + amount[signed]
    lost = np.flatnonzero(rows["stage"] == "输单")
    amount[dice.choice(lost)], amount[dice.choice(lost)] = "待定", "面议"
    created[dice.choice(lost)] = "2024-11-31"


def orders(world: World, company: Company, columns: Columns) -> None:
    """Dates and an amount of 订单明细."""
    rows, dice = company.order_lines, world.dice("order cells")
    ordered, amount = columns["下单日期"], columns["金额"]
    texts = cells.days(rows["ordered_at"], cells.characters)
    other = dice.choice(len(rows), min(40, len(rows) // 10), replace=False)
    ordered[other] = texts[other]
    ordered[other[0]], amount[other[1]] = "2026-02-30", "见合同"


def cases(world: World, company: Company, columns: Columns) -> None:
    """A moment of 服务工单.csv."""
    dice = world.dice("case cells")
    columns["受理时间"][dice.integers(len(company.cases))] = "0000-00-00 00:00"
