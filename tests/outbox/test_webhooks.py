"""Group chats: each in its form, none of them a way into the network."""

import base64
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from listeners import Chat

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import audit, outbox
from crm_core.services.outbox import Recipients, address, webhook
from crm_core.store import Store

Judge = Callable[[str, Any], bytes]


def post(store: Store, chat: Chat, form: str, sign: str | None = None, body: str = "x < y") -> None:
    outbox.set_webhook(store, LOCAL, "ops", form, chat.url, sign)
    with store.change(LOCAL, "test.tell", area="test") as change:
        outbox.record(change, Recipients(webhooks=("ops",)), "Feed Deals: late", body)
    outbox.send_due(store, LOCAL)


def state(store: Store) -> str:
    return outbox.messages(store, LOCAL)[0].state


def test_wecom_gets_its_form(store: Store, chat: Chat) -> None:
    post(store, chat, "wecom")
    [(path, headers, body)] = chat.asked
    assert path == "/robot/send?key=SECRETKEY"
    assert body == {"msgtype": "text", "text": {"content": "Feed Deals: late\n\nx < y"}}
    assert headers["X-Message-ID"] == outbox.messages(store, LOCAL)[0].message_id
    assert state(store) == "sent"


def hmac_sha256(key: str, told: str) -> str:
    """By another library than the product's."""
    mac = HMAC(key.encode(), SHA256())
    mac.update(told.encode())
    return base64.b64encode(mac.finalize()).decode()


def dingtalk_robot(key: str) -> Judge:
    """Takes what is signed with `key` within the hour, as 钉钉 documents it."""

    def judge(path: str, body: Any) -> bytes:
        asked = parse_qs(urlsplit(path).query, strict_parsing=True)
        at, sign = asked.get("timestamp", ["0"])[0], asked.get("sign", [""])[0]
        fresh = abs(time.time() * 1000 - int(at)) < 3_600_000
        if not fresh or sign != hmac_sha256(key, f"{at}\n{key}"):
            return b'{"errcode": 310000, "errmsg": "sign not match"}'
        assert body["msgtype"] == "text"
        return b'{"errcode": 0, "errmsg": "ok"}'

    return judge


def feishu_robot(key: str) -> Judge:
    """Takes what is signed with `key` within the hour, as 飞书 documents it: the moment in seconds
    and the key are what the nothing is signed with."""

    def judge(_path: str, body: Any) -> bytes:
        at = body.get("timestamp", "0")
        fresh = abs(time.time() - int(at)) < 3_600
        if not fresh or body.get("sign") != hmac_sha256(f"{at}\n{key}", ""):
            return b'{"code": 19021, "msg": "sign match fail"}'
        assert body["content"] == {"text": "Feed Deals: late\n\nx < y"}
        return b'{"code": 0, "msg": "success", "data": {}}'

    return judge


ROBOTS = [("dingtalk", dingtalk_robot), ("feishu", feishu_robot)]


@pytest.mark.parametrize(("form", "robot"), ROBOTS)
def test_a_chat_that_checks_signatures_takes_the_message(
    store: Store, chat: Chat, form: str, robot: Callable[[str], Judge]
) -> None:
    chat.judge = robot("SEC 密钥+/=")
    post(store, chat, form, "SEC 密钥+/=")
    assert state(store) == "sent"
    assert parse_qs(urlsplit(chat.asked[0][0]).query)["key"] == ["SECRETKEY"]


@pytest.mark.parametrize("key", [None, "another key"])
@pytest.mark.parametrize(("form", "robot"), ROBOTS)
def test_a_message_signed_with_another_key_or_none_waits_and_says_why(
    store: Store, chat: Chat, form: str, robot: Callable[[str], Judge], key: str | None
) -> None:
    chat.judge = robot("the key")
    post(store, chat, form, key)
    [message] = outbox.messages(store, LOCAL)
    assert message.state == "waiting"
    assert message.problem and "sign" in str(message.problem.params["reason"])


def test_signatures_are_those_that_openssl_computes() -> None:
    url, body = webhook.signed("dingtalk", "https://x/y?z=1", {}, "this is secret", 1599360473)
    sign = "hXZTWifRGHclNuZSKxoXc%2F%2Fsh51SWfVfRIhcdeKs63I%3D"
    assert (url, body) == (f"https://x/y?z=1&timestamp=1599360473000&sign={sign}", {})
    url, body = webhook.signed("feishu", "https://x/y", {}, "this is secret", 1599360473)
    sign = "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw="
    assert (url, body) == ("https://x/y", {"timestamp": "1599360473", "sign": sign})


def test_the_signing_key_is_in_no_store_and_goes_with_its_chat(store: Store, chat: Chat) -> None:
    post(store, chat, "feishu", "SIGNINGKEY")
    with store.read() as cursor:
        cursor.execute("CHECKPOINT")
    assert b"SIGNINGKEY" not in store.path.read_bytes()
    assert "SIGNINGKEY" not in str(audit.trail(store, LOCAL, audit.Filter()))
    assert "SIGNINGKEY" in outbox.secret.path(store).read_text()
    outbox.remove_webhook(store, LOCAL, "ops")
    assert "SIGNINGKEY" not in outbox.secret.path(store).read_text()


