"""Which columns each export has, under which headers: clean, before anybody worked with them."""

import numpy as np
import pandas as pd

from crm_core.sample import cells
from crm_core.sample.company import Company
from crm_core.sample.files import Columns, Sheet
from crm_core.sample.world import Array, World

DAY, MINUTE, MONEY = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00"


def _segments(world: World, rows: pd.DataFrame) -> Array:
    """The segments on record, blank where there is none."""
    names = np.array([segment.name for segment in world.firm.segments], dtype=object)
    return np.where(rows["recorded"], names[rows["segment"].to_numpy(dtype=int)], "")


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
    rows = company.customers
    bought = rows["customer_id"].isin(company.order_lines["customer_id"])
    status = np.select([rows["left_at"].notna(), bought], ["流失", "正常"], default="潜在")
    return {
        "客户编号": cells.text(rows["customer_id"]),
        "客户名称": cells.text(rows["name"]),
        "所属行业": _segments(world, rows),
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
        "创建日期": cells.days(rows["created_at"], cells.slashes),
        "客户状态": status.astype(object),
    }


def warranty_list(world: World, company: Company) -> Columns:
    """保修客户.xlsx: customers as the service desk typed them a second time into its database, with
    phones and names of their own. Only what the customer export has as well, so that it adds
    nothing."""
    dice, buyers = world.dice("warranty list"), company.customers
    served = buyers["customer_id"].isin(company.cases["customer_id"])
    whole = (buyers[["phone", "street"]] != "").all(axis=1) & buyers["phone"].notna()
    known = buyers[served & whole]
    places = dice.choice(len(known), min(world.count(160), len(known)), replace=False)
    rows = known.iloc[np.sort(places)]
    name, phone = cells.text(rows["name"]), cells.text(rows["phone"])
    cells.touch(dice, name, len(rows) // 8, lambda full: full.replace("有限公司", ""))
    cells.touch(dice, phone, len(rows) // 3, lambda number: f"{number[:-2]}{dice.integers(10, 99)}")
    return {
        "客户编号": cells.text(rows["customer_id"]),
        "客户名称": name,
        "电话": phone,
        "地址": cells.text(rows["street"]),
    }


def fair_list(world: World, company: Company) -> Columns:
    """展会登记.xlsx: visitors of a trade fair as the stand wrote them down: customers, without a
    number and under a shorter name, a third of them under the brand alone: whether these
    are the customers of that name a person must say."""
    dice, buyers = world.dice("fair list"), company.customers
    whole = (buyers[["phone", "street"]] != "").all(axis=1) & buyers["phone"].notna()
    known = buyers[whole & buyers["left_at"].isna() & buyers["chinese"]]
    places = dice.choice(len(known), min(world.count(48), len(known)), replace=False)
    rows = known.iloc[np.sort(places)]
    taken = dice.integers(3, size=len(rows))
    short = rows["name"].str.replace(r"(股份|集团)?有限(责任)?公司$", "", regex=True)
    desk = rows["phone"].str[:-2] + dice.integers(10, 99, len(rows)).astype(str)
    return {
        "客户名称": cells.text(short.mask(taken == 1, rows["brand"])),
        "城市": cells.text(rows["city"].mask(taken == 1, "")),
        "地址": cells.text(rows["street"].mask(taken > 0, "")),
        "电话": cells.text(rows["phone"].mask(taken == 1, "").mask(taken == 2, desk)),
        "邮箱": cells.text(rows["email"].mask(taken > 0, "")),
    }


def leads(world: World, company: Company) -> Columns:
    """线索.csv"""
    rows = company.leads
    return {
        "线索编号": cells.text(rows["lead_id"]),
        "联系人姓名": cells.text(rows["name"]),
        "公司名称": cells.text(rows["company"]),
        "职务": cells.text(rows["title"]),
        "邮箱": cells.text(rows["email"]),
        "手机": cells.text(rows["phone"]),
        "市场板块": _segments(world, rows),
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


def opportunities(company: Company) -> Columns:
    """商机.csv"""
    rows = company.opportunities
    product = company.products["product_id"].to_numpy(dtype=object)[rows["product"]]
    return {
        "商机编号": cells.text(rows["opportunity_id"]),
        "商机名称": cells.text(rows["name"]),
        "客户编号": cells.text(rows["customer_id"]),
        "线索编号": cells.text(rows["lead_id"]),
        "产品编码": product,
        "销售渠道": cells.text(rows["channel"]),
        "大区": cells.text(rows["region"]),
        "商机阶段": cells.text(rows["stage"]),
        "预计成交金额": cells.money(rows["amount"]),
        "币种": cells.text(rows["currency"]),
        "赢单概率": np.array([f"{p:.0%}" for p in rows["probability"]], dtype=object),
        "负责人工号": cells.text(rows["owner_id"]),
        "创建日期": cells.days(rows["created_at"]),
        "预计成交日期": cells.days(rows["expected_close_at"]),
        "关闭日期": cells.days(rows["closed_at"]),
    }


def orders(company: Company) -> Columns:
    """The order lines of 订单明细.xlsx."""
    rows = company.order_lines
    return {
        "明细编号": cells.text(rows["sale_id"]),
        "订单编号": cells.text(rows["order_id"]),
        "客户编号": cells.text(rows["customer_id"]),
        "产品编码": company.products["product_id"].to_numpy(dtype=object)[rows["product"]],
        "销售渠道": cells.text(rows["channel"]),
        "大区": cells.text(rows["region"]),
        "销售员工号": cells.text(rows["owner_id"]),
        "下单日期": cells.serial(rows["ordered_at"]),
        "发货日期": cells.serial(rows["shipped_at"]),
        "数量": cells.text(rows["quantity"]),
        "单价": cells.text(rows["unit_price"]),
        "折扣": cells.text(rows["discount"]),
        "金额": cells.text(rows["amount"]),
        "币种": cells.text(rows["currency"]),
        "毛利": cells.text(rows["profit"]),
    }


def order_workbook(world: World, company: Company, columns: Columns) -> list[Sheet]:
    """订单明细.xlsx: order lines, returns, products."""
    first, last = world.calendar.days[0], world.calendar.days[-1]
    months = f"{str(first)[:7]} 至 {str(last)[:7]}"
    return [
        _order_sheet(columns, f"订单明细（{months}）"),
        return_sheet(company),
        product_sheet(company),
    ]


def _order_sheet(columns: Columns, title: str) -> Sheet:
    total = round(sum(value for value in columns["金额"] if not isinstance(value, str)), 2)
    formats = {"下单日期": DAY, "发货日期": DAY, "折扣": "0%"}
    formats |= dict.fromkeys(["单价", "金额", "毛利"], MONEY)
    footer: dict[str, object] = {
        "明细编号": "合计", "数量": int(columns["数量"].sum()), "金额": total,
    }  # fmt: skip
    return Sheet("订单明细", columns, title, formats, footer)


def return_sheet(company: Company) -> Sheet:
    """The returns of 订单明细.xlsx."""
    rows = company.returns
    columns = {
        "退货单号": cells.text(rows["return_id"]),
        "订单编号": cells.text(rows["order_id"]),
        "明细编号": cells.text(rows["sale_id"]),
        "退货日期": cells.serial(rows["returned_at"]),
        "退货原因": cells.text(rows["reason"]),
    }
    return Sheet("退货", columns, formats={"退货日期": DAY})


def product_sheet(company: Company) -> Sheet:
    """The products of 订单明细.xlsx."""
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


def cases(company: Company) -> Columns:
    """服务工单.csv"""
    rows = company.cases
    return {
        "工单编号": cells.text(rows["case_id"]),
        "客户编号": cells.text(rows["customer_id"]),
        "主题": cells.text(rows["subject"]),
        "服务级别": cells.text(rows["tier"]),
        "工单状态": cells.text(rows["status"]),
        "优先级": cells.text(rows["priority"]),
        "处理人工号": cells.text(rows["owner_id"]),
        "受理时间": cells.minutes(rows["opened_at"]),
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
