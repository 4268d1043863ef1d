"""Assessments: begun, answered by several people, handed in; nothing lost, nothing overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.assessments import State
from crm_core.domain.problems import Refused
from crm_core.reference.checklists import checklists
from crm_core.services.checklists import (
    answers,
    assessments,
    editions,
    evidence,
    respondents,
    states,
)
from crm_core.store import Store

DAY = date(2026, 3, 2)


def begun(store: Store, checklist: str = "readiness", voice: str = "lead") -> tuple[str, str]:
    """An assessment and its one respondent."""
    key = assessments.begin(store, LOCAL, checklist, scope="programme", day=DAY)
    return key, respondents.add(store, LOCAL, key, "陈静", voice)  # type: ignore[arg-type]


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.problem.code == code


def test_an_answer_is_kept_with_who_gave_it_and_stays_in_the_history(store: Store) -> None:
    _, who = begun(store)
    first = answers.save(store, LOCAL, who, "money-per-phase", "total")
    second = answers.save(
        store, LOCAL, who, "money-per-phase", "all", note="since May", version=first
    )
    assert (first, second) == (1, 2)
    given = answers.filled(store, LOCAL, who).answers["money-per-phase"]
    assert (given.value, given.note, given.by) == ("all", "since May", "local")
    with store.read() as cursor:
        assert cursor.execute("SELECT value ->> '$' FROM checklist_history.answer").fetchall() == [
            ("total",)
        ]


def test_the_same_answer_again_changes_nothing(store: Store) -> None:
    _, who = begun(store)
    answers.save(store, LOCAL, who, "money-reserve", Decimal("7.50"), note="approx.")
    before = store.version("checklist")
    again = answers.save(store, LOCAL, who, "money-reserve", Decimal("7.5"), note="approx. ")
    assert again == 1
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM checklist_history.answer").fetchone() == (0,)
    assert store.version("checklist") == before + 1


def test_the_later_of_two_conflicting_answers_does_not_win_silently(store: Store) -> None:
    _, who = begun(store)
    answers.save(store, Actor("1", "赵强"), who, "money-per-phase", "total")
    refused("answer_changed", lambda: answers.save(store, LOCAL, who, "money-per-phase", "none"))
    assert answers.filled(store, LOCAL, who).answers["money-per-phase"].value == "total"
    assert answers.save(store, LOCAL, who, "money-per-phase", "none", version=1) == 2


def test_an_answer_that_was_taken_back_may_be_given_anew_and_by_one_who_had_seen_it(
    store: Store,
) -> None:
    _, who = begun(store)
    answers.save(store, LOCAL, who, "money-per-phase", "total")
    refused(
        "answer_changed", lambda: answers.clear(store, LOCAL, who, "money-per-phase", version=0)
    )
    answers.clear(store, LOCAL, who, "money-per-phase", version=1)
    assert "money-per-phase" not in answers.filled(store, LOCAL, who).answers
    assert answers.save(store, LOCAL, who, "money-per-phase", "all", version=1) == 2


def test_of_many_who_answer_at_once_nothing_is_lost_and_nothing_kept_twice(store: Store) -> None:
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=DAY)
    people = [respondents.add(store, LOCAL, key, f"P{n}", "front_line") for n in range(12)]
    items = ["money-per-phase", "money-running-cost", "goals-set"]

    def answer(who: str) -> None:
        for item in items:
            code = checklists()["readiness"]
            options = next(one for one in code.items if one.id == item).options
            answers.save(store, Actor(who, who), who, item, options[len(who) % 4].code)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(answer, people * 2))
    sheets = answers.all_filled(store, LOCAL, key)
    assert [set(one.answers) for one in sheets] == [set(items)] * 12
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM checklist.answer").fetchone() == (36,)


def test_one_of_two_who_answer_the_same_at_once_is_told(store: Store) -> None:
    _, who = begun(store)

    def answer(code: str) -> str:
        try:
            answers.save(store, Actor(code, code), who, "money-per-phase", code)
        except Refused as refusal:
            return refusal.problem.code
        return code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(answer, ("none", "total", "next", "all")))
    kept = answers.filled(store, LOCAL, who).answers["money-per-phase"].value
    assert sorted(outcomes) == sorted([kept, *["answer_changed"] * 3])


def test_what_is_no_longer_asked_keeps_its_answer_and_counts_nowhere(store: Store) -> None:
    _, who = begun(store, "handoffs")
    marks = "SELECT is_asked FROM checklist.answer WHERE item = 'context-complete'"
    assert "context-complete" not in answers.filled(store, LOCAL, who).asked
    for version, (measured, is_asked) in enumerate(
        [("fields", True), ("no", False), ("judged", True)]
    ):
        answers.save(store, LOCAL, who, "context-measured", measured, version=version)
        if not version:
            answers.save(store, LOCAL, who, "context-complete", Decimal(80))
        now = answers.filled(store, LOCAL, who)
        assert "context-complete" in now.answers
        assert ("context-complete" in now.asked) == is_asked
        with store.read() as cursor:
            assert cursor.execute(marks).fetchall() == [(is_asked,)]


def test_people_answer_their_own_part_alone(store: Store) -> None:
    key = assessments.begin(store, LOCAL, "readiness", scope="programme", day=DAY)
    who = respondents.add(store, LOCAL, key, "A", "it", sections=["goals"])
    assert {one.split("-")[0] for one in answers.filled(store, LOCAL, who).asked} == {"goals"}
    refused("answer_item", lambda: answers.save(store, LOCAL, who, "money-per-phase", "none"))
    refused(
        "respondent_section",
        lambda: respondents.add(store, LOCAL, key, "B", "it", sections=["nowhere"]),
    )


def test_the_same_person_is_taken_in_once(store: Store) -> None:
    key, who = begun(store)
    assert respondents.add(store, LOCAL, key, " 陈静 ", "it") == who
    assert len(respondents.listed(store, LOCAL, key)) == 1


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@example.com"])
def test_an_address_that_is_none_is_refused(store: Store, email: str) -> None:
    key, _ = begun(store)
    refused("mail_address", lambda: respondents.add(store, LOCAL, key, "X", "it", email=email))


def test_who_handed_in_answers_again_only_once_it_is_opened_or_returned(store: Store) -> None:
    key, who = begun(store)
    respondents.submit(store, LOCAL, who)
    save = lambda: answers.save(store, LOCAL, who, "money-per-phase", "none")  # noqa: E731
    refused("answer_submitted", save)
    respondents.reopen(store, LOCAL, who)
    save()
    respondents.submit(store, LOCAL, who)
    states.move(store, LOCAL, key, 1, State.SUBMITTED)
    refused("assessment_not_open", save)
    refused("item_reason", lambda: states.move(store, LOCAL, key, 2, State.RETURNED))
    states.move(store, LOCAL, key, 2, State.RETURNED, "No evidence")
    assert answers.save(store, LOCAL, who, "money-per-phase", "total", version=1) == 2
    assert assessments.assessment(store, LOCAL, key).reason == "No evidence"


def test_an_assessment_goes_its_way_and_no_other(store: Store) -> None:
    key, _ = begun(store)
    refused("assessment_move", lambda: states.move(store, LOCAL, key, 1, State.APPROVED))
    states.move(store, LOCAL, key, 1, State.SUBMITTED)
    refused("assessment_changed", lambda: states.move(store, LOCAL, key, 1, State.APPROVED))
    states.move(store, LOCAL, key, 2, State.APPROVED)
    states.move(store, LOCAL, key, 3, State.CLOSED)
    closed = assessments.assessment(store, LOCAL, key)
    refused(
        "assessment_closed",
        lambda: assessments.describe(store, LOCAL, replace(closed, owner="X")),
    )


def test_an_assessment_is_of_something_that_its_checklist_is_for(store: Store) -> None:
    begin = lambda **more: assessments.begin(store, LOCAL, "readiness", day=DAY, **more)  # noqa: E731
    refused("assessment_scope", lambda: begin(scope="vendor", subject="V-1"))
    refused("assessment_subject", lambda: begin(scope="department"))
    refused("assessment_subject", lambda: begin(scope="programme", subject="Sales"))
    refused(
        "checklist_unknown",
        lambda: assessments.begin(store, LOCAL, "no", scope="programme", day=DAY),
    )
    assert begin(scope="department", subject=" Sales ") == "A-1"
    assert begin(scope="phase", subject="P-1") == "A-2"
    assert assessments.assessment(store, LOCAL, "A-1").subject == "Sales"


def test_an_assessment_keeps_the_edition_that_it_was_begun_with(store: Store) -> None:
    key, who = begun(store)
    ours = checklists()["readiness"]
    own = ours.model_copy(update={"version": 2, "sections": ours.sections[1:]})
    editions.bring_in(store, LOCAL, own)
    editions.bring_in(store, LOCAL, own)
    assert editions.offered(store, LOCAL)["readiness"].checklist.version == 2
    assert answers.filled(store, LOCAL, who).checklist == ours
    assert assessments.assessment(store, LOCAL, key).edition == 1
    later, _ = begun(store)
    assert assessments.assessment(store, LOCAL, later).edition == 2
    other = own.model_copy(update={"provider": "somebody"})
    refused("checklist_edition", lambda: editions.bring_in(store, LOCAL, other))
    refused(
        "checklist_edition",
        lambda: editions.bring_in(store, LOCAL, other.model_copy(update={"version": 1})),
    )


def test_evidence_is_kept_to_the_byte_once_and_counts_until_it_expires(store: Store) -> None:
    key, who = begun(store)
    add = lambda **more: evidence.add_file(  # noqa: E731
        store, LOCAL, who, "money-per-phase", "..\\x/批文.pdf", b"%PDF\x00\xff", **more
    )
    refused("evidence_unanswered", add)
    answers.save(store, LOCAL, who, "money-per-phase", "all")
    one = add(expires=date(2026, 3, 1))
    assert not answers.filled(store, LOCAL, who).evidence
    assert add(expires=date(2026, 3, 1)) == one
    add(expires=DAY)
    assert answers.filled(store, LOCAL, who).evidence == {"money-per-phase"}
    found = evidence.of_assessment(store, LOCAL, key)
    assert [one.title for one in found] == ["批文.pdf"] * 2
    assert evidence.content(store, LOCAL, found[0].sha256) == b"%PDF\x00\xff"
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM checklist.file").fetchone() == (1,)
    for each in found:
        evidence.remove(store, LOCAL, each.id)
    assert not evidence.of_assessment(store, LOCAL, key)
    for _ in range(2):
        evidence.put_back(store, LOCAL, found[0].id)
    [back] = evidence.of_assessment(store, LOCAL, key)
    assert (back.title, back.sha256, back.expires) == (
        found[0].title,
        found[0].sha256,
        found[0].expires,
    )
    refused("evidence_unknown", lambda: evidence.put_back(store, LOCAL, "none"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "nowhere"])
def test_evidence_lies_on_the_web_or_is_a_file_of_a_size_that_fits(store: Store, link: str) -> None:
    _, who = begun(store)
    answers.save(store, LOCAL, who, "money-per-phase", "all")
    refused("item_link", lambda: evidence.add_link(store, LOCAL, who, "money-per-phase", link))
    for content, code in ((b"", "evidence_empty"), (b"x" * 10_000_001, "evidence_too_large")):
        refused(
            code,
            lambda content=content: evidence.add_file(  # type: ignore[misc]
                store, LOCAL, who, "money-per-phase", "f", content
            ),
        )


def test_who_answered_stays_and_names_once_hidden_stay_hidden(store: Store) -> None:
    key, who = begun(store)
    answers.save(store, LOCAL, who, "money-per-phase", "all")
    refused("respondent_answered", lambda: respondents.remove(store, LOCAL, who))
    now = assessments.assessment(store, LOCAL, key)
    assessments.describe(store, LOCAL, replace(now, is_unnamed=True))
    now = assessments.assessment(store, LOCAL, key)
    refused(
        "assessment_names",
        lambda: assessments.describe(store, LOCAL, replace(now, is_unnamed=False)),
    )


def test_what_follows_from_answers_can_be_asked_of_the_store(store: Store) -> None:
    _, who = begun(store)
    answers.save(store, LOCAL, who, "money-per-phase", "total")
    answers.save(store, LOCAL, who, "money-outside-help", "agreed")
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT item, flag_en, severity, list_contains(covers, 'A6') FROM checklist.consequence"
        ).fetchall()
    assert found == [("money-per-phase", "The next phase has no approved money", "high", True)]


def test_moments_are_those_of_the_clock(store: Store) -> None:
    _, who = begun(store)
    at = datetime(2026, 3, 3, 9, tzinfo=UTC).replace(tzinfo=None)
    respondents.submit(store, LOCAL, who, lambda: at)
    assert respondents.respondent(store, LOCAL, who).submitted_at == at
