"""A paper of questions and what was answered to them, as a PDF file; `word` writes it for Word."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from crm_core.reports.typeset import typeset

_TEMPLATE = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True)
class Reply:
    """What somebody answered, or several together."""

    who: str
    """Blank where there is no need to say."""
    said: str
    note: str = ""
    evidence: Sequence[str] = ()


@dataclass(frozen=True)
class Question:
    """A question with its replies."""

    number: str
    text: str
    help: str
    replies: Sequence[Reply]


@dataclass(frozen=True)
class Part:
    """Questions under one heading."""

    title: str
    about: str
    questions: Sequence[Question]


@dataclass(frozen=True)
class Heads:
    """What the columns of replies are called."""

    who: str
    said: str
    note: str
    evidence: str


@dataclass(frozen=True)
class Paper:
    """A title, what there is to know about the whole, and the questions."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    """(label, text)."""
    parts: Sequence[Part]
    heads: Heads
    footer: str


def pdf(paper: Paper, language: str) -> bytes:
    """The paper as a PDF file."""
    return typeset(_TEMPLATE, {**asdict(paper), "language": language})
