"""What can go wrong with mail and group chats."""

from crm_core.i18n.catalogue import mark

MESSAGES: dict[str, str] = {
    "mail_address": mark("{value} is no e-mail address."),
    "mail_host": mark("{value} is no name of a mail server."),
    "mail_port": mark("{value} is no port; choose 1 to 65,535."),
    "mail_password_in_clear": mark(
        "A password is never sent unencrypted. Choose STARTTLS or TLS, or leave the user blank."
    ),
    "mail_missing": mark("No mail server is set up. The message waits until there is one."),
    "mail_failed": mark("The mail server did not take the message: {reason}. It is tried again."),
    "mail_untrusted": mark(
        "The certificate of the mail server {host} is not trusted ({reason}), so nothing was sent "
        "to it. If your company signs its own certificates, the administrator names the file of "
        "its authority in SSL_CERT_FILE."
    ),
    "mail_unencrypted": mark(
        "The mail server {host} offers no encryption on port {port}, so neither password nor "
        "message was sent. Check the port, or choose another encryption."
    ),
    "message_failed": mark("The message could not be sent: {reason}. It is tried again."),
    "message_unknown": mark("This message was sent already, or is not there."),
    "channel_name": mark("{value} is no name for a group chat: write 1 to 40 letters or digits."),
    "channel_missing": mark("The group chat {channel} is not set up."),
    "webhook_form": mark("There is no form {value} of group chat."),
    "webhook_address": mark(
        "This is no address of a group chat. Write it as https://…, without user or password."
    ),
    "webhook_failed": mark("The group chat did not take the message: {reason}. It is tried again."),
    "host_unknown": mark("The host {host} is not known. Check how it is written."),
    "host_inside": mark(
        "{host} lies inside the network, where messages may not go. The administrator can allow "
        "it with CRM_WEBHOOK_ALLOW."
    ),
}
