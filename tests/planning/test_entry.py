"""What people write about initiatives: read as meant, refused where it cannot be."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.planning.calendar import Calendar, Unit
from crm_core.domain.planning.entry import amount, dependency, wrong_links, wrong_values
from crm_core.domain.planning.model import Bond, Dependency
from crm_core.domain.registers import Value
from crm_core.i18n import Texts
from crm_core.services import registers, stores
from crm_core.services.registers import ItemRefused, Write, exchange, workbook
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
        ("duration_least", -1, "item_range"),
        ("risk", Decimal(2), "item_range"),
        ("value_a_year", Decimal(-5), "item_least"),
        ("effort", ("integration: plenty",), "plan_amount"),
        ("together_with", ("IN-4: much",), "plan_amount"),
        ("deadline", "2026-02-30", "plan_period"),
        ("kind", "magic", "item_option"),
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


HEADS = "id,title,duration,effort,depends_on,cost\n"
BAD = {
    "a circle": (
        HEADS + "I1,A,1,,I2,\nI2,B,1,,I1 SS,\n",
        [(2, "depends_on", "plan_circle"), (3, "depends_on", "plan_circle")],
    ),
    "a circle with a row that is there": (
        HEADS + "IN-1,A,1,,I2,\nI2,B,1,,IN-1,\n",
        [(2, "depends_on", "plan_circle"), (3, "depends_on", "plan_circle")],
    ),
    "itself": (HEADS + "I1,A,1,,I1 +2,\n", [(2, "depends_on", "plan_itself")]),
    "a stranger": (HEADS + "I1,A,1,,I9,\n,B,1,,I8,\n",
                   [(2, "depends_on", "plan_unknown"), (3, "depends_on", "plan_unknown")]),
    "no duration": (HEADS + "I1,A,-1,,,\n", [(2, "duration", "item_range")]),
    "no amount": (HEADS + "I1,A,1,plenty,,\n", [(2, "effort", "plan_amount")]),
    "a text for a cost": (HEADS + "I1,A,1,,,dear\n", [(2, "cost", "item_number")]),
    "no dependency": (HEADS + "I1,A,1,,when it rains,\n",
                      [(2, "depends_on", "plan_dependency")]),
    "what waits for a line that is wrong is not": (
        HEADS + "I1,A,-1,,,\nI2,B,1,,I1,\n", [(2, "duration", "item_range")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), BAD.values(), ids=BAD)
def test_each_bad_line_of_a_file_is_named_with_its_column_and_nothing_is_kept(
    store: Store, tmp_path: Path, text: str, wrong: list[tuple[int, str, str]]
) -> None:
    registers.add(store, LOCAL, "initiative", {"title": "There"})
    path = tmp_path / "initiatives.csv"
    path.write_text(text, encoding="utf-8")
    found = exchange.preview(store, LOCAL, "initiatives", path)
    assert [(one.line, one.column, one.problem.code) for one in found.wrong] == wrong
    for one in found.wrong:
        assert "–" not in Texts("en").problem(one.problem)


def test_dependencies_among_the_lines_of_a_file_and_with_rows_that_are_there_are_kept(
    store: Store, tmp_path: Path
) -> None:
    registers.add(store, LOCAL, "initiative", {"title": "There"})
    path = tmp_path / "initiatives.csv"
    path.write_text(HEADS + "I1,A,1,,I2; IN-1 SS+1,\nI2,B,1,,,\n,C,1,,I1,\n", encoding="utf-8")
    found = exchange.preview(store, LOCAL, "initiatives", path)
    assert not found.wrong
    exchange.apply(store, LOCAL, found)
    row = registers.row(store, LOCAL, "initiative", "I1")
    assert row.values["depends_on"] == ("I2", "IN-1 SS+1")


WHOLE: dict[str, Value] = {
    "title": "Clean the data, all of it",
    "owner": "陈晓",
    "status": "planned",
    "due": date(2026, 6, 30),
    "notes": "first line\nsecond, with a comma",
    "kind": "data",
    "pain_points": ("P-1", "P-2"),
    "flags": ("R-1",),
    "wishes": ("I-1",),
    "goals": ("G-1", "G-2"),
    "strength": "decisive",
    "processes": ("PR-1",),
    "touches": ("A-1", "网站"),
    "departments": ("销售部: 2", "Service: 1"),
    "duration": 4,
    "duration_least": 3,
    "duration_most": 6,
    "effort": ("集成: 0.5", "analysis: 1"),
    "cost": Decimal("120000.50"),
    "running_cost": Decimal("1200"),
    "value_a_year": Decimal("260000"),
    "value_after": 2,
    "risk": Decimal("0.15"),
    "depends_on": ("IN-2 SS+2",),
    "excludes": ("IN-2",),
    "together_with": ("IN-2: 50000",),
    "earliest": "3",
    "deadline": "2026-12-31",
    "pinned": "2026-03-01",
    "phase": ("PH-1",),
    "wanted": "always",
    "started_on": date(2026, 1, 5),
    "ended_on": date(2026, 5, 4),
    "progress": 40,
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_column_of_an_initiative_goes_out_and_comes_back(
    store: Store, tmp_path: Path, form: workbook.Form, language: str
) -> None:
    fields = {one.name for one in registers.known("initiative").fields}
    assert fields == WHOLE.keys()
    writes = [Write(None, WHOLE), Write(None, {"title": "Other"})]
    registers.write(store, LOCAL, "initiative", writes)
    path = tmp_path / f"initiatives.{form}"
    path.write_bytes(workbook.export(store, LOCAL, "initiative", Texts(language), form))
    found = exchange.preview(store, LOCAL, "initiatives", path)
    assert (found.same, found.wrong, found.left_out) == (2, [], ())
    other = stores.open_store(tmp_path / "other" / "crm.duckdb")
    try:
        exchange.apply(other, LOCAL, exchange.preview(other, LOCAL, "initiatives", path))
        assert registers.row(other, LOCAL, "initiative", "IN-1").values == WHOLE
    finally:
        other.close()
