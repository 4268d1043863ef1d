"""The child process: one request as JSON on standard input, one answer on standard output."""

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Refused
from crm_core.sources.files import FORMATS
from crm_core.sources.kind import Kind, kind_of, unpacked_size
from crm_core.sources.limits import Limits, hold_memory_to, hold_this_process_to, memory_for
from crm_core.sources.table import RawTable

_READERS = {
    Kind.DELIMITED: ("delimited", "read_delimited"),
    Kind.WORKBOOK: ("workbook", "read_workbook"),
    Kind.JSON: ("structured", "read_json"),
    Kind.PARQUET: ("columnar", "read_parquet"),
    Kind.ACCESS: ("access", "read_access"),
    Kind.WEB_PAGE: ("webpage", "read_web_page"),
    Kind.MHTML: ("mhtml", "read_mhtml"),
    Kind.XML_SHEETS: ("xmlsheet", "read_xml_sheets"),
}

# How many times its size a file may take in memory whose reader holds all of it.
_TIMES = {
    Kind.WEB_PAGE: 8,
    Kind.MHTML: 16,
    Kind.XML_SHEETS: 8,
    Kind.WORKBOOK: 8,
    Kind.JSON: 32,
    Kind.ACCESS: 32,
}


def main() -> None:
    """Hold this process to the request's limits and answer it."""
    gc.disable()  # rows by the million, no cycles among them, and the process soon ends
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    hold_this_process_to(limits, request["seconds"])
    limits = replace(limits, by_size=True)
    json.dump(answer(Path(request["path"]), Path(request["folder"]), limits), sys.stdout)


def answer(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    """Read the file: {"tables": [...]} or {"problem": {"code", "params"}}."""
    try:
        return {"tables": [_plain(table, folder) for table in _read(path, folder, limits)]}
    except Refused as refused:
        return _problem(refused.problem.code, refused.problem.params)
    except (MemoryError, SystemError, ImportError):  # libraries have three ways to say so
        return _problem("too_much_memory", {"megabytes": limits.memory >> 20})
    except OSError as fault:
        return _problem("file_unreadable", {"reason": fault.strerror or type(fault).__name__})


def _read(path: Path, folder: Path, limits: Limits, archives: int = 2) -> list[RawTable]:
    """The file's tables; of archives in each other so many are opened."""
    kind = kind_of(path, limits)
    if kind is not Kind.ARCHIVE:
        return _read_file(kind, path, folder, limits)
    if not archives:
        raise Refused("format_unknown", found="ZIP", formats=FORMATS)
    from crm_core.sources.archive import read_archive

    return read_archive(path, folder, limits, partial(_read, archives=archives - 1))


def _read_file(kind: Kind, path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """Each reader is imported when a file for it comes: the others would only cost time."""
    module, name = _READERS[kind]
    read: Callable[[Path, Path, Limits], list[RawTable]]
    read = getattr(import_module(f"crm_core.sources.{module}"), name)
    if limits.by_size:
        times = _TIMES.get(kind)
        size = unpacked_size(path)
        hold_memory_to(memory_for(size, times, limits) if times else limits.memory)
    return read(path, folder, limits)


def _plain(table: RawTable, folder: Path) -> dict[str, Any]:
    plain = asdict(table)
    del plain["path"]
    return {**plain, "data": table.data.relative_to(folder).as_posix()}


def _problem(code: str, params: dict[str, object]) -> dict[str, Any]:
    return {"problem": {"code": code, "params": params}}


if __name__ == "__main__":
    main()
