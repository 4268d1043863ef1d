"""What a new project manager has lying about: lists to type, to paste and to import.

Somebody else made them: a title above, merged cells, heads of their own, days written in several
ways, links by name, lists parted by any sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl

Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Lists:
    """The lists of one register."""

    page: str
    register: str
    typed: Sequence[str]
    pasted: str
    """As a spreadsheet copies it: tabs, and quotes around cells of several lines."""
    sheet: Cells
    """A workbook's sheet, from its title on."""
    means: dict[str, str]
    """Heads of the sheet that the product cannot know -> the field's label."""

    def write(self, folder: Path) -> Path:
        """The workbook, its title over merged cells."""
        book = openpyxl.Workbook()
        for row in self.sheet:
            book.active.append(list(row))
        book.active.merge_cells(start_row=1, start_column=1, end_row=1, end_column=5)
        path = folder / f"{self.register}.xlsx"
        book.save(path)
        return path


def _copied(rows: Cells) -> str:
    return "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(value: object) -> str:
    text = str(value)
    quoted = '"' + text.replace('"', '""') + '"'
    return quoted if set(text) & set('\t\n"') else text


def _days(at: int) -> object:
    ways = (date(2027, 3, 31), "2027-4-1", "2027年5月2日", "Jun 30, 2027", "20270701", None)
    return ways[at % len(ways)]


_TEAMS = ("销售", "客服", "商务")

ENGLISH = (
    Lists(
        page="processes",
        register="process",
        typed=("Handle an enquiry", "Qualify a lead"),
        pasted=_copied(
            [
                ("Title", "Function", "Purpose", "Due", "Critical to the business"),
                ("Trade fair", "Marketing", 'Every badge,\nno "later"', "2027-03-31", "yes"),
                *((f"Pasted process {n}", "Sales", "", "2027/4/15", "no") for n in range(13)),
            ]
        ),
        sheet=[
            ("Process inventory, draft 7",),
            ("as of November",),
            (),
            ("#", "Process name", "Department", "Owner", "Target date"),
            *((n, f"Listed process {n}", "Finance", "G. Weiss", _days(n)) for n in range(14)),
        ],
        means={"Department": "Function", "Target date": "Due"},
    ),
    Lists(
        page="applications",
        register="application",
        typed=("SAP ERP", "Quotes.xlsx"),
        pasted=_copied(
            [
                ("Title", "Kind", "Used by", "Number of users", "Cost a year", "Functional fit"),
                ("Complaints.accdb", "Access", "Service; Sales", 6, "1,500", "good"),
                *((f"Tool {n}", "Excel", "Sales", n, n * 100, "poor") for n in range(17)),
            ]
        ),
        sheet=[
            ("Application landscape",),
            ("Application", "Type", "How many users", "Cost a year (k€)", "Owner", "Adoption %"),
            *((f"Old tool {n}", "Suite", n, n * 1.5, "H. Maier", 0.05 * n) for n in range(20)),
        ],
        means={"Type": "Kind", "How many users": "Number of users"},
    ),
    Lists(
        page="pain-points",
        register="pain_point",
        typed=("Quotes take five days", "Data typed three times"),
        pasted=_copied(
            [
                ("Title", "Team", "Affected groups", "Is about", "Complaint", "Applications"),
                (
                    "Slow",
                    "Sales",
                    "Sales: 12; Service: 3",
                    "people",
                    'Again:\n"we wait"',
                    "SAP ERP",
                ),
                *((f"Said {n}", "Sales", f"Sales: {n}", "data", "", "A-1") for n in range(27)),
            ]
        ),
        sheet=[
            ("Collected in workshops",),
            (),
            ("Pain point", "Team", "Category", "Highest cost", "Applications", "Severity"),
            *(
                (f"Found {n}", "Service", "Process", 4000 * n, "Complaints.accdb", "high")
                for n in range(30)
            ),
        ],
        means={"Category": "Is about", "Highest cost": "Costs a year, at most"},
    ),
)

CHINESE = (
    Lists(
        page="processes",
        register="process",
        typed=("接收客户咨询", "线索筛选"),
        pasted=_copied(
            [
                ("标题", "职能", "目的", "截止日期", "关键流程"),
                ("展会线索跟进", "市场", "两天内录入，\n不要“以后”", "2027年3月31日", "是"),
                *((f"粘贴流程{n}", "销售", "", "2027.4.15", "否") for n in range(13)),
            ]
        ),
        sheet=[
            ("客户业务流程盘点表",),
            ("填表人：项目办",),
            ("序号", "流程名称", "职能", "流程负责人", "完成时间"),
            *((n, f"盘点流程{n}", "财务", "郭强", _days(n)) for n in range(14)),
        ],
        means={"流程名称": "标题", "流程负责人": "负责人", "完成时间": "截止日期"},
    ),
    Lists(
        page="applications",
        register="application",
        typed=("金蝶 K3", "报价表.xlsx"),
        pasted=_copied(
            [
                ("标题", "类型", "使用者", "用户数", "年成本", "功能适配度"),
                ("投诉登记.accdb", "Access", "客服、销售", 6, "1.5万", "良好"),
                *((f"工具{n}", "Excel", "销售", n, n * 100, "较差") for n in range(17)),
            ]
        ),
        sheet=[
            ("应用系统清单",),
            ("系统名称", "系统类型", "用户数", "年成本（万元）", "责任人", "使用率"),
            *((f"老系统{n}", "套件", n, n * 1.5, "郭强", 0.05 * n) for n in range(20)),
        ],
        means={"系统名称": "标题", "系统类型": "类型", "责任人": "负责人"},
    ),
    Lists(
        page="pain-points",
        register="pain_point",
        typed=("报价要五天", "资料录入三遍"),
        pasted=_copied(
            [
                ("标题", "团队", "受影响群体", "问题类别", "抱怨原话", "相关应用"),
                ("太慢", "销售", "销售：12、客服：3", "人员", "总是：\n“又要等”", "金蝶 K3"),
                *((f"反馈{n}", "销售", f"销售：{n}", "数据", "", "A-1") for n in range(27)),
            ]
        ),
        sheet=[
            ("痛点收集表",),
            (),
            ("痛点", "团队", "分类", "年损失（万元）", "相关应用", "严重程度"),
            *(
                (f"研讨发现{n}", _TEAMS[n % 3], "流程", 0.4 * n, "投诉登记.accdb", "高")
                for n in range(30)
            ),
        ],
        means={"分类": "问题类别", "年损失（万元）": "年成本上限"},
    ),
)
