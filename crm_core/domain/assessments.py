"""Assessments: a checklist filled in for something, on a day, by people; and how far one is."""

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
