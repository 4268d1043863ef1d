"""Posting a message to a group chat: 企业微信, 钉钉, 飞书 and Slack each have their own form."""

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
_MOST_BYTES = {"wecom": 2_000, "dingtalk": 18_000, "feishu": 18_000, "slack": 36_000}
"""A little below what each of them takes."""
_ANSWERS = {
    "wecom": ("errcode", "errmsg"),
    "dingtalk": ("errcode", "errmsg"),
    "feishu": ("code", "msg"),
}
"""Where a chat that answers 200 to everything says whether it took the message, and why not."""
_LONGEST_REASON = 200


def send(store: Store, hook: Webhook, message: Message) -> None:
    """Post it. Refused: channel_missing; webhook_failed; what address.resolve refuses."""
    url = secret.read(store, address_of(hook.name))
    if not url:
        raise Refused("channel_missing", channel=hook.name)
    body = content(hook.form, message)
    if key := secret.read(store, sign_of(hook.name)):
        url, body = signed(hook.form, url, body, key, time.time())
    target = resolve(url)
    headers = {"Host": target.host, "X-Message-ID": message.message_id}
    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                target.url,
                json=body,
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
    if form == "feishu":
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


def signed(
    form: str, url: str, body: dict[str, Any], key: str, now: float
) -> tuple[str, dict[str, Any]]:
    """The address and the message with the moment and its signature, for those that ask for one:
    钉钉 in the address, in milliseconds; 飞书 in the message, in seconds."""
    if form == "dingtalk":
        at = round(now * 1000)
        sign = quote_plus(_signature(key, f"{at}\n{key}"))
        mark = "&" if "?" in url else "?"
        return f"{url}{mark}timestamp={at}&sign={sign}", body
    if form == "feishu":
        at = round(now)
        return url, {"timestamp": str(at), "sign": _signature(f"{at}\n{key}", "")} | body
    return url, body


def _signature(key: str, told: str) -> str:
    """What is told, signed: 飞书 takes the moment for a part of the key, and signs nothing."""
    digest = hmac.new(key.encode(), told.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _start(answer: httpx.Response) -> bytes:
    """The beginning of the answer: whoever answers must not fill our memory."""
    said = b""
    for chunk in answer.iter_bytes():
        said += chunk
        if len(said) > _LONGEST_ANSWER:
            break
    return said


def _require_taken(hook: Webhook, status: int, said: bytes) -> None:
    """Refused("webhook_failed") with the chat's own reason; its words are of use to whoever set it
    up: a wrong signature, a word that every message must have."""
    if status != httpx.codes.OK:
        raise Refused("webhook_failed", reason=f"HTTP {status}")
    if hook.form not in _ANSWERS:
        return
    code_in, words_in = _ANSWERS[hook.form]
    try:
        answer = simplejson.loads(said)
        code = answer[code_in]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("webhook_failed", reason=f"no {code_in}") from error
    if code != 0:
        words = " ".join(str(answer.get(words_in, "")).split())[:_LONGEST_REASON]
        raise Refused("webhook_failed", reason=f"{code_in} {code} {words}".strip())


def _short(text: str, most: int) -> str:
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"
