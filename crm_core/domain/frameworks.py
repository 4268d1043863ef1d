"""Libraries of frameworks as CISO Assistant keeps them in YAML, as far as checklists can say it."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Foreign(BaseModel):
    """A part of somebody else's file: what is not known here is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Said(_Foreign):
    """Texts in one language."""

    name: str | None = None
    description: str | None = None
    annotation: str | None = None
    typical_evidence: str | None = None
    text: str | None = None
    value: str | None = None


class Spoken(Said):
    """Texts in the library's own language, and in others by their code."""

    translations: dict[str, Said] = Field(default_factory=dict)


class Score(Spoken):
    """A level of the whole framework's scale."""

    score: int


class Choice(Spoken):
    """An answer to a question."""

    urn: str
    add_score: int | None = None
    compute_result: str | bool | None = None


class Depends(_Foreign):
    """A question is asked only after one of these answers to another."""

    question: str
    answers: tuple[str, ...]
    condition: Literal["any", "all"] = "any"


class Question(Spoken):
    """A question by which a requirement is assessed."""

    type: Literal["unique_choice", "multiple_choice", "text", "number", "date", "boolean"]
    choices: tuple[Choice, ...] = ()
    depends_on: Depends | None = None


class Node(Spoken):
    """A requirement, or a heading of some."""

    urn: str
    assessable: bool = False
    parent_urn: str | None = None
    ref_id: str | None = None
    weight: Decimal = Field(default=Decimal(1), gt=0, le=100)
    implementation_groups: tuple[str, ...] = ()
    questions: dict[str, Question] = Field(default_factory=dict)


class Framework(Spoken):
    """Requirements and how they are scored."""

    ref_id: str | None = None
    min_score: int | None = None
    max_score: int | None = None
    scores_definition: tuple[Score, ...] = ()
    requirement_nodes: tuple[Node, ...] = Field(min_length=1)


class Objects(_Foreign):
    """What a library holds."""

    framework: Framework | None = None
    frameworks: tuple[Framework, ...] = ()


class Library(_Foreign):
    """A file of CISO Assistant."""

    urn: str
    locale: str = "en"
    name: str
    version: int = Field(default=1, ge=1)
    provider: str | None = None
    objects: Objects
