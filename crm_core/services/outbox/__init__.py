"""Messages to people: recorded in the change they tell of, sent afterwards, each at least once."""

from crm_core.services.outbox.channels import (
    Channels,
    MailServer,
    Webhook,
    channels,
    remove_webhook,
    set_mail,
    set_webhook,
)
from crm_core.services.outbox.messages import Message, Recipients, messages, record, retry, tell
from crm_core.services.outbox.sending import Sent, send_due

__all__ = [
    "Channels",
    "MailServer",
    "Message",
    "Recipients",
    "Sent",
    "Webhook",
    "channels",
    "messages",
    "record",
    "remove_webhook",
    "retry",
    "send_due",
    "set_mail",
    "set_webhook",
    "tell",
]
