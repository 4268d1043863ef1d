"""A mail server and a group chat that really listen."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import simplejson
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Post:
    """A mailbox that takes everything, or answers as it is told."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 taken"
    host: str = "127.0.0.1"
    port: int = 0

    async def handle_DATA(  # noqa: N802 - the name that the library asks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def post() -> Iterator[Post]:
    box = Post()
    with socket.socket() as probe:
        probe.bind((box.host, 0))
        box.port = probe.getsockname()[1]
    controller = Controller(box, hostname=box.host, port=box.port)
    controller.start()
    yield box
    controller.stop()


@dataclass
class Chat:
    """A group chat's web server."""

    url: str = ""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    """Path with its query, headers, body."""
    status: int = 200
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """It lies inside the network, so the administrator has to allow it."""
    told = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append((self.path, dict(self.headers), simplejson.loads(body)))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/robot/send?key=SECRETKEY"
    monkeypatch.setenv("CRM_WEBHOOK_ALLOW", "127.0.0.1")
    yield told
    server.shutdown()
    server.server_close()
