"""Reading without a child process, as tests do that are about what comes after it."""

import shutil
import tempfile
import threading
from pathlib import Path

from crm_core.domain.problems import Problem
from crm_core.sources import Limits, ReadFile
from crm_core.sources.__main__ import answer
from crm_core.sources.run import _table

_ONE_AT_A_TIME = threading.Lock()
"""A reader has its process, and what the process holds, for itself."""


def read(path: Path, workdir: Path, limits: Limits | None = None) -> ReadFile:
    """What crm_core.sources.read gives."""
    folder = Path(tempfile.mkdtemp(prefix="read-", dir=workdir)).resolve()
    with _ONE_AT_A_TIME:
        said = answer(path, folder, limits or Limits())
    if "problem" in said:
        shutil.rmtree(folder)
        problem = said["problem"]
        told = Problem(problem["code"], {"file": str(path), **problem["params"]})
        return ReadFile(path, [], told)
    return ReadFile(path, [_table(path, folder, found) for found in said["tables"]])
