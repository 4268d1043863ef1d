"""Rules that rows of an entity keep, each readable by a team: what is checked, and what it says."""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from crm_core.domain.entities import Label


class Severity(StrEnum):
    """What happens to a row that breaks a rule."""

    REJECT = "reject"  # it waits in quarantine
    WARN = "warn"  # it is loaded, and counted among the warnings
    OFF = "off"


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+$")
    """Unique over all entities: what a quarantined line or a warning carries."""
    severity: Severity = Severity.WARN
    when: dict[str, tuple[str, ...]] = {}
    """Only rows whose fields have one of these values are looked at."""
    text: Label
    """What is wrong with a row that breaks it, in a few words."""
    advice: Label
    """What to do about it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that must be there for the rule to be looked at; the first one is to blame."""
        raise NotImplementedError

    def within(self, fields: Collection[str]) -> Self | None:
        """The rule for rows that have only these fields; None if they cannot break it."""
        return self if set(self.fields) <= set(fields) else None


class _OfOneField(_Rule):
    field: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The field, and those that say whether the rule applies."""
        return (self.field, *self.when)


class Required(_OfOneField):
    """The field is filled."""

    check: Literal["required"]


class AnyRequired(_Rule):
    """One of the fields is filled; those that no column fills are not looked at."""

    check: Literal["any_required"]
    choices: tuple[str, ...] = Field(min_length=1)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of which one must be filled, and those that say whether the rule applies."""
        return (*self.choices, *self.when)

    def within(self, fields: Collection[str]) -> Self | None:
        """The rule for the choices that are there."""
        choices = tuple(field for field in self.choices if field in fields)
        told = choices and set(self.when) <= set(fields)
        return self.model_copy(update={"choices": choices}) if told else None


class Unique(_OfOneField):
    """No two rows have the same value."""

    check: Literal["unique"]


class InList(_OfOneField):
    """A filled field has one of these values, in whatever case."""

    check: Literal["in_list"]
    values: tuple[str, ...] = Field(min_length=1)


class InRange(_OfOneField):
    """A filled field is neither below `least` nor above `most`; a day may be "today"."""

    check: Literal["in_range"]
    least: Decimal | Literal["today"] | None = None
    most: Decimal | Literal["today"] | None = None


class Pattern(_OfOneField):
    """A filled field matches the whole regular expression (RE2)."""

    check: Literal["pattern"]
    pattern: str


class Rare(_OfOneField):
    """Where a few words serve nearly all rows, no row has a word that hardly any other has."""

    check: Literal["not_rare"]


class Far(_OfOneField):
    """A number is no more than so many times the usual one of its column."""

    check: Literal["not_far"]
    times: int = Field(gt=1)


class RefersTo(_OfOneField):
    """A filled reference is the id or the name of a row that is known."""

    check: Literal["refers_to"]


class Order(_Rule):
    """The first day is not after the second."""

    check: Literal["order"]
    days: tuple[str, str]

    @property
    def fields(self) -> tuple[str, ...]:
        """The later day, which is to blame, and the earlier one."""
        return (self.days[1], self.days[0], *self.when)


Rule = Annotated[
    Required | AnyRequired | Unique | InList | Rare | InRange | Far | Pattern | RefersTo | Order,
    Field(discriminator="check"),
]


def with_severities(rules: tuple[Rule, ...], chosen: dict[str, Any]) -> tuple[Rule, ...]:
    """The rules as a company wants them: id -> severity where it is not the usual one."""
    said = [
        rule.model_copy(update={"severity": Severity(chosen.get(rule.id, rule.severity))})
        for rule in rules
    ]
    return tuple(rule for rule in said if rule.severity is not Severity.OFF)
