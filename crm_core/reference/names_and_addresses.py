"""Words of company names, e-mail addresses and postal addresses."""

from functools import cache

from crm_core.reference.lists import read_yaml


@cache
def legal_forms() -> dict[str, list[str]]:
    """Kind of a legal form -> its writings, the usual one first."""
    return dict(read_yaml("reference/legal_forms.yaml"))


@cache
def mail_providers() -> dict[str, list[str]]:
    """Domain of a mail provider -> how it is often mistyped."""
    return dict(read_yaml("reference/email_domains.yaml"))


@cache
def role_mailboxes() -> list[str]:
    """What stands before the @ of mailboxes that no single person has, such as info."""
    return list(read_yaml("reference/role_mailboxes.yaml"))


@cache
def address_words() -> dict[str, str]:
    """Word of an address -> its short form."""
    lists = read_yaml("reference/address_words.yaml")
    return {long: short for group in lists.values() for short in group for long in group[short]}
