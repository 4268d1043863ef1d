"""Texts in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from crm_core.domain.actor import LOCAL
from crm_core.domain.entities import Label
from crm_core.domain.problems import Problem
from crm_core.i18n.catalogue import mark, translations
from crm_core.i18n.formats import DASH, Formats
from crm_core.i18n.problems import CELL, LINE, ROW, SHEET, TEMPLATES, UNKNOWN
from crm_core.i18n.problems.yaml_files import EXPECTED
from crm_core.i18n.rules import ADVICE, RULES, written
from crm_core.reference import entities

SOMEBODY = mark("Somebody")
UNGROUPED = frozenset({"batch", "id", "line", "other", "pid", "port", "row", "run", "year"})
"""Parameters that count places, not amounts: written without a thousands separator."""


_BEFORE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\{(\w+)\})")
_AFTER = re.compile(r"(\{(\w+)\}) (?=[\u4e00-\u9fff])")
"""A hole with a gap between it and Chinese."""
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef“”‘’]")
_SINGLE = str.maketrans("“”", "‘’")


class Texts:
    """The interface in one language. Msgids are English and stand in the code where they show."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations = translations(language)

    @cached_property
    def formats(self) -> Formats:
        """How this language writes numbers and dates."""
        return Formats(self.language)

    def text(self, msgid: str, /, **params: object) -> str:
        """The text; numbers, dates, labels and lists among the parameters are written the
        reader's way."""
        return self._fill(self._translations.gettext(msgid), params)

    def plural(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The text for n things, {n} in it being the number."""
        template = self._translations.ngettext(one, many, n)
        return self._fill(template, {"n": n, **params})

    def problem(self, problem: Problem) -> str:
        """What happened, what was kept and what to do; a code without a text is still said."""
        template = TEMPLATES.get(problem.code)
        if template is None:
            return self.text(UNKNOWN, code=problem.code, detail=_plain(problem.params))
        return self.text(template, **(dict(problem.params) | self._named(problem.params)))

    def _named(self, params: Mapping[str, object]) -> dict[str, object]:
        """What a problem is about in words: the file with its sheet if it has one, where in it, the
        rows, and who had a hand in it."""
        spec = entities().get(str(params.get("entity")))
        table = self.text(SHEET, **params) if params.get("sheet") else params.get("file")
        place = LINE if "row" not in params else CELL if params.get("sheet") else ROW
        found = {
            "table": table,
            "where": self.text(place, **params) if params.get("file") else None,
            "rows": self.label(spec.plural) if spec else params.get("rows"),
        }
        if (expected := str(params.get("expected"))) in EXPECTED:
            found["expected"] = self.text(EXPECTED[expected], **params)
        return found | ({"by": self.somebody(str(params["by"]))} if "by" in params else {})

    def somebody(self, name: str) -> str:
        """A person other than the reader, as a sentence names them; without sign-in nobody has a
        name."""
        return self.text(SOMEBODY) if name == LOCAL.name else name

    def rule(self, code: str | None) -> str:
        """Why a line was set aside, skipped or counted; "" where its fate says it all."""
        if rule := written().get(code or ""):
            return self.label(rule.text)
        return self.text(RULES[code]) if code in RULES else (code or "")

    def advice(self, code: str) -> str:
        """What to do about a line that broke the rule; "" where there is nothing to do."""
        if rule := written().get(code):
            return self.label(rule.advice)
        return self.text(ADVICE[code]) if code in ADVICE else ""

    def label(self, label: Label) -> str:
        """The domain's own bilingual label."""
        return label.zh if self.language == "zh" else label.en

    def sentence(self, label: Label, /, **params: object) -> str:
        """A bilingual text of the domain with its holes filled, as `text` fills them."""
        return self._fill(self.label(label), params)

    def _fill(self, template: str, params: Mapping[str, object]) -> str:
        shown = _Dashes(
            {
                name: _within(template, name, self._value(name, value))
                for name, value in params.items()
            }
        )
        return _closed(template, shown).format_map(shown) if params or "{" in template else template

    def _value(self, name: str, value: object) -> str:
        match value:
            case None:
                return DASH
            case bool() | str():
                return str(value)
            case int() | float() | Decimal():
                return str(value) if name in UNGROUPED else self.formats.number(value)
            case datetime():
                return self.formats.moment(value)
            case date():
                return self.formats.day(value)
            case Label():
                return self.label(value)
            case list() | tuple() | set() | frozenset():
                return self.formats.listing([self._value(name, item) for item in value])
            case _:
                return str(value)


class _Dashes(dict[str, str]):
    """A parameter that was not given is a dash: a sentence with a gap beats a crash."""

    def __missing__(self, key: str) -> str:
        return DASH


def _closed(template: str, shown: Mapping[str, str]) -> str:
    """The template without the gaps that would part Chinese from Chinese: they stand in it for the
    sake of Latin letters and figures."""
    before = _BEFORE.sub(lambda gap: "" if _WIDE.match(shown[gap[1]]) else gap[0], template)
    return _AFTER.sub(lambda hole: hole[1] if _WIDE.match(shown[hole[2]][-1:]) else hole[0], before)


def _within(template: str, name: str, said: str) -> str:
    """What stands between quotation marks has single ones itself, in both languages."""
    return said.translate(_SINGLE) if f"“{{{name}}}”" in template else said


def _plain(params: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in params.items()) or DASH
