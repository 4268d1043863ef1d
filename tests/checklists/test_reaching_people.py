"""Links of respondents, invitations and reminders, with a mail server that really listens."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listeners import Chat, Post

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import REMIND_EVERY, State, is_reminded
from crm_core.domain.feeds import SCHEDULE
from crm_core.domain.problems import Refused
from crm_core.services import outbox, settings, stores
from crm_core.services.checklists import (
    assessments,
    inviting,
    links,
    respondents,
    states,
)
from crm_core.services.outbox import MailServer, secret
from crm_core.store import Store

NOW = datetime(2026, 3, 2, 5, 0)
DUE = date(2026, 3, 9)


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.problem.code == code


def begun(store: Store, **more: bool) -> str:
    return assessments.begin(
        store, LOCAL, "readiness", scope="programme", day=NOW.date(), due=DUE, **more
    )


def added(
    store: Store, assessment: str, name: str = "陈静", email: str = "chen@example.com"
) -> str:
    return respondents.add(store, LOCAL, assessment, name, "manager", email=email)


@pytest.fixture
def reached(store: Store, post: Post) -> Store:
    """A store that knows a mail server and its own address."""
    server = {"host": post.host, "port": post.port, "security": "none", "sender": "crm@example.com"}
    outbox.set_mail(store, LOCAL, MailServer.model_validate(server), None)
    settings.write(store, LOCAL, "address", "https://crm.example.com/")
    return store


def test_a_link_opens_its_own_sheet_until_it_expires(store: Store) -> None:
    who = added(store, begun(store))
    token = links.make(store, LOCAL, who, 10, lambda: NOW)
    assert links.respondent(store, token, lambda: NOW + timedelta(days=10)).id == who
    refused(
        "link_expired",
        lambda: links.respondent(store, token, lambda: NOW + timedelta(days=11)),
    )


def test_a_link_that_was_replaced_opens_nothing_and_the_new_one_does(store: Store) -> None:
    who = added(store, begun(store))
    old = links.make(store, LOCAL, who)
    again = links.make(store, LOCAL, who)
    assert links.respondent(store, old) == links.respondent(store, again)
    links.renew(store, LOCAL, who)
    refused("link_replaced", lambda: links.respondent(store, old))
    assert links.respondent(store, links.make(store, LOCAL, who)).id == who


@given(at=st.integers(0, 200), letter=st.sampled_from("aZ9_-."))
def test_a_link_with_any_letter_changed_opens_nothing(at: int, letter: str) -> None:
    key = "k" * 43
    token = links.URLSafeSerializer(key, salt="respondent").dumps(["r", 1, "2026-03-02"])
    assert isinstance(token, str)
    at %= len(token)
    forged = token[:at] + letter + token[at + 1 :]
    if forged != token:
        with pytest.raises(links.BadData):
            links.URLSafeSerializer(key, salt="respondent").loads(forged)


@pytest.mark.parametrize("token", ["", "x", "WyJhIl0.AAAA", "null", "é" * 40, "a" * 100_000])
def test_what_is_no_link_is_refused(store: Store, token: str) -> None:
    begun(store)
    refused("link_wrong", lambda: links.respondent(store, token))


def test_a_link_of_another_store_opens_nothing(store: Store) -> None:
    other = stores.open_store(store.path.with_name("other") / "crm.duckdb")
    try:
        token = links.make(other, LOCAL, added(other, begun(other)))
        added(store, begun(store))
        refused("link_wrong", lambda: links.respondent(store, token))
    finally:
        other.close()


def test_the_key_that_signs_is_readable_by_the_owner_alone_and_in_no_table(store: Store) -> None:
    links.make(store, LOCAL, added(store, begun(store)))
    key = secret.read(store, "links")
    assert key
    assert secret.path(store).stat().st_mode & 0o077 == 0
    store.close()
    assert key.encode() not in store.path.read_bytes()


def test_an_invitation_has_a_link_that_opens_in_both_languages(reached: Store, post: Post) -> None:
    who = added(reached, begun(reached))
    inviting.invite(reached, LOCAL, [who], lambda: NOW)
    outbox.send_due(reached, LOCAL, lambda: NOW)
    [mail] = post.mails
    text = mail.get_content()
    assert (mail["To"], "实施前评估" in mail["Subject"]) == ("chen@example.com", True)
    assert "Readiness before the start" in text
    assert "实施前评估" in text
    found = re.findall(
        r"https://crm\.example\.com/answer\?token=([\w.-]+)", text.replace("=\n", "")
    )
    assert len(found) == 2
    assert {links.respondent(reached, token, lambda: NOW).id for token in found} == {who}
    assert respondents.respondent(reached, LOCAL, who).invited_at == NOW


def test_nobody_is_invited_if_one_cannot_be(reached: Store, post: Post) -> None:
    key = begun(reached)
    people = [added(reached, key), added(reached, key, "赵强", "")]
    refused("invite_no_email", lambda: inviting.invite(reached, LOCAL, people))
    settings.write(reached, LOCAL, "address", None)
    refused("invite_no_address", lambda: inviting.invite(reached, LOCAL, people[:1]))
    states.move(reached, LOCAL, key, 1, State.SUBMITTED)
    refused("assessment_not_open", lambda: inviting.invite(reached, LOCAL, people[:1]))
    outbox.send_due(reached, LOCAL)
    assert post.mails == []


def test_whom_no_message_reached_is_known_with_the_reason(reached: Store, post: Post) -> None:
    key = begun(reached)
    who = added(reached, key)
    added(reached, key, "赵强", "zhao@example.com")
    inviting.invite(reached, LOCAL, [who], lambda: NOW)
    assert inviting.unreached(reached, LOCAL, key) == {}
    post.answer = "550 no such user"
    outbox.send_due(reached, LOCAL, lambda: NOW)
    [(found, problem)] = inviting.unreached(reached, LOCAL, key).items()
    assert (found, problem.code) == (who, "mail_failed")
    assert "550" in str(problem.params["reason"])
    post.answer = "250 taken"
    outbox.send_due(reached, LOCAL, lambda: NOW + timedelta(hours=1))
    assert inviting.unreached(reached, LOCAL, key) == {}


def test_without_a_mail_server_nobody_is_reached(store: Store) -> None:
    settings.write(store, LOCAL, "address", "https://crm.example.com")
    key = begun(store)
    who = added(store, key)
    assert inviting.unreached(store, LOCAL, key) == {}
    inviting.invite(store, LOCAL, [who])
    assert {name: one.code for name, one in inviting.unreached(store, LOCAL, key).items()} == {
        who: "mail_missing"
    }


def test_who_is_due_is_reminded_now_and_then_and_a_group_chat_hears_of_it(
    reached: Store, post: Post, chat: Chat
) -> None:
    outbox.set_webhook(reached, LOCAL, "team", "slack", chat.url)
    settings.write(reached, LOCAL, "reminder_webhooks", ["team"])
    key = begun(reached)
    invited = added(reached, key)
    done = added(reached, key, "赵强", "zhao@example.com")
    added(reached, key, "周磊", "zhou@example.com")
    inviting.invite(reached, LOCAL, [invited, done], lambda: NOW)
    respondents.submit(reached, LOCAL, done)
    told = [
        len(inviting.remind(reached, SCHEDULE, NOW + timedelta(hours=hours)))
        for hours in range(0, 24 * 14, 6)
    ]
    assert [hours * 6 / 24 for hours, count in enumerate(told) if count] == [4.0, 7.0, 10.0, 13.0]
    assert set(told) == {0, 2}
    outbox.send_due(reached, LOCAL, lambda: NOW + timedelta(days=14))
    reminders = [mail for mail in post.mails if "Still open" in mail["Subject"]]
    assert [mail["To"] for mail in reminders] == ["chen@example.com"] * 4
    assert len(chat.asked) == 4
    assert "1 of 3 have handed in" in str(chat.asked[0][2])


def test_names_that_are_hidden_are_in_no_group_chat(reached: Store, chat: Chat) -> None:
    outbox.set_webhook(reached, LOCAL, "team", "slack", chat.url)
    settings.write(reached, LOCAL, "reminder_webhooks", ["team"])
    who = added(reached, begun(reached, is_unnamed=True))
    inviting.invite(reached, LOCAL, [who], lambda: NOW)
    inviting.remind(reached, SCHEDULE, NOW + timedelta(days=5))
    outbox.send_due(reached, LOCAL, lambda: NOW + timedelta(days=5))
    assert len(chat.asked) == 1
    assert "陈静" not in str(chat.asked[0][2])


def test_where_nobody_is_due_nothing_is_written(reached: Store) -> None:
    inviting.invite(reached, LOCAL, [added(reached, begun(reached))], lambda: NOW)
    before = reached.version("checklist")
    assert inviting.remind(reached, SCHEDULE, NOW + timedelta(days=1)) == []
    assert reached.version("checklist") == before


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, days, days)
def test_nobody_is_reminded_early_or_twice_in_a_row(due: date, told_on: date, today: date) -> None:
    if is_reminded(due, told_on, today):
        assert (today - told_on).days >= REMIND_EVERY
        assert -3 <= (today - due).days < 30
    assert not is_reminded(None, told_on, today)


@pytest.mark.parametrize("address", ["crm.example.com", "https://x/?a", "ftp://x", "", 5])
def test_an_address_that_no_link_could_begin_with_is_refused(store: Store, address: object) -> None:
    refused("setting_address", lambda: settings.write(store, LOCAL, "address", address))
