"""Initiatives made in one step: what they say from the start, and what is answered already."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.reference.registers import registers as descriptions
from crm_core.services import initiatives, registers
from crm_core.services.initiatives import Source, making
from crm_core.services.registers import Write, checked
from crm_core.store import Store

EN = Texts("en")
PAIN = {
    "title": "Quotes take days",
    "owner": "Ann",
    "about": "process",
    "team": "Sales",
    "affected": ("Sales: 12", "客服：3", "Partners"),
    "goals": ("G-1",),
    "applications": ("A-1",),
    "cost_least": Decimal(100_000),
    "cost_most": Decimal(300_000),
}


def test_a_pain_point_gives_kind_goals_applications_departments_and_value() -> None:
    assert making.from_pain_point("P-1", PAIN, ["PR-1"]) == {
        "title": "Quotes take days",
        "owner": "Ann",
        "kind": "process",
        "pain_points": ("P-1",),
        "goals": ("G-1",),
        "processes": ("PR-1",),
        "touches": ("A-1",),
        "departments": ("Sales", "客服", "Partners"),
        "value_a_year": Decimal(200_000),
    }


def test_what_nobody_said_is_left_to_be_said() -> None:
    assert making.from_pain_point("P-1", {"title": "A"}) == {"title": "A", "pain_points": ("P-1",)}
    assert making.from_goal("G-1", {"title": "A"}) == {"title": "A", "goals": ("G-1",)}


def test_a_flag_gives_its_kind_its_day_and_the_goals_of_its_pain_points() -> None:
    flag = {"title": "甲 / A", "category": "it", "due": date(2026, 5, 1), "applications": ("A-1",)}
    found = making.from_flag("R-1", flag, "A", {"P-1": PAIN, "P-2": {"goals": ("G-1", "G-2")}})
    assert found == {
        "title": "A",
        "kind": "technology",
        "flags": ("R-1",),
        "pain_points": ("P-1", "P-2"),
        "goals": ("G-1", "G-2"),
        "touches": ("A-1",),
        "deadline": "2026-05-01",
    }


names = st.text("ab 客", min_size=1, max_size=5).filter(str.strip)
pains = st.fixed_dictionaries(
    {"title": names},
    optional={
        "about": st.sampled_from(("people", "process", "technology", "data")),
        "team": names,
        "affected": st.lists(names.map(lambda one: f"{one.strip()}: 3"), max_size=4).map(tuple),
        "cost_least": st.decimals(0, 10**9, places=2),
        "cost_most": st.decimals(0, 10**9, places=2),
        "goals": st.lists(names, max_size=2).map(tuple),
    },
)


@given(pains)
def test_whatever_a_pain_point_says_its_initiative_can_be_saved(pain: dict) -> None:
    found = making.from_pain_point("P-1", pain)
    assert checked(descriptions()["initiative"], found)["pain_points"] == ("P-1",)


@pytest.fixture
def programme(store: Store) -> Store:
    """A goal, a pain point, a flag, a wish; one initiative for the pain point."""
    registers.write(
        store,
        LOCAL,
        "goal",
        [
            Write(None, {"title": "Faster", "weight": 10}),
            Write(None, {"title": "Old", "status": "done"}),
        ],
    )
    registers.write(
        store,
        LOCAL,
        "process_step",
        [
            Write(None, {"process": ("PR-1",), "team": "Sales", "what": "Ask"}),
        ],
    )
    pain = PAIN | {"process_steps": ("PS-1",)}
    dear = {"title": "Dear", "cost_least": Decimal(900_000)}
    registers.write(
        store,
        LOCAL,
        "pain_point",
        [Write(None, pain), Write(None, dear), Write(None, {"title": "Who knows"})],
    )
    flag = {"title": "No sponsor", "severity": "high", "status": "open", "pain_points": ("P-1",)}
    registers.add(store, LOCAL, "red_flag", flag)
    registers.write(
        store,
        LOCAL,
        "improvement",
        [
            Write(None, {"title": "Dark mode", "decision": "declined"}),
            Write(None, {"title": "Voice", "decision": "taken"}),
            Write(None, {"title": "Address"}),
        ],
    )
    return store


def open_ones(store: Store) -> list[tuple[str, str]]:
    found = initiatives.unanswered(store, LOCAL, date(2026, 3, 1), "en").found
    return [(one.source.value, one.id) for one in found]


def test_the_form_is_filled_from_the_rows_in_the_store(programme: Store) -> None:
    found = initiatives.made_from(programme, LOCAL, Source.PAIN_POINT, "P-1", EN)
    assert found["processes"] == ("PR-1",)
    found = initiatives.made_from(programme, LOCAL, Source.RED_FLAG, "R-1", EN)
    assert (found["flags"], found["pain_points"], found["goals"]) == (("R-1",), ("P-1",), ("G-1",))
    found = initiatives.made_from(programme, LOCAL, Source.WISH, "I-2", EN)
    assert found == {"title": "Voice", "wishes": ("I-2",)}
    found = initiatives.made_from(programme, LOCAL, Source.TEAM, "Sales", EN)
    assert (found["kind"], found["departments"]) == ("people", ("Sales",))


@pytest.mark.parametrize(
    ("source", "key"),
    [(Source.GOAL, "G-9"), (Source.PAIN_POINT, "'"), (Source.RED_FLAG, ""), (Source.ANSWER, "A/b")],
)
def test_what_is_not_there_is_refused(programme: Store, source: Source, key: str) -> None:
    with pytest.raises(Refused):
        initiatives.made_from(programme, LOCAL, source, key, EN)


def test_what_no_initiative_answers_is_told_the_weightiest_first(programme: Store) -> None:
    assert open_ones(programme) == [
        ("pain_point", "P-2"),
        ("red_flag", "R-1"),
        ("goal", "G-1"),
        ("improvement", "I-2"),
        ("improvement", "I-3"),
        ("pain_point", "P-1"),
        ("pain_point", "P-3"),
    ]


def test_an_initiative_answers_until_it_is_dropped(programme: Store) -> None:
    values = {"title": "A", "pain_points": ("P-2",), "goals": ("G-1",), "flags": ("R-1",),
              "wishes": ("I-2",)}  # fmt: skip
    key = registers.add(programme, LOCAL, "initiative", values)
    assert open_ones(programme) == [
        ("improvement", "I-3"), ("pain_point", "P-1"), ("pain_point", "P-3"),
    ]  # fmt: skip
    for source, one in ((Source.GOAL, "G-1"), (Source.WISH, "I-2")):
        assert initiatives.answering(programme, LOCAL, source, one) == [(key, "A")]
    assert initiatives.answering(programme, LOCAL, Source.GOAL, "G-2") == []
    assert initiatives.answering(programme, LOCAL, Source.ANSWER, "A") == [(key, "A")]
    registers.change(programme, LOCAL, "initiative", key, values | {"status": "dropped"}, 1)
    assert len(open_ones(programme)) == 7
    assert initiatives.answering(programme, LOCAL, Source.GOAL, "G-1") == []


def test_a_team_is_answered_by_what_brings_people_to_the_system(store: Store) -> None:
    values = {"title": "Courses", "kind": "training", "departments": ("Field sales：2",)}
    key = registers.add(store, LOCAL, "initiative", values)
    assert initiatives.answering(store, LOCAL, Source.TEAM, "field Sales") == [(key, "Courses")]
    assert initiatives.answering(store, LOCAL, Source.TEAM, "Service") == []
