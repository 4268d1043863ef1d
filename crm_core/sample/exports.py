"""Which columns each export has, under which headers, and what people have left in the cells."""

import numpy as np
import pandas as pd

from crm_core.sample import cells
from crm_core.sample.company import Company
from crm_core.sample.files import Columns, Sheet
from crm_core.sample.world import Array, World

DAY, MINUTE, MONEY = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00"
OTHER_SPELLING = 0.05  # of the segments


def _segments(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> Array:
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


def staff(company: Company) -> Columns:
    """staff.csv"""
    rows = company.people
    return {
        "staff_no": cells.text(rows["person_id"]),
        "name": cells.text(rows["name"]),
        "email": ("s" + rows["person_id"] + "@staff.example.com").to_numpy(dtype=object),
        "team": cells.text(rows["team"]),
        "region": cells.text(rows["region"]),
        "role": cells.text(rows["role"]),
        "manager_no": cells.text(rows["manager_id"]),
        "active": np.where(rows["active"], "Y", "N").astype(object),
        "absent_from": cells.days(rows["absent_from"]),
        "absent_to": cells.days(rows["absent_to"]),
    }


def customers(world: World, company: Company) -> Columns:
    """客户.csv"""
    rows, dice = company.customers, world.dice("customer cells")
    created = cells.days(rows["created_at"], cells.slashes)
    bought = rows["customer_id"].isin(company.order_lines["customer_id"])
    status = np.select([rows["left_at"].notna(), bought], ["流失", "正常"], default="潜在")
    columns = {
        "客户编号": cells.text(rows["customer_id"]),
        "客户名称": cells.text(rows["name"]),
        "所属行业": _segments(world, dice, rows),
        "行业确认人工号": cells.text(rows["captured_by"]),
        "行业确认日期": cells.days(rows["captured_at"], cells.slashes),
        "销售渠道": cells.text(rows["channel"]),
        "上级客户编号": cells.text(rows["parent_id"]),
        "负责人工号": cells.text(rows["owner_id"]),
        "电话": cells.text(rows["phone"]),
        "邮箱": cells.text(rows["email"]),
        "网址": ("www." + rows["domain"]).to_numpy(dtype=object),
        "地址": cells.text(rows["street"]),
        "邮编": cells.text(rows["postcode"]),
        "城市": cells.text(rows["city"]),
        "大区": cells.text(rows["region"]),
        "国家": cells.text(rows["country"]),
        "员工人数": cells.whole(rows["employees"]),
        "年营业额（万元）": cells.whole(rows["annual_revenue"]),
        "创建日期": created,
        "客户状态": status.astype(object),
    }
    cells.touch(dice, columns["客户名称"], 20, lambda name: name + "  ")
    cells.touch(dice, columns["电话"], 12, cells.full_width)
    cells.touch(dice, columns["地址"], 5, lambda street: street + "\n2号楼")
    _write_otherwise(dice, created, 30)
    created[-1] = "2025-02-30"  # the newest customer: hardly anything hangs on it
    return columns


def _write_otherwise(dice: np.random.Generator, written: Array, count: int) -> None:
    """2024/3/5 or 2024-03-05 as 2024年3月5日, in some cells."""

    def change(day: str) -> str:
        year, month, rest = day.replace("/", "-").split("-")
        return f"{year}年{int(month)}月{int(rest)}日"

    cells.touch(dice, written, count, change)


def leads(world: World, company: Company) -> Columns:
    """线索.csv"""
    rows, dice = company.leads, world.dice("lead cells")
    columns = {
        "线索编号": cells.text(rows["lead_id"]),
        "联系人姓名": cells.text(rows["name"]),
        "公司名称": cells.text(rows["company"]),
        "职务": cells.text(rows["title"]),
        "邮箱": cells.text(rows["email"]),
        "手机": cells.text(rows["phone"]),
        "市场板块": _segments(world, dice, rows),
        "板块确认人工号": cells.text(rows["captured_by"]),
        "板块确认日期": cells.days(rows["captured_at"]),
        "线索来源": cells.text(rows["source"]),
        "销售渠道": cells.text(rows["channel"]),
        "线索状态": cells.text(rows["status"]),
        "负责人工号": cells.text(rows["owner_id"]),
        "大区": cells.text(rows["region"]),
        "城市": cells.text(rows["city"]),
        "创建时间": cells.minutes(rows["created_at"]),
        "确认时间": cells.minutes(rows["qualified_at"]),
        "转化客户编号": cells.text(rows["converted_customer_id"]),
    }
    cells.touch(dice, columns["公司名称"], 20, lambda name: name + " ")
    open_still = np.flatnonzero(rows["status"] == "无效")
    columns["创建时间"][dice.choice(open_still)] = "2025-13-40 09:00"
    return columns


def opportunities(world: World, company: Company) -> Columns:
    """商机.csv"""
    rows, dice = company.opportunities, world.dice("opportunity cells")
    amount, created = cells.money(rows["amount"]), cells.days(rows["created_at"])
    product = company.products["product_id"].to_numpy(dtype=object)[rows["product"]]
    _write_otherwise(dice, created, 40)
    signed = (rows["currency"] == "CNY").to_numpy() & (dice.random(len(rows)) < 0.08)
    amount[signed] = "¥" + amount[signed]
    lost = np.flatnonzero(rows["stage"] == "输单")
    amount[dice.choice(lost)], amount[dice.choice(lost)] = "待定", "面议"
    created[dice.choice(lost)] = "2024-11-31"
    return {
        "商机编号": cells.text(rows["opportunity_id"]),
        "商机名称": cells.text(rows["name"]),
        "客户编号": cells.text(rows["customer_id"]),
        "线索编号": cells.text(rows["lead_id"]),
        "产品编码": product,
        "销售渠道": cells.text(rows["channel"]),
        "大区": cells.text(rows["region"]),
        "商机阶段": cells.text(rows["stage"]),
        "预计成交金额": amount,
        "币种": cells.text(rows["currency"]),
        "赢单概率": np.array([f"{p:.0%}" for p in rows["probability"]], dtype=object),
        "负责人工号": cells.text(rows["owner_id"]),
        "创建日期": created,
        "预计成交日期": cells.days(rows["expected_close_at"]),
        "关闭日期": cells.days(rows["closed_at"]),
    }


def orders(world: World, company: Company) -> list[Sheet]:
    """订单明细.xlsx: order lines, returns, products."""
    first, last = world.calendar.days[0], world.calendar.days[-1]
    months = f"{str(first)[:7]} 至 {str(last)[:7]}"
    return [
        _order_sheet(world, company, f"订单明细（{months}）"),
        _return_sheet(company),
        _product_sheet(company),
    ]


def _order_sheet(world: World, company: Company, title: str) -> Sheet:
    rows, dice = company.order_lines, world.dice("order cells")
    ordered, amount = cells.serial(rows["ordered_at"]), cells.text(rows["amount"])
    texts = cells.days(rows["ordered_at"], cells.characters)
    other = dice.choice(len(rows), min(40, len(rows) // 10), replace=False)
    ordered[other] = texts[other]
    ordered[other[0]], amount[other[1]] = "2026-02-30", "见合同"
    total = round(sum(value for value in amount if not isinstance(value, str)), 2)
    columns = {
        "明细编号": cells.text(rows["sale_id"]),
        "订单编号": cells.text(rows["order_id"]),
        "客户编号": cells.text(rows["customer_id"]),
        "产品编码": company.products["product_id"].to_numpy(dtype=object)[rows["product"]],
        "销售渠道": cells.text(rows["channel"]),
        "大区": cells.text(rows["region"]),
        "销售员工号": cells.text(rows["owner_id"]),
        "下单日期": ordered,
        "发货日期": cells.serial(rows["shipped_at"]),
        "数量": cells.text(rows["quantity"]),
        "单价": cells.text(rows["unit_price"]),
        "折扣": cells.text(rows["discount"]),
        "金额": amount,
        "币种": cells.text(rows["currency"]),
        "毛利": cells.text(rows["profit"]),
    }
    formats = {"下单日期": DAY, "发货日期": DAY, "折扣": "0%"}
    formats |= dict.fromkeys(["单价", "金额", "毛利"], MONEY)
    footer: dict[str, object] = {
        "明细编号": "合计", "数量": int(rows["quantity"].sum()), "金额": total,
    }  # fmt: skip
    return Sheet("订单明细", columns, title, formats, footer)


def _return_sheet(company: Company) -> Sheet:
    rows = company.returns
    columns = {
        "退货单号": cells.text(rows["return_id"]),
        "订单编号": cells.text(rows["order_id"]),
        "明细编号": cells.text(rows["sale_id"]),
        "退货日期": cells.serial(rows["returned_at"]),
        "退货原因": cells.text(rows["reason"]),
    }
    return Sheet("退货", columns, formats={"退货日期": DAY})


def _product_sheet(company: Company) -> Sheet:
    rows = company.products
    columns = {
        "产品编码": cells.text(rows["product_id"]),
        "产品名称": cells.text(rows["name"]),
        "产品系列": cells.text(rows["family"]),
        "标价": cells.text(rows["list_price"]),
        "币种": np.full(len(rows), "CNY", dtype=object),
        "计划停产": cells.yes_no(rows["phasing_out"]),
    }
    return Sheet("产品", columns, formats={"标价": MONEY})


def cases(world: World, company: Company) -> Columns:
    """服务工单.csv"""
    rows, dice = company.cases, world.dice("case cells")
    opened = cells.minutes(rows["opened_at"])
    opened[dice.integers(len(rows))] = "0000-00-00 00:00"
    return {
        "工单编号": cells.text(rows["case_id"]),
        "客户编号": cells.text(rows["customer_id"]),
        "主题": cells.text(rows["subject"]),
        "服务级别": cells.text(rows["tier"]),
        "工单状态": cells.text(rows["status"]),
        "优先级": cells.text(rows["priority"]),
        "处理人工号": cells.text(rows["owner_id"]),
        "受理时间": opened,
        "关闭时间": cells.minutes(rows["closed_at"]),
        "受理时行业已知": cells.yes_no(rows["segment_known"]),
    }


def activities(company: Company) -> Columns:
    """活动记录.csv"""
    rows = company.activities
    return {
        "活动编号": cells.text(rows["activity_id"]),
        "活动类型": cells.text(rows["kind"]),
        "主题": cells.text(rows["subject"]),
        "Owner ID": cells.text(rows["owner_id"]),
        "客户编号": cells.text(rows["customer_id"]),
        "Lead ID": cells.text(rows["lead_id"]),
        "Opportunity ID": cells.text(rows["opportunity_id"]),
        "工单编号": cells.text(rows["case_id"]),
        "活动时间": cells.minutes(rows["happened_at"]),
        "截止日期": cells.days(rows["due_at"]),
        "完成时间": cells.minutes(rows["done_at"]),
    }


def handoffs(company: Company) -> list[Sheet]:
    """线索交接与升级.xlsx: handed leads, escalated cases."""
    return [
        _handoff_sheet(company.lead_handoffs, "线索交接", "交接编号", "线索编号", "lead_id"),
        _handoff_sheet(company.escalations, "问题升级", "升级编号", "工单编号", "case_id"),
    ]


def _handoff_sheet(rows: pd.DataFrame, kind: str, own: str, other: str, other_id: str) -> Sheet:
    columns = {
        own: cells.text(rows["handoff_id"]),
        "类型": np.full(len(rows), kind, dtype=object),
        other: cells.text(rows[other_id]),
        "移交人工号": cells.text(rows["from_id"]),
        "接收人工号": cells.text(rows["to_id"]),
        "移交团队": cells.text(rows["from_team"]),
        "接收团队": cells.text(rows["to_team"]),
        "移交时间": cells.serial(rows["handed_at"]),
        "接受时间": cells.serial(rows["accepted_at"]),
        "下一步时间": cells.serial(rows["next_step_at"]),
        "背景说明": cells.text(rows["context"]),
    }
    times = dict.fromkeys(["移交时间", "接受时间", "下一步时间"], MINUTE)
    return Sheet(kind, columns, title=f"{kind}记录", formats=times)