def test_slack_gets_its_form_escaped(store: Store, chat: Chat) -> None:
    chat.answer = b"ok"
    post(store, chat, "slack")
    assert chat.asked[0][2] == {"text": "Feed Deals: late\n\nx &lt; y"}
    assert state(store) == "sent"


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (
            200,
            b'{"errcode": 93000, "errmsg": "invalid webhook url"}',
            "errcode 93000 invalid webhook url",
        ),
        (
            200,
            b'{"errcode": 93000, "errmsg": "\\n' + b"x" * 9999 + b'"}',
            f"errcode 93000 {'x' * 200}",
        ),
        (200, b"<html>", "no errcode"),
        (500, b"", "HTTP 500"),
        (302, b"", "HTTP 302"),
    ],
)
def test_a_chat_that_does_not_take_it_is_asked_again(
    store: Store, chat: Chat, status: int, answer: bytes, reason: str
) -> None:
    chat.status, chat.answer = status, answer
    chat.headers = {"Location": "http://169.254.169.254/latest/meta-data"}
    post(store, chat, "wecom")
    [message] = outbox.messages(store, LOCAL)
    assert message.state == "waiting"
    assert message.problem and message.problem.params["reason"] == reason
    assert len(chat.asked) == 1, "a redirection is not followed"


def test_a_long_message_is_cut_to_what_the_chat_takes(store: Store, chat: Chat) -> None:
    post(store, chat, "wecom", body="汉" * 5000)
    content = chat.asked[0][2]["text"]["content"]
    assert len(content.encode()) <= 2048
    assert content.endswith("…")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.com/x", "webhook_address"),
        ("file:///etc/passwd", "webhook_address"),
        ("https://user:pass@8.8.8.8/x", "webhook_address"),
        ("https://", "webhook_address"),
        ("https://8.8.8.8:99999/x", "webhook_address"),
        ("https://8.8.8.8/\r\nHost: x", "webhook_address"),
        ("http://169.254.169.254/latest/meta-data", "host_inside"),
        ("http://127.0.0.1/x", "host_inside"),
        ("http://localhost/x", "host_inside"),
        ("http://10.1.2.3/x", "host_inside"),
        ("http://[::1]/x", "host_inside"),
        ("http://[::ffff:169.254.169.254]/x", "host_inside"),
        ("http://[fe80::1]/x", "host_inside"),
        ("http://2130706433/x", "host_inside"),
        ("http://0x7f.1/x", "host_inside"),
        ("http://0.0.0.0/x", "host_inside"),
        ("http://100.100.100.200/x", "host_inside"),
        ("http://[64:ff9b::a9fe:a9fe]/x", "host_inside"),
    ],
)
def test_no_address_leads_into_the_network(store: Store, url: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        outbox.set_webhook(store, LOCAL, "ops", "slack", url)
    assert outbox.channels(store, LOCAL).webhooks == {}


def test_a_name_that_leads_inside_later_is_refused_when_it_is_used(
    store: Store, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.set_webhook(store, LOCAL, "ops", "slack", chat.url)
    monkeypatch.delenv("CRM_WEBHOOK_ALLOW")
    with store.change(LOCAL, "test.tell", area="test") as change:
        outbox.record(change, Recipients(webhooks=("ops",)), "a", "b")
    outbox.send_due(store, LOCAL)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and message.problem.code == "host_inside"
    assert chat.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [[(2, 1, 6, "", ("8.8.8.8", 0))], [(2, 1, 6, "", ("127.0.0.1", 0))]]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answers.pop(0))
    target = address.resolve("https://chat.example.com:8443/hook?key=k")
    assert target.url == "https://8.8.8.8:8443/hook?key=k"
    assert (target.host, target.name) == ("chat.example.com:8443", "chat.example.com")


def test_the_key_of_a_chat_is_in_no_store_no_audit_and_no_log(
    store: Store, chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chat.status = 500
    post(store, chat, "wecom")
    with store.read() as cursor:
        cursor.execute("CHECKPOINT")
    said = caplog.text + str(audit.trail(store, LOCAL, audit.Filter()))
    said += str(outbox.messages(store, LOCAL))
    assert "SECRETKEY" not in said
    assert b"SECRETKEY" not in store.path.read_bytes()


def test_a_chat_that_was_removed_is_forgotten_with_its_address(store: Store, chat: Chat) -> None:
    outbox.set_webhook(store, LOCAL, "ops", "slack", chat.url)
    outbox.remove_webhook(store, LOCAL, "ops")
    assert outbox.channels(store, LOCAL).webhooks == {}
    assert "SECRETKEY" not in outbox.secret.path(store).read_text()
