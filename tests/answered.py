"""Assessments told in few words: who answered what, and how far they are.

    {id: A-1, checklist: readiness, day: 2026-03-02, state: approved,
     people: [{voice: lead, answers: {goals-set: agreed}, evidence: [goals-set]}]}

`scope` programme, `state` draft and `people` one lead with the same `answers` where nothing is
said. What is there already is changed.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import State
from crm_core.domain.scoring import Value
from crm_core.services.checklists import answers, assessments, evidence, respondents, states
from crm_core.store import Store

_WAY = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.CLOSED)


def put(store: Store, told: Iterable[Mapping[str, Any]]) -> None:
    """Bring the store to what is told."""
    for one in told:
        key = one["id"]
        if key not in {each.id for each in assessments.listed(store, LOCAL)}:
            assert key == _begun(store, one), "ids count from A-1 in the order of telling"
        for number, who in enumerate(one.get("people", [one])):
            _answer(store, key, f"{number}", who)
        _move(store, key, State(one.get("state", State.DRAFT)))


def _begun(store: Store, one: Mapping[str, Any]) -> str:
    return assessments.begin(
        store,
        LOCAL,
        one["checklist"],
        scope=one.get("scope", "programme"),
        day=one["day"],
        subject=one.get("subject", ""),
        is_unnamed=one.get("is_unnamed", False),
    )


def _answer(store: Store, key: str, name: str, who: Mapping[str, Any]) -> None:
    person = respondents.add(store, LOCAL, key, who.get("name", name), who.get("voice", "lead"))
    for item, value in who.get("answers", {}).items():
        now = answers.filled(store, LOCAL, person).answers.get(item)
        seen, note = now.version if now else 0, who.get("note", "")
        answers.save(store, LOCAL, person, item, _value(value), note=note, version=seen)
    for item in who.get("evidence", []):
        link = f"https://example.com/{item}"
        evidence.add_link(store, LOCAL, person, item, link, expires=who.get("expires"))


def _value(said: Any) -> Value | None:
    if isinstance(said, list):
        return tuple(said)
    return said if said is None or isinstance(said, str | date) else Decimal(str(said))


def _move(store: Store, key: str, wanted: State) -> None:
    """Go the way up to a state."""
    now = assessments.assessment(store, LOCAL, key)
    for state in _WAY[_WAY.index(now.state) + 1 : _WAY.index(wanted) + 1]:
        version = assessments.assessment(store, LOCAL, key).version
        states.move(store, LOCAL, key, version, state)
