"""Whom an assessment asks, how far they are, and what assessments can be about."""

from dataclasses import replace
from datetime import date

from crm_core.domain.actor import LOCAL
from crm_core.services import registers
from crm_core.services.checklists import (
    answers,
    assessments,
    evidence,
    links,
    progress,
    respondents,
    subjects,
)
from crm_core.services.checklists.progress import Progress
from crm_core.store import Store

DAY = date(2026, 3, 2)


def begun(store: Store, subject: str = "") -> str:
    scope = "department" if subject else "programme"
    return assessments.begin(
        store,
        LOCAL,
        "readiness",
        scope=scope,  # type: ignore[arg-type]
        day=DAY,
        subject=subject,
    )


def test_progress_counts_people_who_began_and_people_who_are_done_once_each(store: Store) -> None:
    key, other = begun(store), begun(store)
    people = [respondents.add(store, LOCAL, key, name, "manager") for name in "ABCD"]
    respondents.add(store, LOCAL, other, "E", "it")
    for who in people[:2]:
        answers.save(store, LOCAL, who, "money-per-phase", "all")
        answers.save(store, LOCAL, who, "goals-set", "named")
    for who in people[1:3]:
        respondents.submit(store, LOCAL, who)
    assert progress.by_assessment(store, LOCAL) == {
        key: Progress(people=4, begun=3, done=2),
        other: Progress(people=1, begun=0, done=0),
    }


def test_a_sheet_is_private_where_names_are_hidden_and_its_owner_has_a_link(store: Store) -> None:
    key = begun(store)
    who = respondents.add(store, LOCAL, key, "A", "manager")

    def is_private() -> bool:
        now = assessments.assessment(store, LOCAL, key)
        return respondents.is_private(now, respondents.respondent(store, LOCAL, who))

    assert not is_private()
    links.make(store, LOCAL, who)
    assert not is_private()
    now = assessments.assessment(store, LOCAL, key)
    assessments.describe(store, LOCAL, replace(now, is_unnamed=True))
    assert is_private()


def test_what_is_registered_and_what_was_assessed_before_is_offered(store: Store) -> None:
    for title, kind in (("Finance", "department"), ("Board", "management")):
        values = {"title": title, "kind": kind}
        registers.add(store, LOCAL, subjects.REGISTERS["department"], values)
    registers.add(store, LOCAL, subjects.REGISTERS["vendor"], {"title": "Cloud CRM"})
    begun(store, "Sales")
    begun(store, "Finance")
    assert subjects.offered(store, LOCAL, "department") == ["Finance", "Sales"]
    assert subjects.offered(store, LOCAL, "vendor") == ["Cloud CRM"]


def test_of_an_answers_evidence_only_the_respondents_own_is_told(store: Store) -> None:
    key = begun(store)
    first, second = (respondents.add(store, LOCAL, key, name, "manager") for name in "AB")
    for who in (first, second):
        answers.save(store, LOCAL, who, "money-per-phase", "all")
        evidence.add_link(store, LOCAL, who, "money-per-phase", f"https://example.com/{who}")
    [found] = evidence.of_answer(store, LOCAL, first, "money-per-phase")
    assert found.link.endswith(first)
    assert evidence.of_answer(store, LOCAL, first, "goals-set") == []


def test_open_items_are_those_asked_and_not_answered_in_order(store: Store) -> None:
    who = respondents.add(store, LOCAL, begun(store), "A", "lead", sections=["money"])
    answers.save(store, LOCAL, who, "money-running-cost", "planned")
    assert answers.filled(store, LOCAL, who).open == [
        "money-per-phase",
        "money-reserve",
        "money-outside-help",
    ]
