"""Company names: the same company in other writings of case, signs and legal form."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from crm_core.pipeline.standardise.spellings import most_usual
from crm_core.pipeline.standardise.texts import CJK, one_line
from crm_core.reference.names_and_addresses import legal_forms
from crm_core.reference.scripts import simplified

_TOLD_APART = "&+#@%*$!?/\\|~^=<>"
"""Signs that tell names apart: A+B is not AB."""
_SINGLE = f"[{CJK}\u3040-\u30ff]"
_LETTERS = rf"(?:(?!{_SINGLE})[^\W_])+"
_WORDS = re.compile(rf"{_SINGLE}|{_LETTERS}(?:[.,:-]\d+)*|[{re.escape(_TOLD_APART)}]")
_MEANINGLESS = (" ", ".", ",", "-", "(", ")", "（", "）", "''", "·")
"""The usual signs of names without a meaning; quoted for SQL."""
_CHINESE_FORM = re.compile(r"\s*((?:[股份集团]\s*)*有\s*限\s*(?:责\s*任\s*)?公\s*司)$")
_STOP = re.compile(rf"(?<=[{CJK}）)])\s*[。．.，,；;、]+$")
ODD = rf"[{CJK}）)] *[。．.，,；;、]$|[{CJK}）)] +[有限责任股份集团公司 ]+$"
"""Regular expression (RE2 and Python): a stop behind a Chinese name, a gap in its legal form."""
_ENOUGH, _NEARLY_ALL = 10, 0.9
_OPENED = {"（": "）", "(": ")", "【": "】", "[": "]"}


class CompanyKey(NamedTuple):
    """What all writings of one company share."""

    name: str
    """Letters and figures without case and the signs that mean nothing."""
    kind: str | None
    """The kind of the legal form; None: no form is named."""


def company_key(name: str) -> CompanyKey:
    """The key of a company's name; names of one key are one company."""
    words = _words(name)
    for length in range(min(_longest(), len(words) - 1), 0, -1):
        kind = _forms().get("".join(words[-length:]))
        if kind:
            return CompanyKey(_run_together(words[:-length]), kind)
    # Without a legal form Lee Ann and Leeann may be two people.
    return CompanyKey(" ".join(words), None)


def company(raw: str) -> str:
    """The name in one line and width, its brackets in pairs of one kind."""
    text, awaited, clean = _STOP.sub("", one_line(raw)) or raw, "", []
    text = _CHINESE_FORM.sub(lambda form: re.sub(r"\s", "", form[1]), text) or text
    for sign in text:
        closing = sign in _OPENED.values()
        clean.append(awaited if closing and awaited else sign)
        awaited = _OPENED.get(sign, "" if closing else awaited)
    return "".join(clean)


def companies(lines: Mapping[str, int], known: Iterable[str] = ()) -> dict[str, str]:
    """Raw name -> clean name for the names of a column, with the lines that hold each.

    A variant writing becomes the `known` name of the same company, if there is one, else the
    writing of most lines. Known names are left alone; where two are one company, so are its
    variants.
    """
    tidied = {raw: company(raw) for raw in lines}
    every, listed = sorted({*tidied.values(), *known}), frozenset(known)
    found: dict[CompanyKey, list[str]] = {}
    for name in every:
        found.setdefault(company_key(name), []).append(name)
    counts = dict.fromkeys(every, 0)
    for raw, name in tidied.items():
        counts[name] += lines[raw]
    target = {
        name: wanted
        for key, names in found.items()
        if key.name and (wanted := most_usual(names, counts, listed)) is not None
        for name in names
    }
    return {raw: raw if raw in listed else target.get(name, name) for raw, name in tidied.items()}


@cache
def written_form() -> str:
    """Regular expression (RE2 and Python) of the end of a name that is a legal form in Latin
    letters, with the signs and blanks before and within it."""
    forms = [form for form in _forms() if re.fullmatch("[a-z]+", form)]
    ways = "|".join("[., ]*".join(form) for form in sorted(forms, key=lambda form: -len(form)))
    return f"(?i)[, ]+(?:{ways})[., ]*$"


def usual_forms(lines: Mapping[str, int]) -> dict[str, str]:
    """Legal form as written -> the usual writing of the same letters, for the forms of a column.

    `lines`: the lines that end with each. Where nearly all agree, none else is meant.
    """
    groups: dict[str, dict[str, int]] = {}
    for form, count in lines.items():
        groups.setdefault(re.sub("[., ]", "", form).lower(), {})[form] = count
    return {
        form: best
        for forms in groups.values()
        if (best := agreed(forms)) is not None
        for form in forms
        if form != best
    }


def agreed(lines: Mapping[str, int]) -> str | None:
    """The one of several writings that nearly all lines of a column have; None if there is none."""
    best = max(sorted(lines), key=lines.__getitem__)
    every = sum(lines.values())
    return best if every >= _ENOUGH and lines[best] >= _NEARLY_ALL * every else None


def block(name: str) -> str:
    """SQL: what all writings of one company share, and some others: cheap, to find rivals by."""
    bare = f"lower({name})"
    for sign in _MEANINGLESS:
        bare = f"replace({bare}, '{sign}', '')"
    forms = "|".join(map(re.escape, sorted(_forms(), key=lambda form: (-len(form), form))))
    return f"nullif(regexp_replace({bare}, '({forms})+$', ''), '')"


def _words(name: str) -> list[str]:
    """The words of a name, single characters for Chinese; "L.L.C." is one word."""
    text = unicodedata.normalize("NFKC", simplified([name])[0]).casefold()
    words: list[str] = []
    initials = False
    for word in _WORDS.findall(text):
        single = len(word) == 1 and "a" <= word <= "z"
        if single and initials:
            words[-1] += word
        else:
            words.append(word)
        initials = single
    return words


def _run_together(words: list[str]) -> str:
    """The words in one, but figures stay apart: Line 1 2 is not Line 12."""
    return re.sub(r"(?<=\d) (?=\d)|( )", lambda gap: "" if gap[1] else " ", " ".join(words))


@cache
def _forms() -> dict[str, str]:
    """The words of a legal form, joined -> its kind."""
    lists = legal_forms()
    return {"".join(_words(form)): kind for kind in lists for form in lists[kind]}


@cache
def _longest() -> int:
    """Words of the longest legal form."""
    return max(len(_words(form)) for forms in legal_forms().values() for form in forms)
