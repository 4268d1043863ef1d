"""Mail: once recorded it goes out, with one Message-ID, whatever happens in between."""

import os
import signal
import smtplib
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from listeners import Post

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import audit, outbox, stores
from crm_core.services.outbox import MailServer, Recipients, secret
from crm_core.services.outbox.sending import GIVEN_UP_AFTER, Sent
from crm_core.store import Store

NOW = datetime(2026, 3, 2, 5, 0)


def set_up(store: Store, post: Post, **said: object) -> None:
    server = {"host": post.host, "port": post.port, "security": "none", "sender": "crm@example.com"}
    outbox.set_mail(store, LOCAL, MailServer.model_validate(server | said), None)


def write(store: Store, *emails: str, subject: str = "Late", body: str = "Nothing came.") -> None:
    with store.change(LOCAL, "test.tell", area="test") as change:
        outbox.record(change, Recipients(emails or ("ops@example.com",)), subject, body, NOW)


def state(store: Store) -> list[str]:
    return [message.state for message in outbox.messages(store, LOCAL)]


def test_each_recipient_gets_a_mail_of_their_own(store: Store, post: Post) -> None:
    set_up(store, post)
    write(store, "a@example.com", "b@example.com", subject="到货延迟", body="没有新文件。\n第二行")
    assert outbox.send_due(store, LOCAL, lambda: NOW).sent == 2
    assert sorted(post.recipients) == ["a@example.com", "b@example.com"]
    mail = post.mails[0]
    assert (mail["Subject"], mail["From"]) == ("到货延迟", "crm@example.com")
    assert mail.get_content().split() == ["没有新文件。", "第二行"]
    assert len({str(one["Message-ID"]) for one in post.mails}) == 2
    assert outbox.send_due(store, LOCAL, lambda: NOW).sent == 0


def test_a_message_of_a_change_that_failed_is_never_sent(store: Store, post: Post) -> None:
    set_up(store, post)
    with pytest.raises(KeyError), store.change(LOCAL, "test.tell", area="test") as change:
        outbox.record(change, Recipients(("a@example.com",)), "x", "y", NOW)
        raise KeyError
    outbox.send_due(store, LOCAL)
    assert (post.mails, state(store)) == ([], [])


def test_a_refused_mail_is_tried_again_later_and_later_with_the_same_id(
    store: Store, post: Post
) -> None:
    set_up(store, post)
    write(store)
    post.answer = "451 come back later"
    assert outbox.send_due(store, LOCAL, lambda: NOW).failed == 1
    [first] = outbox.messages(store, LOCAL)
    assert first.problem and "come back later" in str(first.problem.params["reason"])
    assert first.next_at == NOW + timedelta(minutes=1)
    assert outbox.send_due(store, LOCAL, lambda: NOW).failed == 0, "not before its time"
    outbox.send_due(store, LOCAL, lambda: first.next_at)
    [second] = outbox.messages(store, LOCAL)
    assert second.next_at == first.next_at + timedelta(minutes=2)
    post.answer = "250 taken"
    outbox.send_due(store, LOCAL, lambda: second.next_at)
    assert state(store) == ["sent"]
    assert [mail["Message-ID"] for mail in post.mails] == [first.message_id]


def test_a_message_is_given_up_in_time_and_can_be_sent_by_hand(store: Store, post: Post) -> None:
    set_up(store, post)
    write(store)
    post.answer = "550 no such user"
    late = NOW + GIVEN_UP_AFTER + timedelta(minutes=1)
    outbox.send_due(store, LOCAL, lambda: late)
    assert state(store) == ["failed"]
    post.answer = "250 taken"
    assert outbox.send_due(store, LOCAL, lambda: late + timedelta(days=1)).sent == 0
    outbox.retry(store, LOCAL, outbox.messages(store, LOCAL)[0].message_id, late)
    assert outbox.send_due(store, LOCAL, lambda: late).sent == 1
    with pytest.raises(Refused, match="message_unknown"):
        outbox.retry(store, LOCAL, outbox.messages(store, LOCAL)[0].message_id)


def test_without_a_mail_server_messages_wait_for_one(store: Store, post: Post) -> None:
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and message.problem.code == "mail_missing"
    set_up(store, post)
    outbox.send_due(store, LOCAL, lambda: message.next_at)
    assert len(post.mails) == 1


def test_a_mail_server_that_is_down_is_asked_once_a_round(store: Store, post: Post) -> None:
    set_up(store, post, port=1)
    write(store, "a@example.com", "b@example.com", "c@example.com")
    assert outbox.send_due(store, LOCAL, lambda: NOW).failed == 3
    assert {message.attempts for message in outbox.messages(store, LOCAL)} == {1}


def test_a_server_that_takes_a_few_mails_a_connection_gets_the_rest_over_the_next(
    store: Store, post: Post
) -> None:
    set_up(store, post)
    post.most = 2
    write(store, *(f"{name}@example.com" for name in "abcdefg"))
    assert outbox.send_due(store, LOCAL, lambda: NOW) == Sent(sent=5, failed=2)
    assert outbox.send_due(store, LOCAL, lambda: NOW + timedelta(minutes=1)).sent == 2
    assert sorted(post.recipients) == [f"{name}@example.com" for name in "abcdefg"]


