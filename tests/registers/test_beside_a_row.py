"""What stands beside a row: comments with links, what refers to it, and what lies around it."""

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.services import registers as kept
from crm_core.services.registers import Write
from crm_core.services.registers.comments import comment, comments
from crm_core.services.registers.links import neighbourhood, referred, referring
from crm_core.store import Store


@pytest.fixture
def linked(store: Store) -> Store:
    kept.add(store, LOCAL, "goal", {"title": "Win more"})
    kept.add(store, LOCAL, "pain_point", {"title": "Slow quotes", "goals": ("G-1", "G-9")})
    kept.add(store, LOCAL, "red_flag", {"title": "Nobody helps", "pain_points": ("P-1",)})
    return store


def test_a_link_is_found_from_both_its_ends(linked: Store) -> None:
    [found] = referring(linked, LOCAL, "goal", "G-1")
    assert (found.register, found.field, found.id) == ("pain_point", "goals", "P-1")
    [found] = referring(linked, LOCAL, "pain_point", "P-1")
    assert (found.register, found.title) == ("red_flag", "Nobody helps")
    assert referring(linked, LOCAL, "goal", "G-2") == []


def test_what_a_row_refers_to_is_told_with_what_is_not_there(linked: Store) -> None:
    found = referred(linked, LOCAL, "pain_point", "P-1")
    assert [(one.field, one.id, one.title) for one in found] == [
        ("goals", "G-1", "Win more"),
        ("goals", "G-9", None),
    ]


def test_a_step_is_linked_to_the_application_that_its_tool_names_by_title_or_number(
    store: Store,
) -> None:
    kept.add(store, LOCAL, "application", {"title": "Quote Book"})
    step = {"process": ("PR-1",), "team": "Sales", "what": "Quote"}
    for tool in ("quote book ", "a-1", "Another book"):
        kept.add(store, LOCAL, "process_step", step | {"tool": tool})
    found = referring(store, LOCAL, "application", "A-1")
    assert [(one.field, one.id) for one in found] == [("tool", "PS-1"), ("tool", "PS-2")]
    [to] = referred(store, LOCAL, "process_step", "PS-3")
    assert (to.field, to.title) == ("process", None)


def test_a_neighbourhood_goes_as_many_steps_as_asked_in_both_directions(linked: Store) -> None:
    one = neighbourhood(linked, LOCAL, "goal", "G-1", 1, 10)
    assert list(one.titles) == [("goal", "G-1"), ("pain_point", "P-1")]
    two = neighbourhood(linked, LOCAL, "goal", "G-1", 2, 10)
    assert list(two.titles)[2:] == [("red_flag", "R-1")]
    assert [(edge.source[1], edge.field, edge.target[1]) for edge in two.edges] == [
        ("P-1", "goals", "G-1"),
        ("R-1", "pain_points", "P-1"),
    ]


def test_a_neighbourhood_has_no_more_rows_than_fit_and_says_how_many_are_left_out(
    store: Store,
) -> None:
    kept.add(store, LOCAL, "goal", {"title": "Win more"})
    pains = [Write(None, {"title": f"Pain {n}", "goals": ("G-1",)}) for n in range(7)]
    kept.write(store, LOCAL, "pain_point", pains)
    found = neighbourhood(store, LOCAL, "goal", "G-1", 2, 4)
    assert (len(found.titles), len(found.edges), found.left_out) == (5, 4, 3)
    alone = neighbourhood(store, LOCAL, "goal", "G-2", 2, 4)
    assert (alone.titles, alone.edges) == ({}, ())


def test_comments_are_kept_with_who_and_their_link_the_newest_first(linked: Store) -> None:
    comment(linked, LOCAL, "goal", "G-1", "Too vague?")
    comment(linked, Actor("bea", "Bea"), "goal", "G-1", "", "https://wiki.example.com/g1?x=1")
    found = comments(linked, LOCAL, "goal", "G-1")
    assert [(one.by, one.text, one.link) for one in found] == [
        ("Bea", "", "https://wiki.example.com/g1?x=1"),
        ("local", "Too vague?", None),
    ]


@pytest.mark.parametrize(
    ("text", "link", "code"),
    [
        (" ", "", "item_required"),
        ("x" * 10_001, "", "item_text"),
        ("x", "javascript:alert(1)", "item_link"),
        ("x", "file:///etc/passwd", "item_link"),
        ("x", "https://", "item_link"),
        ("x", "https://[::1", "item_link"),
    ],
)
def test_what_is_no_comment_or_leads_elsewhere_than_the_web_is_refused(
    linked: Store, text: str, link: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        comment(linked, LOCAL, "goal", "G-1", text, link)
    assert comments(linked, LOCAL, "goal", "G-1") == []


def test_a_row_that_is_not_there_has_no_comments(linked: Store) -> None:
    with pytest.raises(Refused, match="item_unknown"):
        comment(linked, LOCAL, "goal", "G-7", "x")


def test_what_says_how_it_means_a_row_is_linked_to_it(store: Store) -> None:
    kept.add(store, LOCAL, "stakeholder_group", {"title": "Field sales"})
    kept.write(
        store,
        LOCAL,
        "initiative",
        [
            Write(None, {"title": "A", "departments": ("field Sales：2", "Nobody")}),
            Write(None, {"title": "B", "depends_on": ("IN-1 SS+2", "IN-3"),
                         "together_with": ("IN-1: 500",)}),
            Write(None, {"title": "C"}),
        ],
    )  # fmt: skip
    [group] = referring(store, LOCAL, "stakeholder_group", "H-1")
    assert (group.field, group.id) == ("departments", "IN-1")
    found = referred(store, LOCAL, "initiative", "IN-2")
    assert [(one.field, one.id, one.title) for one in found] == [
        ("depends_on", "IN-1", "A"), ("together_with", "IN-1", "A"), ("depends_on", "IN-3", "C"),
    ]  # fmt: skip
    assert [one.id for one in referred(store, LOCAL, "initiative", "IN-1")] == ["H-1"]
