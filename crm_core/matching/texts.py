"""SQL that brings a cell into the writing that it is compared in."""

import re

from crm_core.reference.names_and_addresses import legal_forms, mail_providers, role_mailboxes

HAN = r"\p{Han}"
_TAILS = "股份|公司|总公司"


def plain(text: str) -> str:
    """Letters and figures of the text in small letters, one blank between words; or NULL."""
    bare = f"replace(replace(lower(strip_accents(nfc_normalize({text}))), '''', ''), '’', '')"
    return f"nullif(trim(regexp_replace({bare}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')), '')"


def code(text: str) -> str:
    """A number or code without signs, in capitals; or NULL."""
    return f"nullif(upper(regexp_replace({text}, '[^\\p{{L}}\\p{{N}}]', '', 'g')), '')"


def phone(text: str) -> str:
    """The last ten figures of a phone number without its extension; or NULL.

    So a number with its country code and one without are the same.
    """
    figures = f"regexp_replace(regexp_replace({text}, ' x.*$', ''), '\\D', '', 'g')"
    return f"CASE WHEN length({figures}) >= 5 THEN right({figures}, 10) END"


def domain(email: str, website: str) -> str:
    """The domain that a website or a mail address names, unless everybody can have one there."""
    providers = ", ".join(f"'{provider}'" for provider in sorted(mail_providers()))
    pattern = r"^\s*(?:[a-z]+://)?(?:www\.)?([^/:?#\s@]+\.[^/:?#\s@]+)"
    site = f"nullif(regexp_extract(lower({website}), '{pattern}', 1), '')"
    mail = f"nullif(split_part(lower({email}), '@', 2), '')"
    return f"coalesce({site}, CASE WHEN {mail} NOT IN ({providers}) THEN {mail} END)"


def mail(text: str, *, personal: bool) -> str:
    """A mail address in small letters; or NULL, where it is `personal`, for info@ and the like."""
    address = f"nullif(lower(trim({text})), '')"
    if not personal:
        return address
    roles = "|".join(map(re.escape, role_mailboxes()))
    return f"CASE WHEN NOT regexp_matches({address}, '^({roles})[0-9]*@') THEN {address} END"


def without_form(text: str) -> str:
    """A plain name without its legal form.

    "Group" and "holding" stay: 华联控股 and 华联股份 are two companies.

    A name that is nothing else stays.
    """
    forms = {form for several in legal_forms().values() for form in several}
    latin = sorted({_latin(form) for form in forms if form.isascii()}, key=lambda w: (-len(w), w))
    chinese = sorted({form for form in forms if re.fullmatch("[一-鿿]+", form)}, key=len)[::-1]
    tight = f"regexp_replace({text}, '({HAN}) +({HAN})', '\\1\\2', 'g')"
    short = f"regexp_replace({tight}, '( ({'|'.join(latin)}))+$', '')"
    ends = f"({'|'.join(chinese)}|{_TAILS})+$"
    return f"coalesce(nullif(regexp_replace({short}, '{ends}', ''), ''), {text})"


def _latin(form: str) -> str:
    """The form as a plain text has it: "L.L.C." is "l l c"."""
    return " ".join(re.findall("[a-z]+", form.casefold()))
