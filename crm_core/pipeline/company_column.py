"""A column of company names has one way to write brackets and each legal form."""

import re
from dataclasses import dataclass

import duckdb

from crm_core.pipeline.rivals import Rivals
from crm_core.pipeline.standardise.companies import agreed, companies, usual_forms, written_form
from crm_core.pipeline.standardise.texts import CJK

Cursor = duckdb.DuckDBPyConnection
_WIDE, _HALF = "（）", "()"
_BRACKETED = {signs: f"[{CJK}][{signs}]|[{signs}][{CJK}]" for signs in (_WIDE, _HALF)}
"""Regular expression of a bracket beside a Chinese character, by its width."""


def clean_names(cursor: Cursor, found: Rivals) -> tuple[dict[str, str], dict[str, int]]:
    """Raw name -> clean name for those names of a column that may change, and their lines.

    Where nearly all names agree on the brackets beside Chinese characters, or on the signs and
    capitals of a legal form, the others follow; known names stay as they are.
    """
    style = _style(cursor, found.seen)
    lines = {**found.lines, **style.others(cursor, found.seen)}
    clean = companies(lines, found.known)
    return {
        raw: name if name in found.known else style.applied(name) for raw, name in clean.items()
    }, lines


@dataclass(frozen=True)
class _Style:
    """What nearly all names of a column agree on."""

    forms: dict[str, str]
    """Legal form as written -> its usual writing, where that is another one."""
    brackets: str | None
    """The usual width of brackets, where some have the other one."""

    def others(self, cursor: Cursor, seen: str) -> dict[str, int]:
        """The unknown names of table `seen` that are written otherwise, and their lines."""
        tests = ["list_contains($forms, regexp_extract(raw, $form))"] if self.forms else []
        params = {"forms": [*self.forms], "form": written_form()} if self.forms else {}
        if self.brackets:
            tests.append("regexp_matches(raw, $bracketed)")
            params["bracketed"] = _BRACKETED[_other(self.brackets)]
        if not tests:
            return {}
        rows = cursor.execute(
            f"SELECT raw, lines FROM {seen} WHERE ({' OR '.join(tests)})"
            f" AND raw NOT IN (SELECT word FROM {seen}_known) ORDER BY raw",
            params,
        ).fetchall()
        return dict(rows)

    def applied(self, name: str) -> str:
        """The name as the others are written."""
        if self.brackets and re.search(_BRACKETED[_other(self.brackets)], name):
            name = name.translate(str.maketrans(_WIDE + _HALF, self.brackets * 2))
        form = re.search(written_form(), name)
        if form is None or form[0] not in self.forms:
            return name
        return name.removesuffix(form[0]) + self.forms[form[0]]


def _other(brackets: str) -> str:
    return _WIDE if brackets == _HALF else _HALF


def _style(cursor: Cursor, seen: str) -> _Style:
    forms = cursor.execute(
        "SELECT regexp_extract(raw, $form) AS form, sum(lines)::BIGINT"
        f" FROM {seen} WHERE regexp_matches(raw, '[A-Za-z][., ]*$') GROUP BY form ORDER BY form",
        {"form": written_form()},
    ).fetchall()
    wide, half = cursor.execute(
        "SELECT coalesce(sum(lines) FILTER (regexp_matches(raw, $wide)), 0)::BIGINT,"
        f" coalesce(sum(lines) FILTER (regexp_matches(raw, $half)), 0)::BIGINT FROM {seen}",
        {"wide": _BRACKETED[_WIDE], "half": _BRACKETED[_HALF]},
    ).fetchall()[0]
    both = wide and half
    brackets = agreed({_WIDE: wide, _HALF: half}) if both else None
    return _Style(usual_forms({form: count for form, count in forms if form}), brackets)
