"""E-mail addresses: lower case, without what mail programs and Chinese keyboards add."""

import re
import unicodedata
from functools import cache

from email_validator import EmailNotValidError, validate_email

from crm_core.pipeline.standardise.standard import Standard
from crm_core.pipeline.standardise.texts import tidy
from crm_core.reference.names_and_addresses import mail_providers

_ATOM = "[A-Za-z0-9_%+-]+"
USUAL = rf"{_ATOM}(\.{_ATOM})*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{{2,24}}"
"""Regular expression (RE2 and Python) of the addresses that need no more than lower case."""
MOST = 64
"""Characters before the @ that a usual address has at most; longer ones are looked at."""
_LONGEST = 1_000
"""Characters beyond which a cell is no address, which has 254 at most (RFC 3696, errata 1690), and
patterns would look for it for minutes."""

_BRACKETED = re.compile(r"[^<>]*<([^<>@\s]+@[^<>@\s]+)>")
_ENDS = ("com", "net", "org", "edu", "gov", "info", "io", "cn", "hk", "tw", "jp", "de", "uk", "us")
"""Ends of domains before which a comma is a slip for the point."""
_SEVERAL = re.compile(r"[^\s,;/|]+@[^\s,;/|]+[\s,;/|、，；]+[^\s,;/|]+@")


def usual(cell: str) -> str:
    """SQL that is true where the address in `cell` is written the usual way."""
    slips = ", ".join(f"'{domain}'" for domain in sorted(_slips()))
    return (
        f"(regexp_full_match({cell}, '{USUAL}') AND length({cell}) <= {MOST}"
        f" AND split_part(lower({cell}), '@', 2) NOT IN ({slips}))"
    )


def email(raw: str) -> Standard:
    """The address alone, in lower case.

    Codes: email_invalid, email_several, email_domain_slip (with the address that was meant).
    """
    if len(raw) > _LONGEST:
        return Standard(raw, "email_several" if raw.count("@") > 1 else "email_invalid")
    text = re.sub(r"\s*@[\s@]*", "@", unicodedata.normalize("NFKC", tidy(raw)).strip())
    text = re.sub("^(mailto|e-?mail|邮箱)[:：]\\s*", "", text, flags=re.IGNORECASE)
    text = _pointed(text.strip(" .;,，；、'\"\n"))
    if _SEVERAL.search(text):
        return Standard(raw, "email_several")
    bracketed = _BRACKETED.fullmatch(text)
    address = bracketed[1] if bracketed else text
    try:
        found = validate_email(address, check_deliverability=False, globally_deliverable=False)
    except (EmailNotValidError, ValueError):
        return Standard(raw, "email_invalid")
    if "." not in found.domain:
        return Standard(raw, "email_invalid")
    return _judged(f"{found.local_part}@{found.domain}".lower())


def _pointed(text: str) -> str:
    """With a point for the comma, where the domain has no end yet and what follows is one."""
    before, _, end = text.lower().partition(",")
    ended = before.rpartition(".")[2] in _ENDS and end != "cn"
    return text if ended or end not in _ENDS or "@" not in before else f"{before}.{end}"


def _judged(address: str) -> Standard:
    local, _, domain = address.rpartition("@")
    meant = _slips().get(domain)
    if meant:
        return Standard(address, "email_domain_slip", f"{local}@{meant}")
    return Standard(address)


@cache
def _slips() -> dict[str, str]:
    """Domain as it is often mistyped -> the domain that was meant."""
    lists = mail_providers()
    return {slip: domain for domain in lists for slip in lists[domain]}