def test_a_server_that_breaks_off_every_time_is_asked_once_a_round(
    store: Store, post: Post
) -> None:
    set_up(store, post)
    post.most = 0
    write(store, "a@example.com", "b@example.com", "c@example.com")
    assert outbox.send_due(store, LOCAL, lambda: NOW).failed == 3
    assert post.turned_away == 1
    assert {one.problem and one.problem.code for one in outbox.messages(store, LOCAL)} == {
        "mail_failed"
    }


KILLED = """
import os, signal, sys
from pathlib import Path
from crm_core.domain.actor import LOCAL
from crm_core.services import outbox, stores
from crm_core.services.outbox import sending
store = stores.open_store(Path(sys.argv[1]))
if sys.argv[2] == "recorded":
    with store.change(LOCAL, "test.tell", area="test") as change:
        outbox.record(change, outbox.Recipients(("ops@example.com",)), "Late", "Nothing came.")
else:
    sending._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    outbox.send_due(store, LOCAL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(path: Path, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), moment], cwd=stores.ROOT, timeout=60
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="kills the POSIX way")
def test_a_kill_between_recording_and_noting_loses_no_message(tmp_path: Path, post: Post) -> None:
    path = tmp_path / "s.duckdb"
    store = stores.open_store(path)
    set_up(store, post)
    store.close()
    killed(path, "recorded")
    killed(path, "sent but not noted")
    store = stores.open_store(path)
    outbox.send_due(store, LOCAL)
    store.close()
    # Sent twice rather than never, and a mail program sees by the id that it is one message.
    assert len(post.mails) == 2
    assert len({str(mail["Message-ID"]) for mail in post.mails}) == 1


def test_the_password_is_in_no_store_no_audit_and_readable_by_its_owner_only(
    store: Store, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    server = MailServer(host=post.host, port=post.port, user="crm", sender="crm@example.com")
    outbox.set_mail(store, LOCAL, server, "pass-w0rd-unique")
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    assert state(store) == ["waiting"], "the test's server has no TLS, so it gets no password"
    assert stat.S_IMODE(secret.path(store).stat().st_mode) == 0o600
    with store.read() as cursor:
        cursor.execute("CHECKPOINT")
    assert b"pass-w0rd-unique" not in store.path.read_bytes()
    assert "pass-w0rd-unique" not in str(audit.trail(store, LOCAL, audit.Filter())) + caplog.text


def test_the_password_goes_to_an_encrypted_server_only_if_its_certificate_is_trusted(
    store: Store, guarded_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {"host": guarded_post.host, "port": guarded_post.port, "sender": "crm@example.com"}
    server = MailServer.model_validate(where | {"user": "crm"})
    outbox.set_mail(store, LOCAL, server, "s3cret")
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and message.problem.code == "mail_untrusted"
    assert message.problem.params["host"] == guarded_post.host
    assert guarded_post.mails == []
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded_post.authority))
    outbox.send_due(store, LOCAL, lambda: message.next_at)
    assert guarded_post.recipients == ["ops@example.com"]


def test_a_certificate_for_another_host_is_not_trusted_either(
    store: Store, guarded_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded_post.authority))
    said = {"host": "localhost", "port": guarded_post.port, "sender": "crm@example.com"}
    outbox.set_mail(store, LOCAL, MailServer.model_validate(said | {"user": "crm"}), "s3cret")
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and message.problem.code == "mail_untrusted"
    assert "localhost" in str(message.problem.params["reason"])


def test_a_server_that_does_not_encrypt_is_told_no_password(store: Store, open_post: Post) -> None:
    said = {"host": open_post.host, "port": open_post.port, "sender": "crm@example.com"}
    outbox.set_mail(store, LOCAL, MailServer.model_validate(said | {"user": "crm"}), "s3cret")
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and message.problem.code == "mail_unencrypted"
    assert (open_post.passwords, open_post.mails) == ([], [])
    with smtplib.SMTP(open_post.host, open_post.port) as client:
        client.login("crm", "asked for and told")
    assert open_post.passwords == [b"asked for and told"], "it would have listened"


def test_a_wrong_password_is_said_without_it(
    store: Store, guarded_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded_post.authority))
    where = {"host": guarded_post.host, "port": guarded_post.port, "sender": "crm@example.com"}
    outbox.set_mail(store, LOCAL, MailServer.model_validate(where | {"user": "crm"}), "wr0ng")
    write(store)
    outbox.send_due(store, LOCAL, lambda: NOW)
    [message] = outbox.messages(store, LOCAL)
    assert message.problem and "authentication refused" in str(message.problem.params)
    assert "wr0ng" not in str(audit.trail(store, LOCAL, audit.Filter()))


def test_the_environment_comes_before_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret.write(store, "mail", "from the file")
    assert secret.read(store, "mail") == "from the file"
    monkeypatch.setenv("CRM_SECRET_MAIL", "from the environment")
    assert secret.read(store, "mail") == "from the environment"
    assert "CRM_SECRET_MAIL" in os.environ
    secret.write(store, "mail", None)
    assert secret.path(store).read_text() == "{}"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"host": "not a host"}, "mail_host"),
        ({"port": 0}, "mail_port"),
        ({"sender": "nobody"}, "mail_address"),
        ({"host": "169.254.169.254"}, "host_inside"),
        ({"user": "crm"}, "mail_password_in_clear"),
    ],
)
def test_a_mail_server_that_makes_no_sense_is_refused(
    store: Store, post: Post, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        set_up(store, post, **said)
    assert outbox.channels(store, LOCAL).mail is None
