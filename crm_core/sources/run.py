"""Reading a file in a child process, so that no file can take the application down."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm_core.domain.problems import Problem
from crm_core.sources.limits import Limits, processor_seconds
from crm_core.sources.table import Dialect, Note, RawTable, ReadFile

_log = logging.getLogger(__name__)
_PROJECT = Path(__file__).resolve().parents[2]
# How a process ends that was killed for want of memory, by its own hand or the kernel's.
_OUT_OF_MEMORY = {-getattr(signal, name, 0) for name in ("SIGKILL", "SIGABRT")} - {0}

_NEEDED = {
    *("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TMP", "TEMP"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROCESSOR_ARCHITECTURE"),
}
"""Variables without which an interpreter does not start, or writes elsewhere; see _environment."""


_ALONE = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy, which others import, else reserves memory for as many threads as there are processors."""


def read(path: Path, workdir: Path, limits: Limits | None = None) -> ReadFile:
    """Read one file into Parquet files below `workdir`, which the caller removes when done.

    Never raises for a bad file: the answer has either every table of the file or the one problem
    (its `file` parameter names the file) that kept it from being read.
    """
    limits = limits or Limits()
    folder = Path(tempfile.mkdtemp(prefix="read-", dir=workdir)).resolve()
    answer = _ask_child(path, folder, limits)
    if "problem" in answer:
        shutil.rmtree(folder, ignore_errors=True)
        problem = answer["problem"]
        return ReadFile(
            path, [], Problem(problem["code"], {"file": str(path), **problem["params"]})
        )
    return ReadFile(path, [_table(path, folder, found) for found in answer["tables"]])


def _ask_child(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    seconds = processor_seconds(path, limits)
    request = {
        "path": str(path.absolute()), "folder": str(folder), "seconds": seconds,
        "limits": asdict(limits),
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "crm_core.sources"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(),
        start_new_session=True,
    )
    try:
        out, err = child.communicate(json.dumps(request).encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        _kill(child)
        return _problem("too_slow", seconds=limits.seconds)
    return _answer(child.returncode, out, err, seconds, limits)


def _environment() -> dict[str, str]:
    """What a reader needs to start: whoever takes it over finds no password in it."""
    needed = {name: value for name, value in os.environ.items() if name.upper() in _NEEDED}
    return {**needed, "PYTHONPATH": _search_path(), "PYTHONUTF8": "1", **_ALONE}


def _search_path() -> str:
    """Where the child finds this package, whatever folder the application was started in."""
    return os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))


def _answer(status: int, out: bytes, err: bytes, seconds: int, limits: Limits) -> dict[str, Any]:
    if status == 0:
        answer: dict[str, Any] = json.loads(out)
        return answer
    _log.warning("a reader ended with %s: %s", status, err.decode(errors="replace")[-2000:])
    if status == -getattr(signal, "SIGXCPU", 0):
        return _problem("too_slow", seconds=seconds)
    if status in _OUT_OF_MEMORY:
        return _problem("too_much_memory", megabytes=limits.memory >> 20)
    return _problem("reader_failed")


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it has started."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


def _problem(code: str, **params: object) -> dict[str, Any]:
    return {"problem": {"code": code, "params": params}}


def _table(path: Path, folder: Path, found: dict[str, Any]) -> RawTable:
    dialect = found.pop("dialect")
    return RawTable(
        path=path,
        data=folder / found.pop("data"),
        dialect=Dialect(**dialect) if dialect else None,
        notes=[Note(**note) for note in found.pop("notes")],
        **found,
    )
