"""Assessments handed in, returned, approved, closed."""

from dataclasses import replace

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import MOVES, State
from crm_core.domain.problems import Refused
from crm_core.reports.cells import printable
from crm_core.services.checklists import assessments, respondents
from crm_core.services.checklists.editions import AREA
from crm_core.store import Store


def move(
    store: Store, actor: Actor, key: str, version: int, state: State, reason: str = ""
) -> None:
    """Bring an assessment into another state; one that is returned can be answered again by all.

    Refused: assessment_unknown, assessment_changed; assessment_move where that does not follow;
    item_reason for one that is returned without.
    """
    with store.change(actor, f"assessment.{state}", area=AREA, subject=key) as change:
        now = assessments.of_version(change.cursor, key, version)
        if state not in MOVES[now.state]:
            raise Refused("assessment_move", id=key, value=now.state, wanted=state)
        said = printable(reason).strip()
        if state is State.RETURNED and not said:
            raise Refused("item_reason")
        change.detail = {"before": now.state, "reason": said}
        if state is State.RETURNED:
            for who in respondents.of(change.cursor, key):
                respondents.write(change, replace(who, submitted_at=None))
        assessments.write(change, now, replace(now, state=state, reason=said))
