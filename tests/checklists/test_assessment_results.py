"""Results of assessments in a store: read, held against one another, giving away no name."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import answered
import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.domain.results import Told
from crm_core.domain.scoring import Counted, Light, Rules
from crm_core.reference.checklists import checklists as shipped
from crm_core.services.checklists import (
    answers,
    editions,
    respondents,
    results,
    results_answers,
    results_changes,
)
from crm_core.store import Store

DAY = date(2026, 3, 2)


def put(store: Store, *told: Mapping[str, Any]) -> None:
    kept = [
        {"id": f"A-{n}", "checklist": "failure-causes", "day": DAY} for n, _ in enumerate(told, 1)
    ]
    answered.put(store, [one | dict(more) for one, more in zip(kept, told, strict=True)])


def voice(name: str, **given: Any) -> dict[str, Any]:
    return {"voice": name, "answers": {k.replace("_", "-"): v for k, v in given.items()}}


def test_an_assessment_comes_to_a_score_with_its_steps_and_gaps(store: Store) -> None:
    put(
        store,
        {
            "people": [
                voice("manager", doers_involved="shown", doers_described="fits"),
                voice("front_line", doers_involved="told", doers_described="simple"),
            ]
        },
    )
    come = results.of_assessment(store, LOCAL, "A-1")
    [doers] = [one for one in come.result.sections if one.section == "doers"]
    # involved weighs 3: (2/3 + 0) / 2; described weighs 2: (1 + 1/3) / 2
    assert doers.score.share == (3 * Fraction(1, 3) + 2 * Fraction(2, 3)) / 5
    assert doers.by_voice == {"manager": Fraction(4, 5), "front_line": Fraction(2, 15)}
    assert (come.people, come.result.whole.light) == (2, Light.RED)
    assert [(one.item, one.is_gate, one.says) for one in come.result.steps] == [
        ("doers-involved", True, Told(1, 2)),
        ("doers-described", False, Told(1, 2)),
    ]
    assert [one.item for one in come.result.gaps] == ["doers-involved", "doers-described"]
    strict = results.of_assessment(store, LOCAL, "A-1", Rules(missing=Counted.AS_NOTHING))
    assert 0 < (strict.result.whole.share or 0) < (come.result.whole.share or 0)


def test_what_the_store_says_of_an_item_is_what_its_score_says(store: Store) -> None:
    put(
        store,
        {
            "people": [
                voice("lead", sponsor_decides="days", watch_stage="live"),
                voice("manager", sponsor_decides="late"),
                voice("it", sponsor_decides="none"),
                voice("it", sponsor_decides="weeks", watch_stage="pilot"),
            ]
        },
    )
    come = results.of_assessment(store, LOCAL, "A-1").result
    with store.read() as cursor:
        rows = cursor.execute("SELECT item, people, worth FROM checklist.said").fetchall()
    assert {item: (people, worth) for item, people, worth in rows} == {
        one.item: (one.answered, None if one.share is None else pytest.approx(float(one.share)))
        for one in come.items
        if one.answered
    }


def test_the_course_has_the_assessments_of_the_same_subject_by_day(store: Store) -> None:
    said = {"answers": {"doers-involved": "told"}}
    put(
        store,
        said | {"day": date(2026, 6, 1)},
        {"day": DAY, "answers": {"doers-involved": "shaped"}},
        said | {"scope": "department", "subject": "Sales"},
        {"day": date(2026, 9, 1)},
    )
    course = results.course(store, LOCAL, "A-1")
    assert [(one.assessment.id, one.whole.share) for one in course] == [("A-2", 1), ("A-1", 0)]
    assert results.newest(store, LOCAL, "failure-causes") == "A-4"


def test_a_checklist_that_nobody_filled_in_has_no_newest_assessment(store: Store) -> None:
    for name, code in (("readiness", "assessment_none"), ("nothing", "checklist_unknown")):
        with pytest.raises(Refused, match=code):
            results.newest(store, LOCAL, name)


def test_a_checklist_that_is_not_there_is_answered_with_those_that_are_a_companys_own_too(
    store: Store,
) -> None:
    own = shipped()["readiness"].model_copy(update={"id": "ours"})
    editions.bring_in(store, LOCAL, own)
    with pytest.raises(Refused) as found:
        results.newest(store, LOCAL, "nothing")
    assert found.value.problem.params["known"].endswith("failure-causes, ours")


def test_two_assessments_differ_answer_by_answer_with_who_when_and_why(store: Store) -> None:
    put(
        store,
        {"answers": {"doers-involved": "told", "roadmap-known": "date", "watch-stage": "live"}},
        {
            "scope": "department",
            "subject": "Sales",
            "answers": {"doers-involved": "shown", "roadmap-known": "date"},
            "note": "since the workshop",
        },
    )
    found = results_changes.difference(store, LOCAL, "A-2", "A-1")
    assert [(one.item.id, one.section) for one in found.changed] == [
        ("watch-stage", "watch"),
        ("doers-involved", "doers"),
    ]
    stage, doers = found.changed
    assert (stage.before.said[0].value, stage.after.said) == ("live", ())
    assert (doers.before.share, doers.after.share) == (0, Fraction(2, 3))
    [now] = doers.after.said
    assert (now.who, now.voice, now.note, now.by) == ("0", "lead", "since the workshop", "local")
    assert (found.same, found.withheld) == (1, 0)
    put(store, {}, {}, {"checklist": "readiness", "answers": {"goals-set": "named"}})
    with pytest.raises(Refused, match="assessment_other"):
        results_changes.difference(store, LOCAL, "A-3", "A-1")


def test_the_history_has_each_answer_once_as_it_came(store: Store) -> None:
    put(store, {"answers": {"capacity-it": "short", "capacity-help": "refused"}})
    [who] = respondents.listed(store, LOCAL, "A-1")
    bea = Actor("bea", "Bea")
    answers.save(store, bea, who.id, "capacity-it", "all", note="two hired", version=1)
    answers.clear(store, bea, who.id, "capacity-it", version=2)
    answers.save(store, LOCAL, who.id, "capacity-it", "phase", version=2)
    told = [
        (one.item.id, one.before and one.before.value, one.after and one.after.value, one.by)
        for one in results_changes.history(store, LOCAL, "A-1")
    ]
    assert told == [
        ("capacity-it", None, "phase", "local"),
        ("capacity-it", "all", None, "Bea"),
        ("capacity-it", "short", "all", "Bea"),
        ("capacity-help", None, "refused", "local"),
        ("capacity-it", None, "short", "local"),
    ]


def test_the_answers_to_an_item_have_who_gave_them_and_what_shows_them(store: Store) -> None:
    put(
        store,
        {"people": [voice("lead", doers_involved="told") | {"evidence": ["doers-involved"]},
                    voice("front_line", doers_involved="told")]},
    )  # fmt: skip
    found = results_answers.of_item(store, LOCAL, "A-1", "doers-involved")
    assert (found.chosen["told"], found.chosen["shown"], found.proofs) == (2, 0, 1)
    assert [(one.who, len(one.evidence)) for one in found.said] == [("0", 1), ("1", 0)]
    with pytest.raises(Refused, match="answer_item"):
        results_answers.of_item(store, LOCAL, "A-1", "nowhere")


def unnamed(store: Store, people: int, state: str = "approved") -> None:
    said = voice("front_line", doers_involved="told") | {"note": "ask Ann"}
    said |= {"evidence": ["doers-involved"]}
    put(store, {"is_unnamed": True, "state": state, "people": [said] * people})


def test_without_names_five_are_shown_without_anything_that_names_them(store: Store) -> None:
    unnamed(store, 5)
    come = results.of_assessment(store, LOCAL, "A-1").result
    assert [one.item for one in come.steps] == ["doers-involved"]
    found = results_answers.of_item(store, LOCAL, "A-1", "doers-involved")
    assert (found.chosen["told"], found.proofs) == (5, 5)
    for one in found.said:
        assert (one.who, one.voice, one.at, one.by, one.evidence) == (None, None, None, None, ())
    assert results_changes.history(store, LOCAL, "A-1") == []


@pytest.mark.parametrize(("people", "state"), [(4, "approved"), (9, "draft")])
def test_without_names_four_are_not_shown_and_nobody_before_it_is_handed_in(
    store: Store, people: int, state: str
) -> None:
    unnamed(store, people, state)
    come = results.of_assessment(store, LOCAL, "A-1").result
    assert come.whole.share is None
    assert come.gaps == come.steps == ()
    found = results_answers.of_item(store, LOCAL, "A-1", "doers-involved")
    assert found.is_withheld and found.said == () and not any(found.chosen.values())
    put(store, {"people": []}, {"answers": {"doers-involved": "shaped"}})
    diff = results_changes.difference(store, LOCAL, "A-2", "A-1")
    assert (diff.changed, diff.withheld) == ((), 1)
    with store.read() as cursor:
        for view in ("said", "standing", "danger", "claim"):
            told = cursor.execute(f"FROM checklist.{view} WHERE assessment = 'A-1'")
            assert told.fetchall() == []


def test_a_number_counts_in_proportion(store: Store) -> None:
    put(store, {"answers": {"sponsor-review": Decimal(60)}})
    [one] = [
        one
        for one in results.of_assessment(store, LOCAL, "A-1").result.items
        if one.item == "sponsor-review"
    ]
    assert one.share == Fraction(1, 2)
