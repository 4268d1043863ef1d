"""Addresses of the web that people give."""

from urllib.parse import urlsplit

_SCHEMES = ("http", "https")


def is_web(address: str) -> bool:
    """Whether an address leads to the web; any other (javascript:, file:) would do more."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and not set(address) & set(' \n"<>')
