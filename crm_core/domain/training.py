"""Training: how far a course is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a course is, the gravest first."""

    MISSED = "missed"  # its day has passed and it was not held
    UNPROVED = "unproved"  # held, and nothing shows that it was learned
    FOLLOW_UP = "follow_up"  # the day of its follow-up has passed
    PLANNED = "planned"
    PROVED = "proved"  # held, with what shows that it was learned


@dataclass(frozen=True)
class Course:
    """A training of a role in one kind."""

    id: str
    title: str
    role: str
    kind: str
    planned: date | None
    held: date | None
    proof: str | None
    follow_up: date | None
    """The day on which the follow-up is due."""
    followed_up: date | None

    def state(self, today: date) -> State:
        """How far it is on a day."""
        if self.held is None or self.held > today:
            is_late = self.held is None and self.planned is not None and self.planned < today
            return State.MISSED if is_late else State.PLANNED
        if self.proof is None:
            return State.UNPROVED
        is_due = self.follow_up is not None and self.follow_up < today
        return State.FOLLOW_UP if is_due and self.followed_up is None else State.PROVED

    def day(self, today: date) -> date | None:
        """The day that its state is told by."""
        match self.state(today):
            case State.FOLLOW_UP:
                return self.follow_up
            case State.PLANNED | State.MISSED:
                return self.held or self.planned
        return self.held
