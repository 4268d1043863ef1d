"""What stands beside a row: comments with links, and what refers to it."""

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.services import registers as kept
from crm_core.services.registers.comments import comment, comments
from crm_core.services.registers.links import referring
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
