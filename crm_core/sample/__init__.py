"""The sample company: a seeded generator of plausible CRM exports."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from crm_core.sample import dirt, exports, wear
from crm_core.sample.company import Company, company
from crm_core.sample.files import Sheet, write_csv, write_workbook
from crm_core.sample.world import World

UNTIL = date(2026, 10, 31)
SEED = 2024

Writer = Callable[[Path, World, Company], list[Path]]


def write(
    directory: Path,
    seed: int = SEED,
    until: date = UNTIL,
    scale: float = 1.0,
    level: str = "light",
) -> list[Path]:
    """Writes the exports of an invented firm's last three years and returns their paths.

    `until` is the last day of business; `scale` multiplies the number of rows, not of staff
    and products. `level`, one of LEVELS, is how dirty the exports are: "light" as most are;
    "heavy" with every fault that dirt.KINDS names and "none" with no fault, both with the truth
    in a hidden folder beside them (see dirt.truth). The same arguments give the same bytes. The
    folder is made where it is missing; files of these names in it are replaced.
    """
    world = World(seed, until, scale)
    directory.mkdir(parents=True, exist_ok=True)
    return LEVELS[level](directory, world, company(world))


def _light(directory: Path, world: World, firm: Company) -> list[Path]:
    exported = datetime.combine(world.until, time(19))
    gaps = (len(firm.customers) // 3, len(firm.customers))
    buyers, prospects = exports.customers(world, firm), exports.leads(world, firm)
    deals, orders, requests = (
        exports.opportunities(firm),
        exports.orders(firm),
        exports.cases(firm),
    )
    wear.customers(world, firm, buyers)
    wear.leads(world, firm, prospects)
    wear.opportunities(world, firm, deals)
    wear.orders(world, firm, orders)
    wear.cases(world, firm, requests)
    order_sheets = exports.order_workbook(world, firm, orders)
    return [
        write_csv(directory / "staff.csv", exports.staff(firm), "utf-8"),
        # Its name comes before that of the customers, so that theirs is what the store keeps.
        write_workbook(
            directory / "保修客户.xlsx",
            [Sheet("客户", exports.warranty_list(world, firm))],
            exported,
        ),
        write_csv(directory / "客户.csv", buyers, "gb18030", blank_after=gaps),
        write_workbook(
            directory / "展会登记.xlsx",
            [Sheet("客户", exports.fair_list(world, firm), "秋季展会来访客户登记")],
            exported,
        ),
        write_csv(directory / "线索.csv", prospects, "gb18030"),
        write_csv(directory / "商机.csv", deals, "utf-8-sig"),
        write_workbook(directory / "订单明细.xlsx", order_sheets, exported),
        write_csv(directory / "服务工单.csv", requests, "gb18030", blank_after=[len(firm.cases)]),
        write_csv(directory / "活动记录.csv", exports.activities(firm), "utf-8", delimiter=";"),
        write_workbook(directory / "线索交接与升级.xlsx", exports.handoffs(firm), exported),
    ]


LEVELS: dict[str, Writer] = {"light": _light, "heavy": dirt.heavy, "none": dirt.none}
