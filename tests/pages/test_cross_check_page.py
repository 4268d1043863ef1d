"""Loose ends on a page, rows brought back, links as a picture, a search that is in the address."""

import pytest
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import registers, stores
from crm_core.store import Store

__all__ = ["open_own"]

PAGE, GOALS, PAINS = (f"pages/assess/{name}.py" for name in ("cross_check", "goals", "pain_points"))
HOSTILE = 'Win "<b>$x$</b>" \\n'


@pytest.fixture
def own(open_own: Open) -> Store:  # noqa: ARG001, where the reader's own store lies
    store = holding.hold(stores.own_path())
    registers.add(store, LOCAL, "goal", {"title": HOSTILE})
    registers.add(store, LOCAL, "goal", {"title": "Nobody serves it"})
    registers.add(store, LOCAL, "pain_point", {"title": "Slow", "goals": ("G-1", "G-9")})
    return store


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "finding"),
    [
        ("en", "Nothing is linked to the goal “Nobody serves it”"),
        ("zh", "没有任何事项关联目标“Nobody serves it”"),
    ],
)
def test_each_loose_end_is_said_in_a_sentence_the_gravest_first(
    open_own: Open, language: str, finding: str
) -> None:
    app = open_own(language, PAGE)
    kinds, _, ends, _ = (one.value for one in app.dataframe)  # of each one for a phone
    assert kinds["count"].sum() == len(ends)
    assert finding in ends["said"].tolist()[:2]


@pytest.mark.usefixtures("own")
def test_a_kind_in_the_address_is_seen_alone_with_what_to_do(open_own: Open) -> None:
    app = open_own("en", PAGE, check="link_to_nothing")
    ends, _ = app.dataframe
    assert ends.value["id"].tolist() == ["P-1"]
    assert "bring back the one that was taken out" in shown(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_loose_end_the_page_says_so(open_own: Open, language: str) -> None:
    app = open_own(language, PAGE)
    assert "####" in shown(app) and not app.dataframe


@pytest.mark.usefixtures("own")
def test_the_links_of_a_row_are_told_in_both_directions_and_as_a_picture(open_own: Open) -> None:
    app = open_own("en", PAINS, item="P-1")
    next(one for one in app.get("button_group") if "Links" in one.options).set_value("Links").run()
    [picture] = app.get("graphviz_chart")
    assert "goals?" in picture.proto.spec and '\\"<b>' in picture.proto.spec
    assert "there is no such row" in shown(app) and "Refers to" in shown(app)


def test_a_row_that_was_taken_out_is_brought_back_from_the_page(open_own: Open, own: Store) -> None:
    registers.remove(own, LOCAL, "goal", {"G-2": 1})
    app = open_own("en", GOALS)
    app.button(key="register-gone").click().run()
    assert "gone" in app.query_params
    assert "taken out by" in shown(app)
    app.button(key="gone-G-2").click().run()
    assert registers.row(own, LOCAL, "goal", "G-2").version == 2
    assert "G-2 is back" in shown(app)


@pytest.mark.usefixtures("own")
def test_what_is_searched_for_stands_in_the_address(open_own: Open) -> None:
    app = open_own("en", GOALS, search="nobody")
    assert app.dataframe[0].value["id"].tolist() == ["G-2"]
    app.text_input[0].set_value("win").run()
    assert app.dataframe[0].value["id"].tolist() == ["G-1"]
    assert app.query_params["search"] in ("win", ["win"])
