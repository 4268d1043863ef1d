"""A starter set for team and training: working groups, their duties, and a course of each kind."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crm_core.domain.entities import Label


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StarterGroup(_Frozen):
    """A working group; a store has one of each kind."""

    kind: str
    label: Label
    purpose: Label


class StarterDuty(_Frozen):
    """A duty; groups are named by their kinds."""

    label: Label
    responsible: tuple[str, ...] = Field(min_length=1)
    accountable: tuple[str] = Field(min_length=1)
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


class StarterCourse(_Frozen):
    """A course of a kind, once for each role that typically needs it."""

    kind: str
    label: Label
    scenario: Label
    audience: tuple[Label, ...] = Field(min_length=1)
    for_users: bool = False
    """Whether the roles that do the steps of processes take the place of the audience, where there
    are some."""


class TeamStarter(_Frozen):
    """The whole set."""

    groups: tuple[StarterGroup, ...]
    duties: tuple[StarterDuty, ...]
    courses: tuple[StarterCourse, ...]

    @model_validator(mode="after")
    def _names_its_groups(self) -> Self:
        known = {one.kind for one in self.groups}
        for duty in self.duties:
            named = duty.responsible + duty.accountable + duty.consulted + duty.informed
            if not known.issuperset(named):
                raise ValueError(f"{duty.label.en}: a group of the set has to be named")
        return self
