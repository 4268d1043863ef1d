"""The programme's registers as files, as `register NAME --import` takes them."""

from datetime import date
from pathlib import Path

import numpy as np

from crm_core.domain.registers import RegisterField, Value
from crm_core.reference.registers import registers
from crm_core.sample.files import write_csv
from crm_core.sample.programme import Item, items

_NUMBER = "编号"
"""The head of the rows' ids."""


def write(directory: Path, until: date) -> list[Path]:
    """Writes a CSV file a register, in the words of the firm, and returns the paths. The folder is
    made where it is missing; files of these names in it are replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    return [_write(directory, name, rows) for name, rows in items(until).items()]


def _write(directory: Path, name: str, rows: list[Item]) -> Path:
    columns = {_NUMBER: np.array([row.id for row in rows], dtype=object)}
    for field in registers()[name].fields:
        cells = [_cell(field, row.values.get(field.name)) for row in rows]
        if any(cells):
            columns[field.label.zh] = np.array(cells, dtype=object)
    return write_csv(directory / f"{name}.csv", columns, "utf-8-sig")


def _cell(field: RegisterField, value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return field.options[str(value)].zh if field.options else str(value)
