"""Where messages go: one mail server, and webhooks of group chats."""

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

import simplejson
from pydantic import BaseModel, ConfigDict

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.outbox import secret
from crm_core.services.outbox.address import mail_address, require_mail_host, resolve
from crm_core.store import Change, Store

AREA = "outbox"
MAIL = "mail"
"""The mail server's channel; no webhook has that name."""
Security = Literal["starttls", "tls", "none"]
Form = Literal["wecom", "dingtalk", "feishu", "slack"]
_NAME = re.compile(r"[\w][\w .-]{0,39}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")


class MailServer(BaseModel):
    """How mail is handed over; the password is kept apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    sender: str
    """The address that messages come from."""


@dataclass(frozen=True)
class Webhook:
    """A group chat; its address has a key in it and is kept apart."""

    name: str
    form: Form
    host: str


@dataclass(frozen=True)
class Channels:
    """What is set up."""

    mail: MailServer | None = None
    webhooks: dict[str, Webhook] = field(default_factory=dict)


def channels(store: Store, _actor: Actor) -> Channels:
    """What is set up in the store."""
    with store.read() as cursor:
        rows = cursor.execute("SELECT name, kind, config FROM app.channel ORDER BY name").fetchall()
    known = {name: (kind, simplejson.loads(config)) for name, kind, config in rows}
    mail = known.pop(MAIL, None)
    return Channels(
        MailServer.model_validate(mail[1]) if mail else None,
        {name: Webhook(name, kind, config["host"]) for name, (kind, config) in known.items()},
    )


def set_mail(store: Store, actor: Actor, server: MailServer, password: str | None) -> None:
    """Set the mail server up; `password` None keeps the one that was there.

    Refused: mail_host, mail_port, mail_security, mail_address; host_unknown, host_inside;
    mail_password_in_clear.
    """
    if not _HOST.fullmatch(server.host):
        raise Refused("mail_host", value=server.host)
    if not 1 <= server.port <= 65535:
        raise Refused("mail_port", value=server.port)
    mail_address(server.sender)
    require_mail_host(server.host)
    if server.security == "none" and server.user:
        raise Refused("mail_password_in_clear")
    if password is not None:
        secret.write(store, MAIL, password)
    with store.change(actor, "channel.set", area=AREA, subject=MAIL) as change:
        _put(change, MAIL, "mail", server.model_dump_json())
        change.detail = {"host": server.host, "sender": server.sender}


def set_webhook(
    store: Store, actor: Actor, name: str, form: str, url: str, sign: str | None = None
) -> Webhook:
    """Set a group chat up; `sign` is the key that messages of 钉钉 and 飞书 are signed with.

    Refused: channel_name; webhook_form; and what address.resolve refuses.
    """
    wanted = name.strip()
    if not _NAME.fullmatch(wanted) or wanted == MAIL:
        raise Refused("channel_name", value=wanted)
    if form not in get_args(Form):
        raise Refused("webhook_form", value=form)
    host = resolve(url).name
    secret.write(store, address_of(wanted), url.strip())
    secret.write(store, sign_of(wanted), sign.strip() if sign else None)
    with store.change(actor, "channel.set", area=AREA, subject=wanted) as change:
        _put(change, wanted, form, simplejson.dumps({"host": host}))
        change.detail = {"form": form, "host": host}
    return channels(store, actor).webhooks[wanted]


def remove_webhook(store: Store, actor: Actor, name: str) -> None:
    """Forget a group chat and its address; messages that wait for it are given up in time."""
    with store.change(actor, "channel.remove", area=AREA, subject=name) as change:
        change.retire("app.channel", "name = ? AND kind <> 'mail'", [name])
    secret.write(store, address_of(name), None)
    secret.write(store, sign_of(name), None)


def address_of(name: str) -> str:
    """The secret that holds a webhook's address."""
    return f"webhook {name} address"


def sign_of(name: str) -> str:
    """The secret that its messages are signed with."""
    return f"webhook {name} sign"


def _put(change: Change, name: str, kind: str, config: str) -> None:
    change.retire("app.channel", "name = ?", [name])
    change.cursor.execute(
        "INSERT INTO app.channel VALUES (?, ?, ?, ?)", [name, kind, config, change.change_id]
    )
