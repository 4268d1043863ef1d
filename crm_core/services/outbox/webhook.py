"""Posting a message to a group chat: 企业微信, 钉钉 and Slack each have a form of their own."""

import base64
import hashlib
import hmac
import logging
import time
from typing import Any
from urllib.parse import quote_plus

import httpx
import simplejson

from crm_core.domain.problems import Refused
from crm_core.services.outbox import secret
from crm_core.services.outbox.address import resolve
from crm_core.services.outbox.channels import Webhook, address_of, sign_of
from crm_core.services.outbox.messages import Message
from crm_core.store import Store

# The address of a webhook has a key in it, and httpx would write every address into the log.
logging.getLogger("httpx").setLevel(logging.WARNING)

SECONDS = 15
_LONGEST_ANSWER = 65_536
_MOST_BYTES = {"wecom": 2_000, "dingtalk": 18_000, "slack": 36_000}
"""A little below what each of them takes."""


def send(store: Store, hook: Webhook, message: Message) -> None:
    """Post it. Refused: channel_missing; webhook_failed; what address.resolve refuses."""
    url = secret.read(store, address_of(hook.name))
    if not url:
        raise Refused("channel_missing", channel=hook.name)
    key = secret.read(store, sign_of(hook.name))
    if hook.form == "dingtalk" and key:
        url = signed(url, key, round(time.time() * 1000))
    target = resolve(url)
    headers = {"Host": target.host, "X-Message-ID": message.message_id}
    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                target.url,
                json=content(hook.form, message),
                headers=headers,
                extensions={"sni_hostname": target.name},
            ) as answer,
        ):
            said = _start(answer)
    except httpx.HTTPError as error:
        raise Refused("webhook_failed", reason=type(error).__name__) from error
    _require_taken(hook, answer.status_code, said)


def content(form: str, message: Message) -> dict[str, Any]:
    """The message in the form that the chat takes."""
    text = _short(f"{message.subject}\n\n{message.body}", _MOST_BYTES[form])
    if form == "slack":
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {"text": escaped}
    return {"msgtype": "text", "text": {"content": text}}


def signed(url: str, key: str, milliseconds: int) -> str:
    """The address with the moment and the signature that 钉钉 asks for."""
    told = f"{milliseconds}\n{key}".encode()
    digest = hmac.new(key.encode(), told, hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest))
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}timestamp={milliseconds}&sign={sign}"


def _start(answer: httpx.Response) -> bytes:
    """The beginning of the answer: whoever answers must not fill our memory."""
    said = b""
    for chunk in answer.iter_bytes():
        said += chunk
        if len(said) > _LONGEST_ANSWER:
            break
    return said


def _require_taken(hook: Webhook, status: int, said: bytes) -> None:
    """企业微信 and 钉钉 answer 200 to everything, and say in the answer whether they took it."""
    if status != httpx.codes.OK:
        raise Refused("webhook_failed", reason=f"HTTP {status}")
    if hook.form == "slack":
        return
    try:
        code = simplejson.loads(said)["errcode"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("webhook_failed", reason="no errcode") from error
    if code != 0:
        raise Refused("webhook_failed", reason=f"errcode {code}")


def _short(text: str, most: int) -> str:
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"
