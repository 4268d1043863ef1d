"""Rows of registers: kept, changed, taken out and brought back; nobody's text is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import FieldKind, Value, wrong
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference.registers import registers
from crm_core.services import registers as kept
from crm_core.services.registers import ItemRefused, Query, Write, values
from crm_core.store import Store

BEA = Actor("bea", "Bea")
GOAL = {
    "title": "Win more in Medical",
    "measure": "win rate",
    "target": Decimal("0.350"),
    "target_date": date(2027, 6, 30),
    "direction": "up",
}


def goal(store: Store, key: str = "G-1") -> kept.Row:
    return kept.row(store, LOCAL, "goal", key)


def test_a_row_is_kept_as_it_was_said_with_who_and_when(store: Store) -> None:
    assert kept.add(store, BEA, "goal", GOAL) == "G-1"
    found = goal(store)
    assert (found.values, found.version, found.by) == (GOAL, 1, "Bea")
    assert str(found.values["target"]) == "0.350", "every digit"


def test_what_is_wrong_is_said_of_each_field_and_nothing_is_kept(store: Store) -> None:
    said = {"title": " ".strip(), "weight": Decimal(101), "direction": "sideways", "colour": "red"}
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, "goal", said)
    assert {field: one.code for field, one in refused.value.problems.items()} == {
        "title": "item_required",
        "weight": "item_range",
        "direction": "item_option",
        "colour": "item_field_unknown",
    }
    assert kept.listed(store, LOCAL, "goal") == ([], 0)


def test_of_two_changes_of_one_version_the_later_is_refused_and_shown_beside_it(store) -> None:
    kept.add(store, LOCAL, "goal", GOAL)
    kept.change(store, BEA, "goal", "G-1", GOAL | {"owner": "Bea", "measure": "wins"}, 1)
    mine = GOAL | {"measure": "won share", "notes": "mine"}
    with pytest.raises(Refused, match="item_changed"):
        kept.change(store, LOCAL, "goal", "G-1", mine, 1)
    found = kept.conflict(store, LOCAL, "goal", "G-1", 1, mine)
    assert found.theirs.by == "Bea"
    assert found.both == (("measure", "win rate", "wins", "won share"),)
    assert found.merged == mine | {"owner": "Bea"}
    kept.change(store, LOCAL, "goal", "G-1", found.merged, found.theirs.version)
    assert [one.by for one in kept.history(store, LOCAL, "goal", "G-1")] == [
        "local",
        "Bea",
        "local",
    ]


def test_the_same_save_twice_does_no_harm(store: Store) -> None:
    kept.add(store, LOCAL, "goal", GOAL)
    for _ in range(2):
        kept.change(store, LOCAL, "goal", "G-1", GOAL | {"owner": "Ann"}, 1)
    assert goal(store).version == 2


def test_a_row_goes_back_to_any_of_its_versions(store: Store) -> None:
    kept.add(store, LOCAL, "goal", GOAL)
    kept.change(store, LOCAL, "goal", "G-1", {"title": "Other"}, 1)
    kept.restore(store, LOCAL, "goal", "G-1", 1, 2)
    assert (goal(store).values, goal(store).version) == (GOAL, 3)


def test_a_row_that_was_taken_out_comes_back_and_its_id_is_given_to_no_other(store) -> None:
    kept.add(store, LOCAL, "goal", GOAL)
    kept.remove(store, LOCAL, "goal", {"G-1": 1})
    assert kept.add(store, LOCAL, "goal", GOAL) == "G-2"
    with pytest.raises(Refused, match="item_id_taken"):
        kept.write(store, LOCAL, "goal", [Write("G-1", GOAL)])
    kept.bring_back(store, LOCAL, "goal", "G-1")
    assert (goal(store).values, goal(store).version) == (GOAL, 2)
    with pytest.raises(Refused, match="item_unknown"):
        kept.bring_back(store, LOCAL, "goal", "G-9")
    kept.remove(store, LOCAL, "goal", {"G-1": 2})
    kept.bring_back(store, LOCAL, "goal", "G-1", GOAL | {"title": "Another"})
    assert goal(store).values == GOAL | {"title": "Another"}


def test_rows_that_were_taken_out_are_told_with_who_did_it_until_they_are_back(
    store: Store,
) -> None:
    for title in ("Win more", "Win back", "Stay"):
        kept.add(store, LOCAL, "goal", {"title": title})
    for key in ("G-1", "G-2"):
        kept.remove(store, BEA, "goal", {key: 1})
    found = kept.taken_out(store, LOCAL, "goal")
    assert [(one.id, one.title, one.by) for one in found] == [
        ("G-2", "Win back", "Bea"),
        ("G-1", "Win more", "Bea"),
    ]
    assert [one.id for one in kept.taken_out(store, LOCAL, "goal", "MORE g-1")] == ["G-1"]
    kept.bring_back(store, LOCAL, "goal", "G-2")
    assert [one.id for one in kept.taken_out(store, LOCAL, "goal")] == ["G-1"]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_window_that_ends_before_it_starts_is_refused_at_its_end(
    starts: date, ends: date
) -> None:
    said = {"title": "Freeze", "starts": starts, "ends": ends}
    problems = wrong(registers()["it_window"], said)
    assert set(problems) == ({"ends"} if ends < starts else set())


def test_of_several_rows_all_are_kept_or_none(store: Store) -> None:
    with pytest.raises(Refused, match="item_unknown"):
        kept.write(store, LOCAL, "goal", [Write(None, GOAL), Write("G-9", GOAL, 1)])
    assert kept.listed(store, LOCAL, "goal")[1] == 0


def test_twenty_people_who_save_at_once_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(20) as people:
        ids = list(
            people.map(
                lambda n: kept.add(store, Actor(str(n), str(n)), "goal", {"title": f"Goal {n}"}),
                range(20),
            )
        )
    rows, count = kept.listed(store, LOCAL, "goal")
    assert count == 20 and len(set(ids)) == 20
    assert {row.values["title"] for row in rows} == {f"Goal {n}" for n in range(20)}


def test_a_list_is_searched_filtered_sorted_and_counted(store: Store) -> None:
    said = [
        {"title": "Slow quotes", "team": "Sales", "affected": ("Sales", "Service")},
        {"title": "Typed twice", "team": "Service", "affected": ("Service",), "about": "data"},
        {"title": "报价太慢", "team": "Sales"},
    ]
    kept.write(store, LOCAL, "pain_point", [Write(None, one) for one in said])

    def ids(**query: object) -> list[str]:
        return [row.id for row in kept.listed(store, LOCAL, "pain_point", Query(**query))[0]]

    assert ids(search="QUOTES slow") == ["P-1"]
    assert ids(search="报价") == ["P-3"]
    assert ids(where={"affected": ("Service",)}) == ["P-1", "P-2"]
    assert ids(where={"team": ("Sales",)}, sort="title", descending=True) == ["P-3", "P-1"]
    assert kept.listed(store, LOCAL, "pain_point", Query(limit=1, offset=1))[1] == 3
    with pytest.raises(Refused, match="item_field_unknown"):
        ids(sort="id; DROP TABLE programme.item")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("straße", 1),
        ('"bridge"', 1),
        ("c:\\quotes", 1),
        ("title", 0),
        ("complaint", 0),
    ],
)
def test_a_search_looks_at_what_stands_in_a_row_and_not_at_how_it_is_stored(
    store: Store, search: str, found: int
) -> None:
    said = {"title": 'Die Straße zur "Bridge"', "complaint": "It lies in C:\\quotes"}
    kept.add(store, LOCAL, "pain_point", said)
    assert kept.listed(store, LOCAL, "pain_point", Query(search=search))[1] == found


@pytest.mark.parametrize("day", [date(202, 3, 31), date(1850, 1, 1), date(9999, 12, 31)])
def test_a_day_that_no_calendar_or_spreadsheet_offers_is_refused(store: Store, day: date) -> None:
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, "goal", GOAL | {"target_date": day})
    assert refused.value.problems["target_date"].code == "item_day"


def test_values_that_no_cell_of_a_spreadsheet_holds_together_are_refused(store: Store) -> None:
    users = tuple(f"{n} {'x' * 5000}" for n in range(10))
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, "application", {"title": "Large", "users": users})
    assert refused.value.problems["users"].code == "item_cell"


@pytest.mark.parametrize("key", ["A；1", "A\n1", " A-9", "a-1"])
def test_a_number_that_a_link_could_not_name_is_refused(store: Store, key: str) -> None:
    kept.add(store, LOCAL, "application", {"title": "CRM"})
    with pytest.raises(Refused, match="item_id"):
        kept.write(store, LOCAL, "application", [Write(key, {"title": "Another"})])


def test_a_goal_whose_target_lies_on_the_wrong_side_of_its_baseline_is_refused(
    store: Store,
) -> None:
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, "goal", GOAL | {"baseline": Decimal(1)})
    assert refused.value.problems["direction"].code == "goal_direction"
    kept.add(store, LOCAL, "goal", GOAL | {"baseline": Decimal(1), "direction": "down"})


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", "1234.5"), ("12 345", "12345"), ("1，234", "1234"), ("-0.5", "-0.5")],
)
def test_a_number_may_be_written_in_thousands(text: str, number: str) -> None:
    assert values.read(registers()["goal"].field("target"), text) == Decimal(number)


@pytest.mark.parametrize("text", ["1,5", "12,50", "1,2345", "12 5", "1,234,5", "1.234,5"])
def test_a_comma_that_parts_no_thousands_is_not_left_out_of_a_number(text: str) -> None:
    assert isinstance(values.read(registers()["goal"].field("target"), text), Problem)


def test_a_table_names_linked_rows_by_their_titles(store: Store) -> None:
    kept.add(store, LOCAL, "application", {"title": "CRM"})
    kept.add(store, LOCAL, "pain_point", {"title": "Slow", "applications": ("A-1", "A-9")})
    kept.add(store, LOCAL, "pain_point", {"title": "Twice"})
    found = kept.table(store, LOCAL, "pain_point", Query(), ("applications", "goals"))
    assert found["applications"].to_pylist() == ["CRM; A-9", None]
    assert found["goals"].to_pylist() == [None, None]


def test_sql_of_others_finds_a_register_under_its_name(store: Store) -> None:
    kept.add(store, LOCAL, "pain_point", {"title": "T", "goals": ("G-1",), "turnover": True})
    kept.add(store, LOCAL, "goal", GOAL)
    with store.read() as cursor:
        row = cursor.execute("SELECT goals, turnover FROM programme.pain_point").fetchone()
        assert row == (["G-1"], True)
        row = cursor.execute("SELECT target, target_date FROM programme.goal").fetchone()
        assert row == (Decimal("0.35"), date(2027, 6, 30))


def test_sql_of_others_finds_numbers_with_every_digit(store: Store) -> None:
    number = Decimal("-123456789012345.1234567")
    fake = '", "target": 5, "x": "'
    kept.add(store, LOCAL, "goal", {"title": fake, "target": number, "notes": fake})
    kept.add(store, LOCAL, "goal", {"title": fake})
    with store.read() as cursor:
        found = cursor.execute("SELECT target FROM programme.goal ORDER BY id").fetchall()
    assert found == [(number,), (None,)]


CELLS = {
    FieldKind.TEXT: st.text(st.characters(categories=["L", "N", "P"]), min_size=1),
    FieldKind.NUMBER: st.decimals(-1000, 1000, places=3),
    FieldKind.INTEGER: st.integers(0, 10**6),
    FieldKind.DATE: st.dates(date(1000, 1, 1)),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.LIST: st.lists(
        st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, unique=True
    ).map(tuple),
}


@given(st.data(), st.sampled_from(sorted(LANGUAGES)))
def test_every_value_is_read_back_as_it_was_written(data: st.DataObject, language: str) -> None:
    register = registers()[data.draw(st.sampled_from(list(registers())))]
    field = data.draw(st.sampled_from(register.fields))
    if field.options:
        value = data.draw(st.sampled_from(list(field.options)))
    else:
        value = data.draw(CELLS.get(field.kind, CELLS[FieldKind.LIST]))
    if field.kind is FieldKind.LONG:
        value = " ".join(value)
    assert values.read(field, values.written(field, value, Texts(language))) == value
    assert values.restored(register, values.stored({field.name: value})) == {field.name: value}


def test_every_register_can_be_kept_and_links_lead_to_registers() -> None:
    prefixes = [one.prefix for one in registers().values()]
    assert len(set(prefixes)) == len(prefixes)
    for register in registers().values():
        assert register.fields[0].name == "title"
        assert {field.of for field in register.fields if field.of} <= set(registers())
        assert not register.titled_by or register.field(register.titled_by).required


def test_a_title_taken_from_another_field_goes_on_following_it(store: Store) -> None:
    kept.add(store, LOCAL, "term", {"word": "customer"})
    kept.change(store, LOCAL, "term", "T-1", {"title": "customer", "word": "client"}, 1)
    assert kept.row(store, LOCAL, "term", "T-1").values["title"] == "client"
    kept.change(store, LOCAL, "term", "T-1", {"title": "A buyer", "word": "client"}, 2)
    kept.change(store, LOCAL, "term", "T-1", {"title": "A buyer", "word": "buyer"}, 3)
    assert kept.row(store, LOCAL, "term", "T-1").values["title"] == "A buyer"


COST = {"title": "Licences", "vendor": ("V-1",), "least": Decimal(100)}


@pytest.mark.parametrize(
    ("said", "field", "code", "beside"),
    [
        ({"likely": Decimal(90)}, "likely", "item_below", "At least"),
        ({"most": Decimal(90)}, "most", "item_below", "At least"),
        ({"likely": Decimal(120), "most": Decimal(110)}, "most", "item_below", "Most likely"),
        (
            {"yearly": True, "first_year": 3, "last_year": 2},
            "last_year",
            "item_below",
            "First year",
        ),
        ({"last_year": 3}, "last_year", "item_only_with", "Every year"),
        ({"last_year": 3, "yearly": False}, "last_year", "item_only_with", "Every year"),
    ],
)
def test_a_figure_that_contradicts_another_of_its_row_is_refused_and_the_other_named(
    store: Store, said: dict[str, Value], field: str, code: str, beside: str
) -> None:
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, "vendor_cost", COST | said)
    assert {name: one.code for name, one in refused.value.problems.items()} == {field: code}
    assert f"“{beside}”" in Texts("en").problem(refused.value.problem)


def test_figures_of_a_row_may_be_the_same_or_blank(store: Store) -> None:
    same = {"likely": Decimal(100), "most": Decimal("100.0")}
    years = {"yearly": True, "first_year": 2, "last_year": 2}
    for said in ({}, same, years, {"yearly": True, "last_year": 1}, {"first_year": 4}):
        kept.add(store, LOCAL, "vendor_cost", COST | said)


@pytest.mark.parametrize("name", ["term", "capacity", "change_load", "problem_report"])
def test_a_title_that_may_be_blank_is_not_asked_for_but_the_field_it_is_taken_from(
    store: Store, name: str
) -> None:
    taken_from = kept.known(name).titled_by
    with pytest.raises(ItemRefused) as refused:
        kept.add(store, LOCAL, name, {"notes": "x"})
    assert refused.value.problems[taken_from] == Problem("item_required")
    assert "title" not in refused.value.problems
