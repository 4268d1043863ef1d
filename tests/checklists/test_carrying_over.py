"""A new edition taken into an assessment that is being filled in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.assessments import State
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import Refused
from crm_core.reference.checklists import checklists
from crm_core.services.checklists import (
    answers,
    assessments,
    carrying,
    editions,
    respondents,
    states,
)
from crm_core.store import Store

OURS = checklists()["readiness"]


def edited(act: Callable[[dict[str, Any]], object], version: int = 2) -> Checklist:
    """Our checklist as somebody changed it."""
    said = OURS.model_dump(mode="json")
    act(said)
    return Checklist.model_validate(said | {"version": version})


def first_item(said: dict[str, Any]) -> dict[str, Any]:
    return said["sections"][0]["items"][0]


@pytest.fixture
def begun(store: Store) -> tuple[str, str]:
    """An assessment with one respondent who has answered two questions and handed in."""
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=date(2026, 3, 2))
    who = respondents.add(store, LOCAL, key, "陈静", "lead")
    answers.save(store, Actor("9", "赵强"), who, "money-per-phase", "total", note="since May")
    answers.save(store, LOCAL, who, "money-running-cost", "planned")
    respondents.submit(store, LOCAL, who)
    return key, who


def drop_chosen_level(said: dict[str, Any]) -> None:
    first_item(said)["options"].pop(1)


def test_answers_that_are_still_possible_go_along_with_who_gave_them_and_by_which_edition(
    store: Store, begun: tuple[str, str]
) -> None:
    key, who = begun

    def reworded(said: dict[str, Any]) -> None:
        first_item(said)["text"] = {"en": "Other words?", "zh": "换个说法？"}
        first_item(said)["options"].append({"code": "more", "label": {"en": "More", "zh": "更多"}})

    assert carrying.newer(store, LOCAL, key) is None
    editions.bring_in(store, LOCAL, edited(reworded))
    found = carrying.carry_over(store, LOCAL, key, 1)
    assert (found.carried, found.aside) == (2, [])
    now = answers.filled(store, LOCAL, who)
    assert now.checklist.version == assessments.assessment(store, LOCAL, key).edition == 2
    given = now.answers["money-per-phase"]
    told = (given.value, given.note, given.version, given.by, given.edition)
    assert told == ("total", "since May", 1, "赵强", 1)
    with store.read() as cursor:
        worth = "SELECT worth FROM checklist.answer WHERE item = 'money-per-phase'"
        assert cursor.execute(worth).fetchall() == [(0.25,)]
        kept = "SELECT edition FROM checklist_history.assessment"
        assert cursor.execute(kept).fetchall() == [(1,)]
    with pytest.raises(Refused, match="assessment_newest"):
        carrying.carry_over(store, LOCAL, key, 2)


def test_an_answer_that_is_no_longer_possible_is_set_aside_and_listed_until_it_is_given_anew(
    store: Store, begun: tuple[str, str]
) -> None:
    key, who = begun
    editions.bring_in(store, LOCAL, edited(drop_chosen_level))
    told = carrying.newer(store, LOCAL, key)
    assert told is not None
    carrying.carry_over(store, LOCAL, key, 1)
    for aside in (told.aside, carrying.set_aside(store, LOCAL, key)):
        assert [(one.respondent, one.item.id, one.value, one.note) for one in aside] == [
            (who, "money-per-phase", "total", "since May")
        ]
        assert any(option.code == "total" for option in aside[0].item.options)
    assert set(answers.filled(store, LOCAL, who).answers) == {"money-running-cost"}
    assert respondents.respondent(store, LOCAL, who).submitted_at is None
    answers.save(store, LOCAL, who, "money-per-phase", "all")
    assert carrying.set_aside(store, LOCAL, key) == []


def test_an_answer_taken_back_after_it_went_along_is_not_listed_as_set_aside(
    store: Store, begun: tuple[str, str]
) -> None:
    key, who = begun
    more = {"code": "more", "label": {"en": "More", "zh": "更多"}}
    editions.bring_in(store, LOCAL, edited(lambda said: first_item(said)["options"].append(more)))
    carrying.carry_over(store, LOCAL, key, 1)
    answers.clear(store, LOCAL, who, "money-per-phase", version=1)
    assert carrying.set_aside(store, LOCAL, key) == []


def test_who_has_nothing_left_to_answer_stays_done(store: Store) -> None:
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=date(2026, 3, 2))
    gone, stays = (one.id for one in OURS.sections[:2])
    who = respondents.add(store, LOCAL, key, "A", "lead", sections=[gone, stays])
    for item, one in answers.filled(store, LOCAL, who).asked.items():
        if one.may_not_apply:
            answers.save(store, LOCAL, who, item, None, note="n/a")
        else:
            answers.save(
                store, LOCAL, who, item, one.options[0].code if one.options else Decimal(1)
            )
    respondents.submit(store, LOCAL, who)
    editions.bring_in(store, LOCAL, edited(lambda said: said["sections"].pop(0)))
    found = carrying.carry_over(store, LOCAL, key, 1)
    assert {one.item.id for one in found.aside} == {item.id for item in OURS.sections[0].items}
    now = respondents.respondent(store, LOCAL, who)
    assert (now.sections, now.submitted_at is None) == ((stays,), False)


def test_only_an_open_assessment_that_nobody_changed_is_carried_over(
    store: Store, begun: tuple[str, str]
) -> None:
    key, _ = begun
    editions.bring_in(store, LOCAL, edited(drop_chosen_level))
    now = assessments.assessment(store, LOCAL, key)
    assessments.describe(store, LOCAL, replace(now, owner="X"))
    with pytest.raises(Refused, match="assessment_changed"):
        carrying.carry_over(store, LOCAL, key, 1)
    states.move(store, LOCAL, key, 2, State.SUBMITTED)
    with pytest.raises(Refused, match="assessment_not_open"):
        carrying.carry_over(store, LOCAL, key, 3)
