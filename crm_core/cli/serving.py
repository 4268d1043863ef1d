"""The web app: prepares the sample company on the first start, then serves."""

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from rich.console import Console as RichConsole
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

from crm_core.cli import holding
from crm_core.cli.console import Console
from crm_core.cli.importing import STEPS
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import sample, stores
from crm_core.services.background import Background
from crm_core.store import Store

PHASES = {"write": mark("Making the sample company"), **STEPS}


def run(host: str, port: int, console: Console) -> int:
    """Serve until stopped; the address is printed when the app answers.

    Refused("port_taken") when another program listens there.
    """
    _require_free(host, port)
    _prepare(console)
    os.chdir(stores.ROOT)
    sys.path.insert(0, str(stores.ROOT))
    ready = console.texts.text(
        mark("CRM Cockpit is ready: {address} (stop it with Ctrl+C)"),
        address=f"http://{_address(host, port)}",
    )
    config = uvicorn.Config(
        "app:app", host=host, port=port, log_level="warning", timeout_graceful_shutdown=3
    )
    background = Background(_own_store)
    background.start()
    try:
        _Server(config, lambda: console.say(ready), lambda: _close(background)).run()
    finally:
        background.stop()
    return 0


def _close(background: Background) -> None:
    """Stop what goes on beside the pages, and give the stores free: no command asks us any more."""
    background.stop()
    holding.release()


def _own_store() -> Store | None:
    """The reader's own store, once there is one: feeds bring nothing into the sample company."""
    path = stores.own_path()
    return holding.hold(path) if path.exists() else None


class _Server(uvicorn.Server):
    """Tells when it answers and when it stops: after a SIGTERM nothing else of ours is run."""

    def __init__(
        self, config: uvicorn.Config, announce: Callable[[], None], stop: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> Any:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        self._stop()


def _prepare(console: Console) -> None:
    """Make the sample company, with a bar that says what is being done."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Bar(*columns, console=RichConsole(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(PHASES))

        def progress(step: str, file: str, share: float) -> None:
            done = list(PHASES).index(step) + share
            bar.update(
                task, description=console.texts.text(PHASES[step], file=file), completed=done
            )

        language = console.texts.language
        sample.ensure(stores.sample_path(language), LOCAL, language, progress)


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _require_free(host: str, port: int) -> None:
    """Refuse a port that another program listens on, on any address that `host` means."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            with socket.socket(family, kind, protocol) as probe:
                _as_the_server_does(probe)
                probe.bind((address[0], port, *address[2:]))  # getaddrinfo cuts a large port
    except (OSError, OverflowError) as error:
        raise Refused("port_taken", address=_address(host, port), reason=str(error)) from error


def _as_the_server_does(probe: socket.socket) -> None:
    """Claim the address alone. On Windows, "reuse" would share it with a program that listens;

    elsewhere it takes over at once what a program that has ended left behind.
    """
    if sys.platform == "win32":
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if probe.family == socket.AF_INET6:
        probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
