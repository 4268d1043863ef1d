"""Goals that one of our metrics measures: what is read, what cannot be, and where they stand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.flags import RULES
from crm_core.domain.goals import READER, Standing, Unplaced
from crm_core.metrics import refresh
from crm_core.services import flags, goals, registers
from crm_core.services.clock import utc_now
from crm_core.services.goals import Placed
from crm_core.services.registers import ItemRefused, Write
from crm_core.store import Store

TODAY = date(2026, 3, 15)
DEALS = [
    ("Medical", "CNY", 100, "won", "2026-01-10"),
    ("Medical", "CNY", 300, "won", "2026-02-10"),
    ("Medical", "USD", 70, "won", "2026-02-20"),
    ("Medical", "CNY", 900, "won", "2026-03-05"),
    ("Retail", "CNY", 50, "lost", "2026-02-01"),
    ("Retail", "CNY", 40, "won", "2026-02-02"),
]
LINE = {
    "baseline": Decimal("0.2"),
    "baseline_date": date(2026, 1, 1),
    "target": Decimal("0.9"),
    "target_date": date(2026, 12, 31),
}
REVENUE, WON = "segment_trend.revenue", "segment_overview.win_rate"
COUNT = "segment_overview.won_opportunities"


@pytest.fixture
def sold(store: Store) -> Store:
    """Deals of two segments in two currencies."""
    with store.change(LOCAL, "test.put", area="crm") as change:
        for place, (segment, currency, amount, outcome, day) in enumerate(DEALS, 1):
            change.cursor.execute(
                "INSERT INTO crm.opportunity BY NAME SELECT $n AS row_id, $n::VARCHAR AS row_key,"
                " 'own' AS origin, 'given.csv' AS source_file, $n AS source_line,"
                " TIMESTAMP '2026-01-01' AS loaded_at, $change AS change_id,"
                " $segment AS segment, $currency AS currency, $amount AS amount,"
                " $outcome AS outcome, $day::DATE AS closed_at",
                {"n": place, "change": change.change_id, "segment": segment,
                 "currency": currency, "amount": amount, "outcome": outcome, "day": day},
            )  # fmt: skip
        refresh(change.cursor)
    return store


def add(store: Store, metric: str, *rows: str, **values: Any) -> str:
    said = {"title": metric, "metric": metric, "metric_rows": rows} | values
    return registers.add(store, LOCAL, "goal", said)


def only(store: Store, today: date = TODAY) -> Placed:
    [one] = goals.placed(store, LOCAL, today)
    return one


def test_a_metric_with_months_gives_those_that_are_over_and_the_last_is_now(sold: Store) -> None:
    add(sold, REVENUE, "basis=opportunities", "segment=Medical", "currency=CNY")
    found = only(sold)
    assert found.points == ((date(2026, 1, 31), 100), (date(2026, 2, 28), 300))
    assert (found.currency, found.unread) == ("CNY", None)


def test_a_metric_as_of_now_is_read_today_and_ratios_are_taken_from_their_parts(
    sold: Store,
) -> None:
    add(sold, WON, "basis=opportunities", **LINE)
    found = only(sold)
    [(day, value)] = found.points
    assert (day, value) == (TODAY, pytest.approx(5 / 6))
    assert isinstance(found.stands, Standing) and found.stands.done > found.stands.planned


def test_amounts_in_two_currencies_are_never_added(sold: Store) -> None:
    add(sold, REVENUE, "basis=opportunities", "segment=Medical")
    found = only(sold)
    assert found.unread and found.unread.code == "goal_currencies"
    assert found.unread.params == {"known": "CNY, USD"}
    assert (found.points, found.stands) == ((), Unplaced.NO_LINE)


def test_rows_without_a_value_are_said_to_be_missing(sold: Store) -> None:
    add(sold, COUNT, "segment=Nobody", **LINE)
    found = only(sold)
    assert found.unread and found.unread.code == "goal_nothing"
    assert found.stands is Unplaced.NO_VALUE


@pytest.mark.parametrize(
    ("metric", "rows", "field", "code"),
    [
        ("no.such", (), "metric", "goal_metric"),
        ("rows.file_id", (), "metric", "goal_metric"),
        (WON, ("colour=red",), "metric_rows", "goal_rows"),
        (WON, ("segment",), "metric_rows", "goal_rows"),
        (WON, ("basis=guess",), "metric_rows", "goal_rows"),
        (None, ("segment=Medical",), "metric", "goal_metric_missing"),
    ],
)
def test_a_measure_that_is_none_is_refused_at_its_field(
    store: Store, metric: str | None, rows: tuple[str, ...], field: str, code: str
) -> None:
    with pytest.raises(ItemRefused) as refused:
        said = {"title": "A", "metric": metric, "metric_rows": rows}
        registers.add(store, LOCAL, "goal", said)
    assert {name: one.code for name, one in refused.value.problems.items()} == {field: code}


def test_everything_that_is_offered_can_be_read(sold: Store) -> None:
    offered = goals.offered(sold, LOCAL)
    assert "segment=Medical" in offered.rows and "currency=USD" in offered.rows
    for metric in offered.metrics:
        add(sold, metric)
    for one in goals.placed(sold, LOCAL, TODAY):
        assert one.points or (one.unread and one.unread.code in ("goal_nothing", "goal_currencies"))


def test_a_value_a_day_is_kept_and_another_measure_begins_anew(sold: Store) -> None:
    def kept() -> list[tuple[Any, ...]]:
        with sold.read() as cursor:
            return cursor.execute(
                "SELECT goal, day, value FROM programme.goal_reading ORDER BY ALL"
            ).fetchall()

    key = add(sold, COUNT, "basis=opportunities", "segment=Retail")
    assert goals.keep_readings(sold, READER, TODAY) == 1
    assert goals.keep_readings(sold, READER, TODAY) == 0
    tomorrow = date(2026, 3, 16)
    assert goals.keep_readings(sold, READER, tomorrow) == 1
    assert kept() == [(key, TODAY, 1), (key, tomorrow, 1)]
    assert only(sold, date(2026, 3, 17)).points[0] == (TODAY, 1)
    said = {
        "title": "A",
        "metric": COUNT,
        "metric_rows": ("basis=opportunities", "currency=CNY"),
    }
    registers.change(sold, LOCAL, "goal", key, said, 1)
    assert goals.keep_readings(sold, READER, tomorrow) == 1
    assert kept() == [(key, tomorrow, 4)]
    registers.change(sold, LOCAL, "goal", key, {"title": "A"}, 2)
    assert goals.keep_readings(sold, READER, tomorrow) == 0 and kept() == []
    with sold.read() as cursor:
        actors = cursor.execute(
            "SELECT DISTINCT actor_id FROM app.change WHERE action = 'goal.read'"
        ).fetchall()
    assert actors == [(READER.id,)]


def test_flags_see_what_was_read_as_soon_as_they_are_kept_up(
    sold: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {"goal_off_line": flags.choosing.flag_rules()["goal_off_line"]}
    monkeypatch.setattr(flags.choosing, "flag_rules", lambda: rules)
    line = LINE | {"baseline": 0, "target": 100}
    add(sold, COUNT, "basis=opportunities", "segment=Retail", **line)
    flags.keep_up(sold, RULES, utc_now())
    [flag] = flags.listed(sold, LOCAL)
    assert flag.facts["now"] == 1


def test_a_goal_that_people_measure_has_the_course_that_they_typed(store: Store) -> None:
    typed = {"title": "NPS", "reached": 30, "reached_on": date(2026, 1, 5)} | LINE
    key = registers.add(store, LOCAL, "goal", typed)
    later = typed | {"reached": 31, "reached_on": date(2026, 2, 5)}
    registers.change(store, LOCAL, "goal", key, later, 1)
    registers.change(store, LOCAL, "goal", key, later | {"reached": 32}, 2)
    assert only(store).points == ((date(2026, 1, 5), 30), (date(2026, 2, 5), 32))


def test_the_goal_that_is_farthest_behind_stands_first_those_without_a_line_last(
    store: Store,
) -> None:
    def goal(title: str, reached: str | None) -> Write:
        told = {"reached": Decimal(reached), "reached_on": TODAY} if reached else {}
        return Write(None, {"title": title} | LINE | told)

    rows = [goal("Unknown", None), goal("Ahead", "0.8"), goal("Behind", "0.21")]
    dropped = Write(None, {"title": "Dropped", "status": "dropped"})
    registers.write(store, LOCAL, "goal", [*rows, dropped])
    assert [one.title for one in goals.placed(store, LOCAL, TODAY)] == [
        "Behind",
        "Ahead",
        "Unknown",
    ]
