"""The pages of duplicates and of groups, in the states that a reader meets them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from own_store import Open, load, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.services import corporate, imports, matching, merging
from crm_core.services.matching import jobs
from crm_core.services.merging import Decision, survivorship
from crm_core.services.merging import shown as shown_of
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/data/duplicates.py"
GROUPS = "pages/data/groups.py"
HEAD = "Customer ID,Customer Name,City,Phone,Email,Tax ID\n"
NAMES = ("Bright", "Stone", "River", "Falcon", "Maple", "Harbor", "Summit", "Granite", "Lotus")


def customers() -> str:
    """Thirty companies, three of them twice with a slip, the last of these with another tax id."""
    lines = [
        f"A{n:02},{NAMES[n % 9]} Tools {n},Town {n % 7},+1 202 555 {n:04},info@firm{n}.com,91{n:03}"
        for n in range(30)
    ]
    twice = [
        f"B{n:02},{NAMES[n % 9]} Tols {n},Town {n % 7},+1 202 555 {n:04},info@firm{n}.com,{tax}"
        for n, tax in ((0, ""), (1, ""), (2, "55555"))
    ]
    return HEAD + "\n".join([*lines, *twice]) + "\n"


@pytest.fixture
def store(open_own: Open, tmp_path: Path) -> Iterator[Store]:  # noqa: ARG001 - whose store it is
    yield load(tmp_path, customers())


@pytest.fixture
def matched(store: Store) -> Store:
    """Nothing is merged by rule: all three pairs wait."""
    matching.run(store, LOCAL, threshold=1.0)
    return store


def press(app: AppTest, name: str) -> AppTest:
    next(one for one in app.button if (one.key or "").startswith(name)).click().run()
    assert not app.exception
    return app


def figures(app: AppTest) -> list[str]:
    return [one.value for one in app.metric]


def test_an_empty_store_says_what_belongs_here(open_own: Open) -> None:
    assert "No customer data yet" in shown(open_own("en", PAGE))


@pytest.mark.parametrize(("language", "word"), [("en", "Nobody has looked"), ("zh", "尚未查重")])
def test_a_store_never_matched_teaches_and_offers_to_begin(
    open_own: Open, store: Store, language: str, word: str
) -> None:
    app = open_own(language, PAGE)
    assert word in shown(app) and "33" in shown(app)
    press(app, "match-find")
    job = jobs.current(store, "customer")
    assert job
    job.wait(120)
    app.run()
    assert not app.exception and figures(app)[1] == "2"
    assert matching.standing(store, LOCAL, "customer").by_rule == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pair_shows_both_sides_their_lines_and_where_they_differ(
    open_own: Open, matched: Store, language: str
) -> None:
    app = open_own(language, PAGE)
    assert not app.exception
    assert figures(app) == ["3", "0", "0", "0"]
    values = [one.label for one in app.button if (one.key or "").startswith("hold-name-")]
    assert any("orange-background" in value for value in values)
    assert [one.key for one in app.button if (one.key or "").startswith("line-")]
    assert matched.version("crm")


def test_a_disagreement_on_a_strong_identifier_is_said_in_words(
    open_own: Open, matched: Store
) -> None:
    app = open_own("en", PAGE)
    seen = []
    for _ in range(3):
        seen.append(shown(app))
        press(app, "different-")
    (told,) = [text for text in seen if "Tax ID differs: " in text]
    assert "91002" in told and "55555" in told
    assert matching.standing(matched, LOCAL, "customer").different == 3


def test_answers_are_kept_taken_back_and_used(open_own: Open, matched: Store) -> None:
    app = open_own("en", PAGE)
    press(app, "same-")
    assert figures(app)[0] == "2"
    press(app, "back-")
    assert figures(app)[0] == "3"
    press(app, "same-")
    press(app, "use-answers")
    job = jobs.current(matched, "customer")
    assert job
    job.wait(120)
    app.run()
    assert "1 record was merged because people said so." in shown(app)
    assert matching.standing(matched, LOCAL, "customer").by_people == 1


def test_the_value_that_was_clicked_holds(open_own: Open, matched: Store) -> None:
    app = open_own("en", PAGE)
    button = [one for one in app.button if (one.key or "").startswith("hold-name-")][1]
    row = int((button.key or "").split("-")[2])
    button.click().run()
    press(app, "same-")
    merging.apply(matched, LOCAL, "customer")
    with matched.read() as cursor:
        name = cursor.execute("SELECT name FROM crm.customer WHERE row_id = ?", [row]).fetchone()
        held = cursor.execute("SELECT name FROM mart.customer").fetchall()
    assert name in held


@pytest.mark.parametrize("hasty", ["same-", "different-", "later-"])
def test_a_key_pressed_in_haste_answers_neither_pair_and_is_said_to_be_unused(
    open_own: Open, matched: Store, hasty: str
) -> None:
    app = open_own("en", PAGE)
    first = next(one for one in app.button if (one.key or "").startswith(hasty))
    again = first.click()._widget_state  # of the pair on screen, as the browser sends it twice
    app.run()
    on_screen = [one.key for one in app.button if (one.key or "").startswith(hasty)]
    stood = matching.standing(matched, LOCAL, "customer")
    states = app._tree.get_widget_states()
    states.widgets.append(again)
    app._run(states)
    assert not app.exception
    assert "It was not used" in shown(app)
    assert matching.standing(matched, LOCAL, "customer") == stood
    assert [one.key for one in app.button if (one.key or "").startswith(hasty)] == on_screen


def test_take_back_pressed_in_haste_takes_one_answer_back(open_own: Open, matched: Store) -> None:
    app = open_own("en", PAGE)
    for _ in range(2):
        press(app, "different-")
    back = next(one for one in app.button if (one.key or "").startswith("back-"))
    again = back.click()._widget_state
    app.run()
    states = app._tree.get_widget_states()
    states.widgets.append(again)
    app._run(states)
    assert not app.exception
    assert matching.standing(matched, LOCAL, "customer").different == 1


def test_what_is_put_off_comes_last(open_own: Open, matched: Store) -> None:
    app = open_own("en", PAGE)
    first = next(one.key for one in app.button if (one.key or "").startswith("later-"))
    for _ in range(3):
        press(app, "later-")
    assert "that you put off" in shown(app)
    assert first in [one.key for one in app.button]
    assert matching.standing(matched, LOCAL, "customer").waiting == 3


def test_a_pair_that_somebody_else_decided_is_told_and_left_out(
    open_own: Open, matched: Store
) -> None:
    app = open_own("en", PAGE)
    key = next(one.key or "" for one in app.button if (one.key or "").startswith("same-"))
    left, right = (int(part) for part in key.split("-")[1:])
    merging.decide(matched, LOCAL, "customer", [Decision(left, right, "different")])
    press(app, "same-")
    assert "Somebody else was faster" in shown(app)
    assert matching.standing(matched, LOCAL, "customer").different == 1
    assert figures(app)[0] == "2"


def test_pairs_of_a_load_that_was_taken_back_are_told_and_left_out(
    open_own: Open, matched: Store
) -> None:
    app = open_own("en", PAGE)
    with matched.read() as cursor:
        [(batch,)] = cursor.execute("SELECT batch_id FROM crm.batch").fetchall()
    load_more = HEAD + "Z1,Zebra,Rome,,z@zebra.it,\n"
    load(matched.path.parent, load_more)
    imports.undo(matched, LOCAL, batch)
    app.run()
    assert not app.exception and "No pair waits" in shown(app)


def test_merges_are_listed_opened_and_taken_back(open_own: Open, store: Store) -> None:
    matching.run(store, LOCAL)
    app = open_own("en", PAGE, view="merged")
    assert not app.exception
    listed, opened = (one.value for one in app.dataframe[:2])
    assert listed["by"].tolist() == ["The rule", "The rule"]
    assert {"field", "shown", "why", "m0", "m1"} == set(opened.columns)
    merges = [one["merge_id"] for one in merging.merges(store, LOCAL, "customer")]
    merging.unmerge(store, LOCAL, merges)
    app.run()
    assert "Nothing is merged" in shown(app)


def test_a_merge_says_where_the_load_of_a_record_was_taken_back(
    open_own: Open, store: Store, tmp_path: Path
) -> None:
    matching.run(store, LOCAL)
    load(tmp_path, HEAD + customers().splitlines()[5].replace("A04", "C04") + "\n")
    with store.read() as cursor:
        [(batch,)] = cursor.execute("SELECT max(batch_id) FROM crm.batch").fetchall()
    imports.undo(store, LOCAL, batch)
    rows = open_own("en", PAGE, view="merged").dataframe[0].value
    assert rows["file"].tolist().count("its load was taken back") == 1


def test_values_of_merged_records_are_chosen_and_left_to_the_rules_again(
    open_own: Open, store: Store
) -> None:
    matching.run(store, LOCAL)
    app = open_own("en", PAGE, view="merged")
    box = next(one for one in app.selectbox if (one.key or "").endswith("-name-None-en"))
    assert [one.split(" (")[0] for one in box.options] == [
        "The rules decide",
        "Bright Tools 0",
        "Bright Tols 0",
    ]
    box.select_index(2).run()
    press(app, "values-save")
    opened = app.dataframe[1].value
    told = dict(zip(opened["field"], zip(opened["shown"], opened["why"], strict=True), strict=True))
    assert told["Customer name"] == ("Bright Tols 0", "chosen by hand")
    box = next(one for one in app.selectbox if "-name-" in (one.key or "") and one.index == 2)
    box.select_index(0).run()
    press(app, "values-save")
    assert "chosen by hand" not in app.dataframe[1].value["why"].tolist()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_that_nothing_suggests_are_found_seen_and_merged_by_hand(
    open_own: Open, matched: Store, language: str
) -> None:
    app = open_own(language, PAGE, view="merged")
    app.text_input(key="by-hand-customer-one").set_value("Falcon Tools 3")
    app.text_input(key="by-hand-customer-other").set_value("a21").run()
    assert not app.exception
    choice = [one for one in app.button if (one.key or "").startswith("hold-city-")]
    choice[1].click().run()
    press(app, "by-hand-merge")
    [merged] = merging.merges(matched, LOCAL, "customer")
    assert {merged["name"], merged["into_name"]} == {"Falcon Tools 3", "Falcon Tools 21"}
    _, fields = shown_of.record(matched, LOCAL, "customer", merged["row_id"])
    assert next(one.why for one in fields if one.field == "city") == "chosen"
    assert app.text_input(key="by-hand-customer-one").value == ""


def test_who_looks_for_one_and_the_same_record_twice_is_told_so(
    open_own: Open, matched: Store
) -> None:
    assert matched.version("crm")
    app = open_own("en", PAGE, view="merged")
    app.text_input(key="by-hand-customer-one").set_value("a21")
    app.text_input(key="by-hand-customer-other").set_value("Falcon Tools 21").run()
    assert "one and the same record" in shown(app)
    app.text_input(key="by-hand-customer-other").set_value("nobody").run()
    assert "No record is called so." in shown(app)


def test_a_rule_is_tried_before_it_is_set(open_own: Open, store: Store) -> None:
    matching.run(store, LOCAL)
    app = open_own("en", PAGE, view="merged")
    assert "These rules are in force." in shown(app)
    app.selectbox(key="rule-customer-name-en").set_value("longest").run()
    assert "These rules are in force." not in shown(app)
    assert survivorship.read(store, LOCAL).rules == {}
    press(app, "rules-save")
    assert survivorship.read(store, LOCAL).rules == {"customer": {"name": "longest"}}
    assert "These rules are in force." in shown(app)


def test_where_duplicates_are_born_is_said_in_the_title(open_own: Open, store: Store) -> None:
    matching.run(store, LOCAL)
    app = open_own("en", PAGE, view="born")
    assert "deals.csv brought 100% of the duplicates: 6.1% of its records" in shown(app)


def test_suggested_parents_are_confirmed_shown_and_taken_back(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(
        tmp_path, HEAD + "C1,Acme,Rome,,,\nC2,Acme Italia,Rome,,,\nC3,Bolt Motors,Bonn,,,\n"
    )
    app = open_own("en", GROUPS)
    assert "1 company may belong to another" in shown(app)
    assert app.dataframe[0].value["reasons"].tolist() == ["its name begins with the parent's"]
    press(app, "groups-confirmed")
    assert "1 company was put under its parent." in shown(app)
    app = open_own("en", GROUPS, view="confirmed")
    assert [name.strip("　└ ") for name in app.dataframe[0].value["name"]] == [
        "Acme",
        "Acme Italia",
    ]
    corporate.withdraw(store, LOCAL, corporate.confirmed(store, LOCAL)[0])
    assert "No group is confirmed" in shown(app.run())


def test_a_parent_is_added_by_hand(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, HEAD + "C1,Acme,Rome,,,\nC3,Bolt Motors,Bonn,,,\n")
    app = open_own("zh", GROUPS)
    app.text_input(key="groups-child").set_value("bolt")
    app.text_input(key="groups-parent").set_value("ACME").run()
    press(app, "groups-add")
    assert [one.parent_name for one in corporate.confirmed(store, LOCAL)] == ["Acme"]


def test_a_groups_segment_is_named_in_the_readers_language(open_own: Open, tmp_path: Path) -> None:
    head = HEAD.replace("Tax ID", "Tax ID,Industry")
    load(tmp_path, head + "C1,Acme,Rome,,,,Medical\nC2,Acme Italia,Rome,,,,Medical\n")
    app = open_own("zh", GROUPS)
    press(app, "groups-confirmed")
    for language, name in (("zh", "医疗"), ("en", "Medical")):
        figures = open_own(language, GROUPS, view="confirmed").dataframe[1].value
        assert figures["segment"].tolist() == [name]
