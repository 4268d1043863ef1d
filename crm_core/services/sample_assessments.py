"""The sample company's assessments, filled in as its people do it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import State
from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.scoring import Value
from crm_core.sample import programme
from crm_core.services.checklists import answers, assessments, evidence, respondents, states
from crm_core.services.checklists.editions import AREA
from crm_core.store import Store

_WAY = (State.SUBMITTED, State.APPROVED, State.CLOSED)


def fill(store: Store, actor: Actor, language: programme.Language, until: date) -> None:
    """Keep every assessment, its days told from `until`."""
    for one in programme.assessments(language):
        key = assessments.begin(
            store,
            actor,
            one["checklist"],
            scope=one["scope"],
            subject=one.get("subject", ""),
            day=until + timedelta(days=one["day"]),
            owner=one["owner"],
        )
        for who in one["people"]:
            _answer(store, key, who, until)
        _bring_to(store, actor, key, State(one["state"]))


def _answer(store: Store, key: str, said: Mapping[str, Any], until: date) -> None:
    """One respondent's sheet, in their own name."""
    me = Actor(said["name"], said["name"])
    who = respondents.add(
        store, me, key, said["name"], said["voice"], sections=said.get("sections", ())
    )
    items = {one.id: one for one in answers.filled(store, me, who).checklist.items}
    notes = said.get("notes", {})
    given = [
        answers.Said(item, _value(items[item], value), notes.get(item, ""))
        for item, value in said["answers"].items()
    ]
    given += [answers.Said(item, None, why) for item, why in said.get("without", {}).items()]
    with store.change(me, "answer.save", area=AREA) as change:
        answers.put(change, who, given)
    for one in said.get("links", ()):
        last = until + timedelta(days=one["expires"]) if "expires" in one else None
        evidence.add_link(
            store, me, who, one["item"], one["link"], title=one["title"], expires=last
        )
    for one in said.get("files", ()):
        content = str(one["content"]).encode("utf-8-sig")
        evidence.add_file(store, me, who, one["item"], one["name"], content)
    if said.get("done"):
        respondents.submit(store, me, who)


def _value(item: Item, value: Any) -> Value:
    if item.kind is ItemKind.NUMBER:
        return Decimal(str(value))
    return tuple(value) if isinstance(value, list) else str(value)


def _bring_to(store: Store, actor: Actor, key: str, wanted: State) -> None:
    """Through the states before it, as an assessment comes there."""
    for state in _WAY[: _WAY.index(wanted) + 1] if wanted in _WAY else ():
        now = assessments.assessment(store, actor, key)
        states.move(store, actor, key, now.version, state)
