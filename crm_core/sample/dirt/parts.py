"""Parts of the exports that other systems write in formats of their own, and shared sheets."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from crm_core.sample.dirt.tables import Table

SHARE = 20
"""One in so many lines of these tables comes from another system."""
FORMATS = {
    "leads": "网站线索.jsonl",
    "cases": "门户工单.json",
    "opportunities": "渠道商机.parquet",
    "activities": "移动活动.zip",
}


def other_formats(found: Sequence[Table]) -> list[Table]:
    """The tables, with a part of some in files of their own: JSON, Parquet, a text in a ZIP."""
    parts: list[Table] = []
    for table in found:
        if table.name not in FORMATS:
            parts.append(table)
            continue
        other = np.arange(len(table.written)) % SHARE == 1
        parts += [table.only(~other), _named(table.only(other), FORMATS[table.name])]
    return parts


def _named(table: Table, file: str) -> Table:
    name, _, ending = file.rpartition(".")
    sheet = f"{name}.csv" if ending == "zip" else ""
    return replace(table, name=f"{table.name}_{ending}", file=file, sheet=sheet)


def together(found: Sequence[Table]) -> list[Table]:
    """The tables, two of them in the text file and on the sheet of another one."""
    told = {table.name: table for table in found}
    for first, second, title in (
        ("cases", "escalations", "问题升级"),
        ("returns", "products", "产品"),
    ):
        place = told[first]
        told[first] = replace(place, number=1)
        told[second] = replace(
            told[second], file=place.file, sheet=place.sheet, number=2, title=title
        )
    return list(told.values())
