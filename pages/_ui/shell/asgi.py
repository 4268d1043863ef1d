"""The page that carries the app: its language, its style, its own words, its safety headers."""

import base64
import hashlib
import json
import re
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm_core.i18n import LANGUAGES, Texts, choose
from pages._ui.session import COOKIE
from pages._ui.shell import builtin

HERE = Path(__file__).parent
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Streamlit's page preloads a font that the theme does not use, and points to an interface that is
# switched off.
_NEEDLESS = re.compile(r'<link\s+rel="(?:preload|service-desc)"[^>]*>')
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


def middleware() -> list[Middleware]:
    """What the app's server wraps around Streamlit."""
    return [Middleware(Shell)]


class Shell:
    """Rewrites the one HTML page of the app and adds safety headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "text/html" not in headers.get("accept", ""):
            await self.app(scope, receive, _safe(send))
            return
        answer = _Page(_safe(send), _language(scope, headers))
        # The page is rewritten, so it must arrive as plain text and never as "not modified".
        kept = [
            pair
            for pair in scope["headers"]
            if pair[0] not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
        ]
        await self.app({**scope, "headers": kept}, receive, answer.send)


class _Page:
    """Collects an HTML answer and sends it on rewritten; anything else passes as it comes."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        page = rewritten(self._body.decode("utf-8"), self._language)
        headers = MutableHeaders(raw=start["headers"])
        body = page.encode("utf-8")
        headers["content-length"] = str(len(body))
        headers["content-security-policy"] = _policy(page)
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _safe(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(raw=message["headers"]).update(SAFETY)
        await send(message)

    return with_headers


def _language(scope: Scope, headers: Headers) -> str:
    wished = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    accepted = [part.split(";")[0] for part in headers.get("accept-language", "").split(",")]
    return choose(wished, _cookie(headers.get("cookie", "")), *accepted)


def _cookie(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


@cache
def rewritten(page: str, language: str) -> str:
    """Streamlit's page in the reader's language, with our style and scripts in its head."""
    texts = Texts(language)
    page = page.replace('<html lang="en">', f'<html lang="{language}">')
    name = texts.text("CRM Cockpit")
    page = page.replace("<title>Streamlit</title>", f"<title>{name}</title>")
    page = _NEEDLESS.sub("", page)
    needs = texts.text("The cockpit needs JavaScript. Please allow it for this page.")
    page = _NOSCRIPT.sub(f"<noscript><p>{needs}</p></noscript>", page)
    own = map(_read, ("rows.js", "copy.js", "begin.js"))
    scripts = "".join(f"<script>{one}</script>" for one in (_words(), *own))
    return page.replace("<head>", f"<head>{scripts}<style>{_read('style.css')}</style>", 1)


@cache
def _words() -> str:
    rows = builtin.rows(LANGUAGES)
    settings = {"languages": list(LANGUAGES), "rows": rows, "cookie": COOKIE}
    text = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
    return _read("page.js").replace("__SETTINGS__", text, 1)


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _policy(page: str) -> str:
    """Nothing from other hosts, no script in the page but those it was sent with."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(page)]
    known = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'self'; "
        f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {known}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' data: blob:; worker-src 'self' blob:; frame-src 'self' blob: data:; "
        "connect-src 'self' ws: wss: data: blob:"
    )
