"""A mail server and a group chat that really listen."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import simplejson
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Post:
    """A mailbox that takes everything, or answers as it is told."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 taken"
    most: int | None = None
    """Mails over one connection."""
    turned_away: int = 0
    host: str = "127.0.0.1"
    port: int = 0
    authority: Path | None = None
    """Whose certificates its own was signed with."""
    passwords: list[bytes] = field(default_factory=list)
    """Those that were told it."""

    async def handle_DATA(  # noqa: N802 - the name that the library asks for
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        taken = getattr(session, "taken", 0)
        if self.most is not None and taken >= self.most:
            self.turned_away += 1
            return "421 too many over one connection"
        session.taken = taken + 1  # type: ignore[attr-defined]
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        return self.answer


def certificate(folder: Path) -> tuple[Path, Path, Path]:
    """An authority of one's own, a certificate for 127.0.0.1 that it signed, and its key."""
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _signed("Company CA", root, "Company CA", root, is_authority=True)
    made = _signed("127.0.0.1", own, "Company CA", root, is_authority=False)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(authority.public_bytes(pem))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "ca.pem", folder / "cert.pem", folder / "key.pem"


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if not is_authority:
        alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))])
        made = made.add_extension(alternative, critical=False)
    return made.sign(by, hashes.SHA256())


@pytest.fixture
def guarded_post(tmp_path: Path) -> Iterator[Post]:
    """A mailbox that speaks to nobody but those who encrypt and sign in as crm."""
    authority, signed, key = certificate(tmp_path)
    box = Post(authority=authority)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed, key)

    def sign_in(*words: object) -> AuthResult:
        given = words[-1]
        assert isinstance(given, LoginPassword)
        known = (given.login, given.password) == (b"crm", b"s3cret")
        return AuthResult(success=known, handled=False)

    with _listening(
        box,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=sign_in,
    ):
        yield box


@contextmanager
def _listening(box: Post, **how: Any) -> Iterator[None]:
    """A mail server that puts what it takes into the box."""
    controller = Controller(box, hostname=box.host, port=_free_port(box), **how)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def _free_port(box: Post) -> int:
    with socket.socket() as probe:
        probe.bind((box.host, 0))
        box.port = probe.getsockname()[1]
    return box.port


@pytest.fixture
def open_post() -> Iterator[Post]:
    """A mailbox that asks for a password and does not encrypt."""
    box = Post()

    def sign_in(*words: object) -> AuthResult:
        given = words[-1]
        assert isinstance(given, LoginPassword)
        box.passwords.append(given.password)
        return AuthResult(success=True)

    with _listening(box, auth_require_tls=False, authenticator=sign_in):
        yield box


@pytest.fixture
def post() -> Iterator[Post]:
    box = Post()
    with _listening(box):
        yield box


@dataclass
class Chat:
    """A group chat's web server."""

    url: str = ""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    """Path with its query, headers, body."""
    status: int = 200
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    headers: dict[str, str] = field(default_factory=dict)
    judge: Callable[[str, Any], bytes] | None = None
    """Answers by path and body, where not everything is taken."""


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """It lies inside the network, so the administrator has to allow it."""
    told = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = simplejson.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append((self.path, dict(self.headers), body))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.judge(self.path, body) if told.judge else told.answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/robot/send?key=SECRETKEY"
    monkeypatch.setenv("CRM_WEBHOOK_ALLOW", "127.0.0.1")
    yield told
    server.shutdown()
    server.server_close()
