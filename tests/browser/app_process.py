"""The app as a process of its own, that a test starts, and may kill and start again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
LOGS: list[Path] = []
"""What each app that was started says, the last one last."""

Settle = Callable[[Path], None]


def server_command(port: int, app: str) -> list[str]:
    """How the app is started: as a reader does it; other apps by their ASGI server."""
    if app == "app:app":
        return [sys.executable, "-m", "crm_core", "serve", "--port", str(port)]
    return [
        *(sys.executable, "-m", "uvicorn", app, "--app-dir", str(Path(__file__).parent)),
        *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
    ]


def startable(
    home: Path, app: str = "app:app", *words: str
) -> tuple[Callable[[], "subprocess.Popen[bytes]"], int]:
    """What starts an app on the store of a home, and waits until it is up; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home / "server.log"
    LOGS.append(log)

    def start() -> "subprocess.Popen[bytes]":
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*server_command(port, app), *words],
                cwd=ROOT,
                env=os.environ
                | {"CRM_HOME": str(home), "CRM_STORE": str(home / "crm.duckdb")}
                | {"PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_up(process, port, log)
        except BaseException:
            process.kill()
            raise
        return process

    return start, port


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text(errors='replace')[-4000:]}")
