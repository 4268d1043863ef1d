"""A checklist as a workbook: the sheets, and the columns of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from crm_core.i18n import LANGUAGES, Texts, mark
from crm_core.services.checklists import words

Kind = Literal["text", "number", "yes_no", "one", "list"]
OWNER = "of"
_WIDE, _MIDDLE, _NARROW = 46, 24, 12


@dataclass(frozen=True)
class Column:
    """A column and the part of the model that stands in it."""

    path: tuple[str, ...]
    """Keys that lead to it from the part that its row is."""
    head: str
    help: str
    kind: Kind = "text"
    options: Mapping[str, str] = field(default_factory=dict)
    """Code -> word, where one or several are chosen."""
    width: int = _NARROW
    language: str = ""
    """Of a text that stands in two columns."""

    @property
    def code(self) -> str:
        """How a program calls the column."""
        return ".".join(self.path)

    def title(self, texts: Texts) -> str:
        """Its head for a reader."""
        named = LANGUAGES.get(self.language)
        return f"{texts.text(self.head)} ({named})" if named else texts.text(self.head)


@dataclass(frozen=True)
class Page:
    """A sheet of the workbook: a row a part."""

    code: str
    head: str
    columns: tuple[Column, ...]
    owner: str = ""
    """The sheet whose ids stand in the column OWNER: what the rows belong to."""


def _both(path: str, head: str, help_text: str, width: int = _WIDE) -> tuple[Column, ...]:
    return tuple(
        Column((*path.split("."), language), head, help_text, width=width, language=language)
        for language in LANGUAGES
    )


def _one(path: str, head: str, help_text: str, **more: object) -> Column:
    return Column(tuple(path.split(".")), head, help_text, **more)  # type: ignore[arg-type]


def _number(path: str, head: str, help_text: str) -> Column:
    return _one(path, head, help_text, kind="number")


def _when(within: str, on: str) -> tuple[Column, ...]:
    """The columns of a condition; `on`: what it depends on."""
    return (
        _one(f"{within}item", mark("Depends on"), on),
        _one(
            f"{within}one_of",
            mark("Answer is (one_of)"),
            mark("Codes of the answers of which one was chosen, separated by semicolons"),
            kind="list",
            width=_MIDDLE,
        ),
        _number(
            f"{within}below",
            mark("Worth below (below)"),
            mark("The answer is worth less than this, from 0 to 1"),
        ),
    )


_ITEM = _one(OWNER, mark("Question no."), mark("Number of the question, as on its own sheet"))
_STAYS = mark("Small letters, digits and hyphens; stays the same")
_ON = mark("Number of the question whose answer it depends on; blank: the same question")
_WEIGHT = _number("weight", mark("Weight"), mark("How much it counts beside others; 1 if blank"))
_COVERS = _one(
    "covers",
    mark("Clauses"),
    mark("Requirements that it belongs to, separated by semicolons"),
    kind="list",
)

PAGES = (
    Page(
        "checklist",
        mark("Checklist"),
        (
            _one("id", mark("Id"), _STAYS),
            _one("version", mark("Version"), mark("A whole number, higher with each change")),
            _one("provider", mark("Provider"), mark("Who wrote it"), width=_MIDDLE),
            *_both("title", mark("Title"), mark("What the checklist is called"), _MIDDLE),
            *_both("about", mark("What it is about"), mark("What it finds out, and for whom")),
            _one(
                "scopes",
                mark("What it is for"),
                mark("Separated by semicolons"),
                kind="list",
                options=words.SCOPES,
                width=_MIDDLE,
            ),
            _number(
                "green_from",
                mark("Green from (green_from)"),
                mark("Score from which a light is green, from 0 to 1"),
            ),
            _number(
                "amber_from",
                mark("Amber from (amber_from)"),
                mark("Score from which a light is amber, from 0 to 1"),
            ),
        ),
    ),
    Page(
        "sections",
        mark("Sections"),
        (
            _one("id", mark("Section"), _STAYS),
            *_both("title", mark("Title"), mark("What the section is called"), _MIDDLE),
            *_both("about", mark("What it is about"), mark("Why it matters")),
            _WEIGHT,
            _COVERS,
        ),
    ),
    Page(
        "items",
        mark("The questions"),
        (
            _one(OWNER, mark("Section"), mark("The section that it stands in")),
            _one("id", mark("Question no."), mark("Answers are kept under it: never change it")),
            _one(
                "kind",
                mark("Kind of answer"),
                mark("Levels if blank"),
                kind="one",
                options=words.KINDS,
                width=_MIDDLE,
            ),
            *_both("text", mark("Question"), mark("What is asked, as one sentence")),
            *_both("help", mark("Help"), mark("What is meant, and how to find the answer")),
            *_both("unit", mark("Unit"), mark("Of a number"), _NARROW),
            _number(
                "zero_at",
                mark("Nothing at (zero_at)"),
                mark("Of a number: the value that is worth nothing"),
            ),
            _number(
                "full_at",
                mark("All at (full_at)"),
                mark("Of a number: the value that is worth all"),
            ),
            _WEIGHT,
            _number(
                "gate", mark("Gate"), mark("What the answer must be worth at least, from 0 to 1")
            ),
            *_both(
                "evidence", mark("Evidence"), mark("What shows that the answer is true"), _MIDDLE
            ),
            _one(
                "may_not_apply",
                mark("May not apply"),
                mark("Whether “does not apply” may be answered; yes if blank"),
                kind="yes_no",
            ),
            _one(
                "asked_of",
                mark("Asked of"),
                mark("Separated by semicolons; everybody if blank"),
                kind="list",
                options=words.VOICES,
                width=_MIDDLE,
            ),
            _COVERS,
        ),
        "sections",
    ),
    Page(
        "options",
        mark("Answers to choose from"),
        (
            _ITEM,
            _one("code", mark("Code"), _STAYS),
            *_both("label", mark("Answer"), mark("What is seen; of levels the lowest first")),
            _number("worth", mark("Worth"), mark("From 0 to 1; of levels evenly spaced if blank")),
            _one(
                "alone",
                mark("Stands alone (alone)"),
                mark("Of several answers: never chosen beside others; no if blank"),
                kind="yes_no",
            ),
        ),
        "items",
    ),
    Page(
        "ask_if",
        mark("Conditions"),
        (
            _ITEM,
            *_when("", mark("Number of an earlier question")),
        ),
        "items",
    ),
    Page(
        "leads_to",
        mark("What follows"),
        (
            _ITEM,
            *_when("when.", _ON),
            *_both("recommendation", mark("Recommendation"), mark("What to do, as one sentence")),
            *_both(
                "flag",
                mark("Red flag"),
                mark(
                    "The danger it tells of, if any; raised by itself where C1 to C7 or A6 is "
                    "among the clauses of the question or its section"
                ),
                _MIDDLE,
            ),
            _one(
                "severity",
                mark("Severity"),
                mark("Of the red flag; medium if blank"),
                kind="one",
                options=words.SEVERITIES,
            ),
            *_both("initiative", mark("Initiative"), mark("What would mend it, if any"), _MIDDLE),
        ),
        "items",
    ),
)
"""In the order in which they stand, each named as the parts are in the model."""
