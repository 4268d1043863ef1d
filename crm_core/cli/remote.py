"""While the app holds a store, the app carries out the commands: both ends of that.

The app listens on a loopback port of its own; port and token stand in a file beside the store
that only its owner can read. The answer is a stream of JSON lines: {"out": text}, {"err": text},
and last {"exit": status}.
"""

import hmac
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import simplejson

from crm_core.cli.console import Console

log = logging.getLogger(__name__)

Execute = Callable[[list[str], Path, Callable[[dict[str, object]], None]], int]
"""argv, folder of the caller, and where to send output; gives the exit status."""

MAX_REQUEST = 1_000_000
_LOOKS_UP = 0.05
"""Seconds after which a door that waits sees that it is to close; the library waits ten times as
long."""


def door(store: Path) -> Path:
    """The file that says where the app listens for commands on this store."""
    return store.with_name(store.name + ".door")


def ask(store: Path, words: list[str], console: Console) -> int | None:
    """Let the app carry out a command; None when no app answers for this store."""
    import httpx  # only the few commands that need it wait for it

    try:
        where = simplejson.loads(door(store).read_text(encoding="utf-8"))
        request = httpx.stream(
            "POST",
            f"http://127.0.0.1:{int(where['port'])}/",
            json={"words": words, "folder": str(Path.cwd())},
            headers={"Authorization": f"Bearer {where['token']}"},
            timeout=httpx.Timeout(10, read=None),
            trust_env=False,
        )
        with request as answer:
            if answer.status_code != httpx.codes.OK:
                return None
            return _relay(answer.iter_lines(), console)
    except (OSError, ValueError, KeyError, httpx.HTTPError):
        return None


def _relay(lines: Iterator[str], console: Console) -> int | None:
    for line in lines:
        said = simplejson.loads(line)
        if "exit" in said:
            return int(said["exit"])
        console.write_out(said.get("out", ""))
        console.write_err(said.get("err", ""))
    return None


def listen(store: Path, execute: Execute) -> Callable[[], None]:
    """Open the door of a store; the function that closes it again."""
    token = secrets.token_urlsafe(32)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(token, execute))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=[_LOOKS_UP], daemon=True).start()
    path = door(store)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(simplejson.dumps({"port": server.server_port, "token": token}))

    def close() -> None:
        server.shutdown()
        server.server_close()
        with suppress(OSError):
            path.unlink()

    return close


def _handler(token: str, execute: Execute) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = self.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
                self.send_error(403)
                return
            length = int(self.headers.get("Content-Length") or 0)
            if not 0 < length <= MAX_REQUEST:
                self.send_error(413)
                return
            asked = simplejson.loads(self.rfile.read(length))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson")
            self.end_headers()
            self._send({"exit": execute(asked["words"], Path(asked["folder"]), self._send)})

        def _send(self, said: dict[str, object]) -> None:
            # The caller may be gone; the command is carried out all the same.
            with suppress(OSError):
                self.wfile.write((simplejson.dumps(said) + "\n").encode())
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            log.debug(format, *args)

    return Handler
