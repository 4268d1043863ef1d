"""Assessments: a checklist filled in for something, on a day, by people; and how far one is."""

import sys
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far an assessment is."""

    DRAFT = "draft"  # it is being filled in
    SUBMITTED = "submitted"  # filled in, and waiting for somebody to look at it
    RETURNED = "returned"  # to be filled in further, with a reason
    APPROVED = "approved"  # it holds
    CLOSED = "closed"  # of the past; nothing changes any more


OPEN = (State.DRAFT, State.RETURNED)
"""States in which answers are taken."""
MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED,),
    State.SUBMITTED: (State.RETURNED, State.APPROVED),
    State.RETURNED: (State.SUBMITTED,),
    State.APPROVED: (State.RETURNED, State.CLOSED),
    State.CLOSED: (),
}
"""The states that may follow each."""
FEWEST_UNNAMED = 5
"""Respondents of a group whose answers are shown without names; of fewer one could tell whose
they are."""
REMIND_BEFORE = 3
"""Days before the due day on which a respondent is reminded for the first time."""
REMIND_EVERY = 3
"""Days between two messages to a respondent, at least."""
REMIND_UNTIL = 30
"""Days after the due day from which nobody is reminded any more."""


def is_reminded(due: date | None, told_on: date, today: date) -> bool:
    """Whether somebody who has not handed in is reminded today; `told_on` is the day of the last
    message to them."""
    if due is None or (today - told_on).days < REMIND_EVERY:
        return False
    return -REMIND_BEFORE <= (today - due).days < REMIND_UNTIL


def fewest_together(state: State, *, is_unnamed: bool) -> int:
    """Of how many people answers are shown together at least.

    Without names nothing is shown while answers are taken: whoever looks before and after one more
    came in would know that one.
    """
    if not is_unnamed:
        return 1
    return sys.maxsize if state in OPEN else FEWEST_UNNAMED
