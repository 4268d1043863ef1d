"""What several complaints about the same say together, and why it hurts."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.pain_points import Cause, causes, merged
from crm_core.domain.registers import Value, counted, wrong
from crm_core.reference.registers import registers

REGISTER = registers()["pain_point"]
WORDS = {"process": "process", "流程": "process", "data": "data"}
GROUPS = st.lists(
    st.tuples(st.sampled_from(["Sales", "sales", "客服"]), st.none() | st.integers(0, 500)),
    max_size=4,
).map(lambda told: tuple(name if n is None else f"{name}: {n}" for name, n in told))
ROWS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Slow", "报价太慢"])},
    optional={
        "affected": GROUPS,
        "goals": st.lists(st.sampled_from(["G-1", "G-2", "G-3"]), unique=True).map(tuple),
        "turnover": st.booleans(),
        "cost_least": st.integers(0, 10**6).map(Decimal),
        "cost_most": st.integers(0, 10**6).map(Decimal),
        "team": st.sampled_from(["Sales", "Service"]),
        "complaint": st.sampled_from(["Too slow", "Takes days"]),
        "said_by": st.sampled_from(["Ann", "王伟"]),
    },
)
OTHERS = st.lists(ROWS, min_size=1, max_size=3).map(
    lambda rows: {f"P-{place}": row for place, row in enumerate(rows, 2)}
)
Row = dict[str, Any]


def people(rows: list[Row]) -> dict[str, int]:
    """Group -> the greatest number that any row says."""
    found: dict[str, int] = {}
    for row in rows:
        for name, number in map(counted, row.get("affected", ())):
            if number is not None:
                found[name.casefold()] = max(number, found.get(name.casefold(), 0))
    return found


@given(ROWS, OTHERS)
def test_a_merge_counts_nobody_twice_and_loses_no_word_link_or_group(
    kept: Row, others: dict[str, Row]
) -> None:
    made = merged(REGISTER, kept, others)
    every = [kept, *others.values()]
    assert people([made]) == people(every)
    assert set(made.get("goals", ())) == {one for row in every for one in row.get("goals", ())}
    assert made.get("turnover", False) == any(row.get("turnover") for row in every)
    for key, row in others.items():
        assert key in made["also_said"]
        for name in ("title", "complaint", "said_by"):
            assert name not in row or row[name] in made["also_said"]


@given(ROWS, OTHERS)
def test_what_the_kept_row_says_holds_and_a_cost_range_is_that_of_one_row(
    kept: Row, others: dict[str, Row]
) -> None:
    made = merged(REGISTER, kept, others)
    for name in ("title", "team", "complaint", "said_by"):
        assert name not in kept or made[name] == kept[name]
    assert made.get("said_by") == kept.get("said_by"), "nobody said another's words"
    ranges = [(row.get("cost_least"), row.get("cost_most")) for row in (kept, *others.values())]
    known = [one for one in ranges if one != (None, None)]
    assert (made.get("cost_least"), made.get("cost_most")) == (known[0] if known else (None, None))
    values: dict[str, Value] = {name: value for name, value in made.items() if value != ()}
    assert wrong(REGISTER, values) == {}


def test_why_is_a_chain_of_answers_or_a_fishbone_of_causes_by_category() -> None:
    why = ("Process: nobody owns it", "流程：没有人维护", "Because: of the release", "then late")
    assert causes(why, WORDS) == [
        Cause("nobody owns it", "process"),
        Cause("没有人维护", "process"),
        Cause("Because: of the release"),
        Cause("then late"),
    ]


def test_a_group_ends_in_its_number_of_people_or_has_none() -> None:
    assert [counted(one) for one in ("Sales: 12", "客服：30", "Sales")] == [
        ("Sales", 12),
        ("客服", 30),
        ("Sales", None),
    ]
    for bad in ("Sales: many", ": 12", "Sales: -3"):
        found = wrong(REGISTER, {"title": "Slow", "affected": (bad,)})
        assert found["affected"].code == "item_counted", bad
