"""A table as JSON, JSON lines or Parquet: what a system's interface gives."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from crm_core.sample.dirt.draft import draft, with_repeats
from crm_core.sample.dirt.fault import Dice, Fault
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted, Truth

COUNTED = ("money", "signed", "count", "whole")
FIRST = 2
"""Line of the first row: names of columns count as the line above."""


def write_records(
    path: Path, table: Table, dice: Dice, faults: Iterable[Fault], truth: Truth
) -> Path:
    """Write the table in the format that the name ends with, and what is true of it into `truth`.

    Clean numbers and yes or no are none of text; in Parquet those of a column without a fault.
    """
    told = draft(table, dice, faults)
    lines = with_repeats(told, dice)
    dirty = {(f.row, f.header) for f in told.planted if not f.copy}
    columns = table.columns
    if path.suffix == ".parquet":
        spoiled = {header for _, header in dirty}
        dirty |= {(line.row, header) for line in lines for header in spoiled}
    rows = [
        {
            column.header: text if (line.row, column.header) in dirty else _typed(column, text)
            for column, text in zip(columns, told.record(line), strict=True)
        }
        for line in lines
    ]
    places = {line: place for place, line in enumerate(lines, FIRST)}
    copies = {line.row: place for line, place in places.items() if line.again}
    numbers = {line.row: place for line, place in places.items() if not line.again}
    told.planted.append(Planted(f"file_{path.suffix[1:]}", "repaired"))
    truth.add(table, told.planted, [numbers[row] for row in range(len(table.written))], copies)
    _save(path, rows)
    return path


def _typed(column: Column, text: str) -> Any:
    if not text:
        return None
    if column.kind in COUNTED:
        return float(text.replace(",", ""))
    if column.kind == "yesno":
        return text in ("Y", "是")
    return text


def _save(path: Path, rows: list[dict[str, Any]]) -> None:
    if path.suffix == ".parquet":
        pd.DataFrame(rows).to_parquet(path, index=False)
    elif path.suffix == ".jsonl":
        path.write_bytes("".join(f"{_json(row)}\n" for row in rows).encode())
    else:
        path.write_bytes((json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
