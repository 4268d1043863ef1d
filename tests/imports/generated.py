"""Small exports as people send them, made by chance, and counted by readers that are not ours."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from random import Random

import openpyxl

Table = list[list[str]]

HEADERS = {
    "customer": (
        ["Customer ID", "Customer Name", "City", "Website", "Employees"],
        ["客户编号", "客户名称", "城市", "网址", "员工人数"],
    ),
    "opportunity": (
        ["Opportunity ID", "Account", "Stage", "Amount", "Close Date"],
        ["商机编号", "客户名称", "阶段", "金额", "关闭日期"],
    ),
    "contact": (
        ["Contact ID", "Contact Name", "Email", "Phone", "Title"],
        ["联系人编号", "联系人姓名", "电子邮箱", "电话", "职位"],
    ),
    "product": (
        ["Product ID", "Product Name", "Family", "List Price", "Note"],
        ["产品编号", "产品名称", "系列", "标价", "备注"],
    ),
}
NAMES = (["Acme", "Bolt", "Core", "Dyna"], ["东方", "华信", "明达", "宏远"])
PLACES = (["Rome", "Oslo", "Bern"], ["北京", "上海", "广州"])
STAGES = (["Won", "Lost", "Prospecting"], ["赢单", "输单", "初步接触"])
ENCODINGS = (
    ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    ["utf-8", "utf-8-sig", "gb18030", "utf-16"],
)
TITLES = (["Export", "Report of the week"], ["导出", "本周报表"])
FOOTERS = ("Total", "合计")


@dataclass(frozen=True)
class Export:
    """One generated file: its table, how it is written, and how many lines stand below its header.

    `keyed`: every key stands on one line, and no line is ragged: the file may be split.
    """

    name: str
    entity: str
    above: Table
    header: list[str]
    rows: Table
    below: Table
    encoding: str
    how: dict[str, object]
    keyed: bool

    def write(self, path: Path, rows: Table | None = None) -> Path:
        """The file, or one with some of its rows under the same header."""
        whole = rows is None
        lines = [self.header, *(self.rows if rows is None else rows)]
        lines = [*self.above, *lines, *self.below] if whole else lines
        if path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            for line in lines:
                book.active.append(line)
            book.save(path)
            return path
        out = io.StringIO()
        csv.writer(out, **self.how).writerows(lines)  # type: ignore[arg-type]
        path.write_bytes(out.getvalue().encode(self.encoding))
        return path

    def lines_below(self, path: Path) -> int:
        """The lines below the header, blank ones among them, as another reader counts them."""
        if path.suffix == ".xlsx":
            return int(openpyxl.load_workbook(path).active.max_row) - len(self.above) - 1
        with path.open(encoding=self.encoding, newline="") as lines:
            found = list(csv.reader(lines, delimiter=str(self.how["delimiter"])))
        return len(found) - len(self.above) - 1


def export(number: int) -> Export:
    """The file of that number, always the same."""
    chance = Random(number)
    entity = chance.choice(list(HEADERS))
    language = chance.randrange(2)
    rows = [_row(chance, entity, language, f"{number}-{at}") for at in range(chance.randint(8, 20))]
    keyed = chance.random() < 0.5
    if not keyed:
        for _ in range(chance.randint(1, 3)):
            chance.choice(_DIRT)(chance, rows, HEADERS[entity][language])
    titled = chance.random() < 0.3
    footed = chance.random() < 0.3
    return Export(
        name=f"{entity}-{number}.{'xlsx' if chance.random() < 0.2 else 'csv'}",
        entity=entity,
        above=[[chance.choice(TITLES[language])], []] if titled else [],
        header=HEADERS[entity][language],
        rows=rows,
        below=[[FOOTERS[language], "", "", "77", ""]] if footed else [],
        encoding=chance.choice(ENCODINGS[language]),
        how={
            "delimiter": chance.choice(",;\t|"),
            "lineterminator": chance.choice(["\n", "\r\n"]),
            "quoting": chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        },
        keyed=keyed,
    )


def pieces(one: Export, chance: Random, count: int) -> list[Table]:
    """The rows dealt out by chance, none of them to two pieces; a piece may have few."""
    dealt: list[Table] = [[] for _ in range(count)]
    for at, row in enumerate(one.rows):
        dealt[at % count if at < count else chance.randrange(count)].append(row)
    return dealt


def _row(chance: Random, entity: str, language: int, key: str) -> list[str]:
    name = f"{chance.choice(NAMES[language])} {chance.choice('ABCDEFGH')}{key}"
    place, amount = chance.choice(PLACES[language]), str(chance.randint(1, 99_999))
    if entity == "customer":
        return [f"C-{key}", name, place, f"www.a{key}.com", amount]
    if entity == "opportunity":
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return [f"OP-{key}", name, chance.choice(STAGES[language]), amount, day]
    if entity == "contact":
        return [
            f"CT-{key}",
            name,
            f"a{key}@acme.com",
            f"+49 30 12345{chance.randint(100, 999)}",
            "",
        ]
    return [f"P-{key}", name, chance.choice("XYZ"), amount, chance.choice(["", "new, and\nold"])]


def _twice(chance: Random, rows: Table, _header: list[str]) -> None:
    rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))


def _changed(chance: Random, rows: Table, _header: list[str]) -> None:
    row = list(chance.choice(rows))
    row[1:2] = [f"{row[1 % len(row)] if len(row) > 1 else ''} neu"] if len(row) > 1 else []
    rows.append(row)


def _ragged(chance: Random, rows: Table, _header: list[str]) -> None:
    row = chance.choice(rows)
    if chance.random() < 0.5 and len(row) > 2:
        row.pop()
    else:
        row.append("more")


def _blank(chance: Random, rows: Table, _header: list[str]) -> None:
    rows.insert(chance.randrange(1, len(rows)), chance.choice([[], [""] * 5]))


def _header(chance: Random, rows: Table, header: list[str]) -> None:
    rows.insert(chance.randrange(1, len(rows)), list(header))


def _keyless(chance: Random, rows: Table, _header: list[str]) -> None:
    row = chance.choice(rows)
    row[:1] = [""] if row else []


_DIRT = [_twice, _changed, _ragged, _blank, _header, _keyless]
