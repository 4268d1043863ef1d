"""The app while it serves, and when it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_core.services import stores

MOST_SECONDS = 60


@pytest.mark.parametrize(
    "wish", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)]
)
def test_an_app_that_is_told_to_stop_closes_its_door(tmp_path: Path, wish: signal.Signals) -> None:
    home = {"CRM_HOME": str(tmp_path), "CRM_STORE": str(tmp_path / "crm.duckdb"), "LC_ALL": "C"}
    make = "from crm_core.services import stores as s;"
    make += "s.open_store(s.own_path()).close(); s.open_store(s.sample_path('en')).close()"
    environment = os.environ | home | {"PYTHONPATH": str(stores.ROOT)}
    subprocess.run([sys.executable, "-c", make], env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "crm_core", "serve", "--port", port]
    app = subprocess.Popen(command, env=environment, cwd=tmp_path)
    door, end = tmp_path / "crm.duckdb.door", time.monotonic() + MOST_SECONDS
    try:
        while not door.exists() and time.monotonic() < end:
            time.sleep(0.2)
        assert door.exists(), "the app holds the store and answers commands"
        app.send_signal(wish)
        app.wait(MOST_SECONDS)
        assert not door.exists()
    finally:
        app.kill()
        app.wait()
