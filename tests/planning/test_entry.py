"""What people write about initiatives: read as meant, refused where it cannot be."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.planning.calendar import Calendar, Unit
from crm_core.domain.planning.entry import amount, dependency, wrong_links, wrong_values
from crm_core.domain.planning.model import Bond, Dependency
from crm_core.domain.registers import Value
from crm_core.services import registers
from crm_core.services.registers import ItemRefused, Write
from crm_core.store import Store


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I1", Dependency("I1")),
        ("IN-2", Dependency("IN-2")),
        ("I2 SS+2", Dependency("I2", Bond.START_START, 2)),
        ("IN-3 ff", Dependency("IN-3", Bond.FINISH_FINISH)),
        ("IN-3 FS -1", Dependency("IN-3", Bond.FINISH_START, -1)),
        ("IN-4 +1", Dependency("IN-4", Bond.FINISH_START, 1)),
        ("after lunch maybe", None),
        ("", None),
    ],
)
def test_what_something_waits_for_is_read(text: str, meant: Dependency | None) -> None:
    assert dependency(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("integration:0.5", ("integration", 0.5)),
        ("集成： 1", ("集成", 1.0)),
        ("integration", None),
        ("integration: -1", None),
        ("integration: many", None),
    ],
)
def test_an_amount_is_a_name_and_a_number(text: str, meant: tuple[str, float] | None) -> None:
    assert amount(text) == meant


def test_circles_strangers_and_what_waits_for_itself_are_told() -> None:
    found = wrong_links({"A": ["B"], "B": ["C SS"], "C": ["A"], "D": ["D"], "E": ["X"], "F": ["A"]})
    assert {key: one.code for key, one in found.items()} == {
        **dict.fromkeys("ABC", "plan_circle"),
        "D": "plan_itself",
        "E": "plan_unknown",
    }
    assert set(str(found["A"].params["value"]).split(" → ")) == {"A", "B", "C"}


units = st.sampled_from(("week", "month", "quarter"))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), units, st.integers(0, 300))
def test_the_first_day_of_a_period_lies_in_it_and_the_day_before_does_not(
    start: date, unit: Unit, period: int
) -> None:
    calendar = Calendar(start.replace(day=min(start.day, 28)), unit)
    day = calendar.day(period)
    assert calendar.period(day) == period
    assert calendar.period(date.fromordinal(day.toordinal() - 1)) == period - 1
    assert calendar.read(str(period + 1)) == calendar.read(day.isoformat()) == period


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("depends_on", ("IN-9",), "plan_unknown"),
        ("depends_on", ("when it rains",), "plan_dependency"),
        ("effort", ("integration",), "plan_amount"),
        ("earliest", "soon", "plan_period"),
        ("duration", -1, "item_range"),
        ("risk", Decimal(2), "item_range"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_entry(
    store: Store, field: str, value: Value, code: str
) -> None:
    with pytest.raises(ItemRefused) as found:
        registers.add(store, LOCAL, "initiative", {"title": "A", field: value})
    assert found.value.problems[field].code == code
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM programme.initiative").fetchone() == (0,)


def test_a_circle_is_refused_when_its_last_link_is_saved(store: Store) -> None:
    registers.write(
        store,
        LOCAL,
        "initiative",
        [
            Write("I1", {"title": "A", "depends_on": ("I2",)}),
            Write("I2", {"title": "B"}),
        ],
    )
    with pytest.raises(ItemRefused) as found:
        registers.change(
            store, LOCAL, "initiative", "I2", {"title": "B", "depends_on": ("I1 SS+2",)}, 1
        )
    assert found.value.problems["depends_on"].code == "plan_circle"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"duration": 3, "duration_least": 3, "duration_most": 3}, {}),
        ({"duration": 3, "duration_least": 4}, {"duration_least": "plan_least"}),
        ({"duration": 3, "duration_most": 2}, {"duration_most": "plan_most"}),
        ({"duration_most": 0}, {"duration_most": "plan_most"}),
        ({"duration_most": 5}, {}),
    ],
)
def test_the_usual_duration_lies_in_the_range(
    values: dict[str, Value], wrong: dict[str, str]
) -> None:
    found = wrong_values("initiative", values)
    assert {name: one.code for name, one in found.items()} == wrong


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), units, st.integers(0, 300), st.floats(0, 1))
def test_a_broken_period_ends_on_a_day_in_it(
    start: date, unit: Unit, period: int, part: float
) -> None:
    calendar = Calendar(start.replace(day=min(start.day, 28)), unit)
    assert calendar.moment(calendar.day(period)) == period
    assert calendar.last_day(period + 1) == date.fromordinal(
        calendar.day(period + 1).toordinal() - 1
    )
    if part > 0.01:
        assert calendar.period(calendar.last_day(period + part)) == period
