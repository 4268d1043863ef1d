"""The child process: one request as JSON on standard input, one answer on standard output."""

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Refused
from crm_core.sources.kind import Kind, kind_of
from crm_core.sources.limits import Limits, hold_this_process_to
from crm_core.sources.table import RawTable


def main() -> None:
    """Hold this process to the request's limits and answer it."""
    gc.disable()  # rows by the million, no cycles among them, and the process soon ends
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    hold_this_process_to(limits)
    json.dump(answer(Path(request["path"]), Path(request["folder"]), limits), sys.stdout)


def answer(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    """Read the file: {"tables": [...]} or {"problem": {"code", "params"}}."""
    try:
        return {"tables": [_plain(table) for table in _read(path, folder, limits)]}
    except Refused as refused:
        return _problem(refused.problem.code, refused.problem.params)
    except (MemoryError, SystemError, ImportError):  # libraries have three ways to say so
        return _problem("too_much_memory", {"megabytes": limits.memory >> 20})
    except OSError as fault:
        return _problem("file_unreadable", {"reason": fault.strerror or type(fault).__name__})


def _read(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """Each format is imported when a file of it comes: the others would only cost time."""
    if kind_of(path, limits) is Kind.WORKBOOK:
        from crm_core.sources.workbook import read_workbook

        return read_workbook(path, folder, limits)
    from crm_core.sources.delimited import read_delimited

    return [read_delimited(path, folder, limits)]


def _plain(table: RawTable) -> dict[str, Any]:
    plain = asdict(table)
    del plain["path"]
    return {**plain, "data": table.data.name}


def _problem(code: str, params: dict[str, object]) -> dict[str, Any]:
    return {"problem": {"code": code, "params": params}}


if __name__ == "__main__":
    main()
