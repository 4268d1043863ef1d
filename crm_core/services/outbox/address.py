"""Where the product may connect to on somebody's word: no way into the network behind it."""

import os
import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit, urlunsplit

from crm_core.domain.problems import Refused

ALLOWED = "CRM_WEBHOOK_ALLOW"
"""Hosts or addresses inside the own network that webhooks may go to, parted by commas."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where a network translates IPv6 to IPv4."""
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


@dataclass(frozen=True)
class Target:
    """A web address, resolved and found to be outside; `url` names the very address checked."""

    url: str
    host: str
    """As the reader wrote it, for the Host header and the certificate."""
    name: str
    """The host without its port."""


def mail_address(text: str) -> str:
    """The e-mail address; Refused("mail_address")."""
    written = text.strip()
    if not _MAIL.fullmatch(written):
        raise Refused("mail_address", value=written)
    return written


def require_web(url: str) -> str:
    """The host of an http or https address without user name; Refused("webhook_address")."""
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused("webhook_address") from error
    printable = url.strip().isprintable() and " " not in url.strip()
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or not printable:
        raise Refused("webhook_address")
    return host


def resolve(url: str) -> Target:
    """The address to connect to, so that a name cannot change its meaning after the check.

    Refused: webhook_address; host_unknown; host_inside for one that is not on the internet and
    not on the list of CRM_WEBHOOK_ALLOW.
    """
    name = require_web(url)
    parts = urlsplit(url.strip())
    found = _addresses(name)
    allowed = {entry.strip().casefold() for entry in os.environ.get(ALLOWED, "").split(",")}
    if not (name.casefold() in allowed or {str(address) for address in found} <= allowed):
        for address in found:
            if not _is_outside(address):
                raise Refused("host_inside", host=name)
    first = found[0]
    number = f"[{first}]" if isinstance(first, IPv6Address) else str(first)
    place = number if parts.port is None else f"{number}:{parts.port}"
    return Target(
        urlunsplit((parts.scheme, place, parts.path, parts.query, "")), parts.netloc, name
    )


def require_mail_host(host: str) -> None:
    """Refused("host_inside") for a mail server at a link-local address; inside is fine."""
    if any(address.is_link_local for address in map(_plain, _addresses(host))):
        raise Refused("host_inside", host=host)


def _addresses(host: str) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("host_unknown", host=host) from error
    return [ip_address(str(entry[4][0]).split("%")[0]) for entry in found]


def _is_outside(address: IPv4Address | IPv6Address) -> bool:
    plain = _plain(address)
    return plain.is_global and not plain.is_multicast


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one, by which an inside host could be reached."""
    if not isinstance(address, IPv6Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
