"""The process that a file is read in knows nothing that it does not need."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crm_core.sources import run


def test_a_reader_is_told_no_secrets_of_the_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, str] = {}
    popen = subprocess.Popen

    def watched(*args: Any, **options: Any) -> "subprocess.Popen[bytes]":
        given.update(options["env"])
        return popen(*args, **options)

    for name in ("DATABASE_PASSWORD", "AWS_SECRET_ACCESS_KEY", "CRM_STORE", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(run.subprocess, "Popen", watched)
    (tmp_path / "deals.csv").write_text("Deal,Amount\nA,1\n")
    found = run.read(tmp_path / "deals.csv", tmp_path)
    assert (found.problem, found.tables[0].rows) == (None, 2)
    assert "hunter2" not in given.values()
    assert (given["PATH"], given["LC_ALL"]) == (os.environ["PATH"], "C.UTF-8")
