"""The sample company: a seeded generator of plausible CRM exports."""

from datetime import date, datetime, time
from pathlib import Path

from crm_core.sample import exports
from crm_core.sample.company import company
from crm_core.sample.files import write_csv, write_workbook
from crm_core.sample.world import World

UNTIL = date(2026, 10, 31)


def write(directory: Path, seed: int = 2024, until: date = UNTIL, scale: float = 1.0) -> list[Path]:
    """Writes the exports of an invented firm's last three years and returns their paths.

    `until` is the last day of business; `scale` multiplies the number of rows, not of staff
    and products. The same arguments give the same bytes. The folder is made where it is
    missing; files of these names in it are replaced.
    """
    world = World(seed, until, scale)
    firm = company(world)
    directory.mkdir(parents=True, exist_ok=True)
    exported = datetime.combine(until, time(19))
    buyers, requests = exports.customers(world, firm), exports.cases(world, firm)
    gaps = (len(firm.customers) // 3, len(firm.customers))
    return [
        write_csv(directory / "staff.csv", exports.staff(firm), "utf-8"),
        write_csv(directory / "客户.csv", buyers, "gb18030", blank_after=gaps),
        write_csv(directory / "线索.csv", exports.leads(world, firm), "gb18030"),
        write_csv(directory / "商机.csv", exports.opportunities(world, firm), "utf-8-sig"),
        write_workbook(directory / "订单明细.xlsx", exports.orders(world, firm), exported),
        write_csv(directory / "服务工单.csv", requests, "gb18030", blank_after=[len(firm.cases)]),
        write_csv(directory / "活动记录.csv", exports.activities(firm), "utf-8", delimiter=";"),
        write_workbook(directory / "线索交接与升级.xlsx", exports.handoffs(firm), exported),
    ]
