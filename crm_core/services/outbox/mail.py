"""Handing a message over to a mail server."""

import smtplib
import ssl
from contextlib import suppress
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from crm_core.domain.problems import Problem, Refused
from crm_core.services.outbox import secret
from crm_core.services.outbox.address import require_mail_host
from crm_core.services.outbox.channels import MAIL, MailServer
from crm_core.services.outbox.messages import Message
from crm_core.store import Store

SECONDS = 20


class Connection:
    """A connection to the mail server, made for the first message of a round and then kept."""

    def __init__(self, store: Store, server: MailServer | None) -> None:
        self._store, self._server = store, server
        self._smtp: smtplib.SMTP | None = None
        self._problem: Problem | None = None
        self._is_proved = False
        """Whether this connection has taken a message."""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()

    def send(self, message: Message) -> None:
        """Hand it over. Refused: mail_missing; mail_untrusted; mail_unencrypted; mail_failed with
        the server's reason."""
        if self._server is None:
            raise Refused("mail_missing")
        try:
            self._open(self._server).send_message(written(message, self._server.sender))
            self._is_proved = True
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._replace_lost(self._server, error)
            problem = _problem(self._server, error)
            raise Refused(problem.code, **problem.params) from error

    def _replace_lost(self, server: MailServer, error: Exception) -> None:
        """A connection that broke off is made anew for the next message, since servers take only
        so many over one; if it took none at all, the round does not wait for that again."""
        if self._smtp is None or self._smtp.sock is not None:
            return
        if not self._is_proved:
            self._problem = _problem(server, error)
        self._smtp, self._is_proved = None, False

    def _open(self, server: MailServer) -> smtplib.SMTP:
        """The connection; where it cannot be made, the round does not wait for it twice."""
        if self._problem is not None:
            raise Refused(self._problem.code, **self._problem.params)
        if self._smtp is None:
            try:
                self._smtp = connect(server, secret.read(self._store, MAIL))
            except (smtplib.SMTPException, OSError) as error:
                self._problem = _problem(server, error)
                raise
        return self._smtp


def connect(server: MailServer, password: str | None) -> smtplib.SMTP:
    """A connection, encrypted and signed in as the settings say.

    Raises smtplib.SMTPException, OSError, Refused("host_inside" or "host_unknown").
    """
    require_mail_host(server.host)
    context = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user and server.security != "none":
            smtp.login(server.user, password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def written(message: Message, sender: str) -> EmailMessage:
    """The mail; the same at every attempt."""
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(message.recorded_at.replace(tzinfo=UTC))
    mail["From"] = sender
    mail["To"] = message.recipient
    mail["Subject"] = " ".join(message.subject.split())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    return mail


def _problem(server: MailServer, error: Exception) -> Problem:
    """What went wrong, in a sentence of its own where the settings can mend it."""
    match error:
        case ssl.SSLCertVerificationError():
            return Problem("mail_untrusted", {"host": server.host, "reason": error.verify_message})
        case smtplib.SMTPNotSupportedError() if server.security == "starttls":
            return Problem("mail_unencrypted", {"host": server.host, "port": server.port})
        case _:
            return Problem("mail_failed", {"reason": _reason(error)})


def _reason(error: Exception) -> str:
    """What the server or the system said; the password is in none of it."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"{error.smtp_code} authentication refused"
        case smtplib.SMTPRecipientsRefused():
            said = error.recipients.values()
            return "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in said)
        case smtplib.SMTPResponseException():
            text = error.smtp_error
            said_text = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
            return f"{error.smtp_code} {said_text}"
        case _:
            return str(error) or type(error).__name__
