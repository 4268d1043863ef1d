"""Where alarms are told: the mail server, the group chats, and what was sent."""

from collections.abc import Callable
from typing import Any, get_args

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import outbox
from crm_core.services.outbox import Channels, MailServer, Message, Recipients
from crm_core.services.outbox.channels import MAIL, Form, Security
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _feed_words as words

_SHOWN = 20
_DONE = "_feed-channels-done"
_ADDED = "_feed-channels-added"
"""How many chats were added: the next form is another one, and blank."""


def show() -> None:
    """The section, folded until it is needed."""
    text = session.texts().text
    if said := st.session_state.pop(_DONE, None):
        st.toast(plain(said), icon=":material/check:")
    store, actor = workspace.store(), workspace.actor()
    known = outbox.channels(store, actor)
    messages = outbox.messages(store, actor, limit=_SHOWN)
    with st.expander(
        text("Messages: mail server, group chats, what was sent"), icon=":material/mail:"
    ):
        mail, chats, sent = st.tabs([text("Mail server"), text("Group chats"), text("Sent")])
        with mail:
            _mail(known.mail)
        with chats:
            _chats(known)
        with sent:
            _sent(messages)


def _mail(now: MailServer | None) -> None:
    text = session.texts().text
    with st.form("mail", border=False):
        grid = st.grid(3, min_column_width=180)
        with grid:
            host = st.text_input(
                text("Server"), now.host if now else "", placeholder="smtp.example.com"
            )
        with grid:
            port = st.number_input(text("Port"), 1, 65_535, now.port if now else 587)
        with grid:
            security = _security(now)
        grid = st.grid(3, min_column_width=180)
        with grid:
            sender = st.text_input(
                text("Sender"), now.sender if now else "", placeholder="crm@example.com"
            )
        with grid:
            user = st.text_input(text("User"), now.user if now else "")
        with grid:
            password = st.text_input(
                text("Password"),
                type="password",
                help=text("Kept beside the store, readable by its owner only. Blank: as it was."),
            )
        with st.container(horizontal=True):
            saved = st.form_submit_button(text("Save"), type="primary")
            tested = st.form_submit_button(text("Save and send a test to the sender"))
    if saved or tested:
        done = _tested() if tested else text("Saved.")
        said = {"host": host.strip(), "port": port, "security": security, "user": user.strip()}
        _attempt(done, _save_mail, said | {"sender": sender.strip()}, password or None, tested)


def _security(now: MailServer | None) -> Security:
    text = session.texts().text
    names = {"starttls": "STARTTLS", "tls": "TLS", "none": text("Unencrypted, without password")}
    options: list[Security] = list(get_args(Security))
    return st.selectbox(
        text("Encryption"),
        options,
        index=options.index(now.security) if now else 0,
        format_func=lambda code: names[code],
    )


def _save_mail(said: dict[str, Any], password: str | None, tested: bool) -> None:
    store, actor = workspace.store(), workspace.actor()
    server = MailServer.model_validate(said)
    outbox.set_mail(store, actor, server, password)
    if tested:
        _test(Recipients(emails=(server.sender,)))


def _chats(known: Channels) -> None:
    text = session.texts().text
    for hook in known.webhooks.values():
        with st.container(horizontal=True, vertical_alignment="center"):
            about = f"{hook.name} · {text(words.FORMS[hook.form])} · {hook.host}"
            st.markdown(plain(about), width="stretch")
            if st.button(text("Send a test"), key=f"hook-test-{hook.name}"):
                _attempt(_tested(), _test, Recipients(webhooks=(hook.name,)))
            if st.button(text("Remove"), key=f"hook-remove-{hook.name}"):
                _attempt(
                    text("Removed."),
                    *(outbox.remove_webhook, workspace.store(), workspace.actor(), hook.name),
                )
    _new_chat()


def _new_chat() -> None:
    text = session.texts().text
    turn = st.session_state.get(_ADDED, 0)
    with st.form(f"hook-{turn}", border=False):
        grid = st.grid(2, min_column_width=220)
        with grid:
            name = st.text_input(text("Name"), max_chars=40, key=f"hook-name-{turn}")
        with grid:
            form = st.selectbox(
                text("Kind"),
                list(get_args(Form)),
                format_func=lambda code: text(words.FORMS[code]),
                key=f"hook-form-{turn}",
            )
        url = st.text_input(
            text("Address"),
            type="password",
            placeholder="https://…",
            help=text("It has a key in it, so it is kept beside the store and shown to nobody."),
            key=f"hook-address-{turn}",
        )
        sign = st.text_input(
            text("Signing key (DingTalk and Feishu only)"),
            type="password",
            help=text("Where the robot asks for signatures; kept as the address is."),
            key=f"hook-sign-{turn}",
        )
        if st.form_submit_button(text("Add the group chat")):
            _attempt(text("Saved."), _add, name, form, url, sign or None)


def _add(name: str, form: str, url: str, sign: str | None) -> None:
    outbox.set_webhook(workspace.store(), workspace.actor(), name, form, url, sign)
    st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1


def _test(to: Recipients) -> None:
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    body = text("If you read this, alarms reach you here.")
    ids = outbox.tell(store, actor, to, text("A test from CRM Cockpit"), body)
    outbox.send_due(store, actor)
    for message in outbox.messages(store, actor, limit=200):
        if message.message_id in ids and message.problem is not None:
            raise Refused(message.problem.code, **message.problem.params)


def _sent(messages: list[Message]) -> None:
    text = session.texts().text
    if not messages:
        st.caption(plain(text("Nothing was sent yet.")))
        return
    heads = [
        Column("state", text("State")),
        Column("to", text("Recipient")),
        Column("subject", text("Subject")),
        Column("at", text("Written"), "moment"),
        Column("attempts", text("Attempts"), "number"),
        Column("why", text("Why"), width="large"),
    ]
    table(pd.DataFrame([_row(one) for one in messages]), heads, key="messages")
    failed = [one for one in messages if one.state != "sent" and one.problem]
    if failed and st.button(text("Try the unsent ones again now"), key="messages-retry"):
        _attempt("", _retry, failed)


def _retry(failed: list[Message]) -> None:
    store, actor = workspace.store(), workspace.actor()
    for message in failed:
        outbox.retry(store, actor, message.message_id)
    outbox.send_due(store, actor)


def _row(one: Message) -> dict[str, object]:
    return {
        "state": session.texts().text(words.MESSAGES[one.state]),
        "to": one.recipient if one.channel == MAIL else one.channel,
        "subject": one.subject,
        "at": session.local(one.recorded_at),
        "attempts": one.attempts,
        "why": session.problem(one.problem) if one.problem else "",
    }


def _tested() -> str:
    return session.texts().text("A test was sent. Look whether it arrived.")


def _attempt(done: str, act: Callable[..., Any], *args: Any) -> None:
    """Do it, and say in the next run that it is `done`; a refusal is shown where it was asked."""
    try:
        act(*args)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.session_state[_DONE] = done
    st.rerun()
