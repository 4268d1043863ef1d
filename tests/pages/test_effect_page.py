"""Measured effect: the course with its go-lives, both comparisons, promised and seen."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from own_store import HEAD, Open, load, open_own, shown

from crm_core.domain.actor import LOCAL
from crm_core.services import effect, registers
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/plan/effect.py"
LIVE = date(2024, 1, 15)


def deals() -> str:
    """Two years of won deals: Medical doubles after the go-live, Retail does not."""
    lines = []
    for at in range(24):
        day = f"{2023 + at // 12}-{at % 12 + 1:02}-10"
        medical, wobble = (2000 if at > 12 else 1000), 10 * (at % 3)
        for name, segment, amount in (("Alder", "Medical", medical), ("Birch", "Retail", 1000)):
            lines.append(
                f"{at}{name},{name},{segment},Scanner,Ann Lee,Closed Won,{amount + wobble},{day}\n"
            )
    return HEAD + "".join(lines)


@pytest.fixture
def own(open_own: Open, tmp_path: Path) -> Store:  # noqa: ARG001
    store = load(tmp_path, deals())
    rows = {"metric": "segment_trend.revenue", "metric_rows": ("segment=Medical",)}
    goals = [{"title": "Sell $x$", "direction": "up"} | rows, {"title": "Be liked"}]
    registers.write(store, LOCAL, "goal", [Write(None, row) for row in goals])
    values = {
        "title": "Fairs", "goals": ("G-1", "G-2"), "ended_on": LIVE, "status": "done",
        "value_a_year": Decimal(9000),
    }  # fmt: skip
    registers.add(store, LOCAL, "initiative", values)
    return store


def test_a_segment_that_doubles_while_others_do_not_is_told(own: Store) -> None:
    found = effect.effects(own, LOCAL, date(2025, 3, 1))
    [first, second] = found.effects
    assert (len(first.sides.before), len(first.sides.after), first.sides.gap) == (11, 11, 1)
    assert (first.verdict, second.verdict) == ("better", "untold")
    for shift in (first.own, first.others):
        assert shift.low < 1000 < shift.high + 50 and shift.low > 800  # type: ignore[union-attr]
    assert second.course.problem and second.course.problem.code == "goal_by_hand"
    assert found.live[0].promised == 9000


def test_what_nobody_dated_went_live_when_it_was_first_said_to_be_done(own: Store) -> None:
    registers.add(own, LOCAL, "initiative", {"title": "Undated", "progress": 100})
    registers.add(own, LOCAL, "initiative", {"title": "Under way", "progress": 99})
    registers.add(own, LOCAL, "initiative", {"title": "Given up", "status": "dropped",
                                             "ended_on": LIVE})  # fmt: skip
    found = effect.effects(own, LOCAL, date.today() + timedelta(days=1))
    assert [one.title for one in found.live] == ["Fairs", "Undated"]
    assert found.live[1].day in (date.today(), date.today() - timedelta(days=1))


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "said", "untold"),
    [
        ("en", ["“Fairs” moved this goal the right way", "on average in the 11 months before",
                "Against others that nobody touched"], "Cannot be told"),
        ("zh", ["“Fairs”让这个目标向好的方向变化", "上线前 11 个月平均", "与未受影响的同类相比"],
         "无法判断"),
    ],
)  # fmt: skip
def test_the_page_says_what_can_be_told_and_marks_the_go_live(
    open_own: Open, language: str, said: list[str], untold: str
) -> None:
    app = open_own(language, PAGE)
    told = shown(app)
    for sentence in said:
        assert sentence in told
    [drawn] = app.get("plotly_chart")
    spec = json.loads(drawn.proto.spec)
    assert "Fairs" in str(spec["layout"]["annotations"])
    assert spec["layout"]["shapes"][0]["x0"].startswith(LIVE.isoformat())
    rows = app.dataframe[0].value
    assert rows["promised"].tolist() == [9000, 9000]
    assert untold in rows["verdict"][1]


def test_without_go_lives_the_page_says_how_to_begin(open_own: Open) -> None:
    assert "####" in shown(open_own("zh", PAGE))
