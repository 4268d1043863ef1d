"""Whole deliveries bring the same broken record again and again: it waits once."""

from collections.abc import Callable
from datetime import date

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import audit, imports
from crm_core.services.quality.migration import migration
from crm_core.services.quarantine import correct, worklist
from crm_core.services.quarantine.rerun import rerun
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

HEADER = "Opportunity ID,Account,Stage,Amount,Close Date\n"
GOOD = "".join(f"G{n},B,Won,5,2025-01-01\n" for n in range(9))
AMOUNT = 3
Deliver = Callable[..., int]


@pytest.fixture
def deliver(store: Store, tmp_path) -> Deliver:
    """Load a delivery of its own name: what it says of O1, among good lines; its batch."""

    def deliver(month: str, *lines: str) -> int:
        path = tmp_path / f"deals-{month}.csv"
        path.write_text(HEADER + GOOD + "".join(line + "\n" for line in lines))
        with imports.prepare(store, LOCAL, [path]) as upload:
            batch = imports.load(store, LOCAL, upload).batch
        assert batch is not None
        return batch

    return deliver


def broken(stage: str = "Won", amount: str = "abc", day: str = "2025-01-01") -> str:
    return f"O1,A,{stage},{amount},{day}"


def waiting(store: Store) -> list[tuple[str, str]]:
    """File and value of every line that waits, the newest first."""
    rows = worklist.lines(store, LOCAL, Filter())
    return [(row["source_file"].removeprefix("deals-")[:3], row["value"]) for row in rows]


def number(store: Store) -> int:
    [found] = worklist.numbers(store, LOCAL, Filter())
    return found


def test_a_broken_line_that_comes_again_unchanged_is_the_line_that_waits(store, deliver) -> None:
    deliver("jan", broken())
    first = number(store)
    deliver("feb", "O2,C,Won,6,2025-01-02", broken())
    assert number(store) == first


def test_the_newer_line_of_a_broken_record_takes_the_older_ones_place(store, deliver) -> None:
    deliver("jan", broken("Open"))
    correct.assign(store, LOCAL, [number(store)], owner="Ada", due=date(2030, 1, 1))
    correct.correct(store, LOCAL, {number(store): {AMOUNT: "7"}})
    deliver("feb", broken("Won"))
    assert waiting(store) == [("feb", "abc")]
    [row] = worklist.lines(store, LOCAL, Filter())
    assert (row["owner"], row["due"]) == ("Ada", date(2030, 1, 1))
    cells = [cell.value for cell in correct.line(store, LOCAL, number(store)).cells]
    assert cells == ["O1", "A", "Won", "7", "2025-01-01"]


def test_the_trail_names_the_load_also_where_its_line_takes_a_place(store, deliver) -> None:
    deliver("jan", broken("Open"))
    correct.correct(store, LOCAL, {number(store): {AMOUNT: "7"}})
    batches = [deliver("feb", broken("Won")), deliver("mar")]
    loads = [one for one in audit.trail(store, LOCAL, audit.Filter()) if one.action == "batch.load"]
    assert [one.subject for one in loads[:2]] == [str(batch) for batch in reversed(batches)]


def test_a_correction_of_another_value_is_not_taken_over(store, deliver) -> None:
    deliver("jan", broken(amount="abc"))
    correct.correct(store, LOCAL, {number(store): {AMOUNT: "7"}})
    deliver("feb", broken(amount="xyz"))
    assert waiting(store) == [("feb", "xyz")]
    assert correct.line(store, LOCAL, number(store)).cells[AMOUNT].value == "xyz"


def test_another_fault_of_the_record_waits_beside_the_first(store, deliver) -> None:
    deliver("jan", broken())
    deliver("feb", broken(amount="5", day="soon"))
    assert waiting(store) == [("feb", "soon"), ("jan", "abc")]


def test_of_several_lines_of_one_key_none_is_lost(store, deliver) -> None:
    deliver("jan", broken("Open"), broken("Won"))
    deliver("feb", broken("Won"), broken("Lost"))
    assert waiting(store) == [("feb", "abc"), ("jan", "abc"), ("jan", "abc")]


def test_a_broken_line_beside_a_sound_one_waits_on_when_the_file_comes_again(
    store, deliver
) -> None:
    deliver("jan", broken(amount="5"), broken())
    first = number(store)
    deliver("feb", broken(amount="5"), broken())
    assert number(store) == first


def test_two_broken_lines_that_read_the_same_both_wait_on_beside_a_sound_one(
    store, deliver
) -> None:
    for month in ("jan", "feb"):
        deliver(month, broken(amount="5"), broken(), broken())
        assert waiting(store) == [("jan", "abc"), ("jan", "abc")]


@pytest.mark.parametrize("order", [("sound", "broken"), ("broken", "sound")])
def test_a_broken_line_beside_a_sound_one_in_another_file_of_the_load_waits_on(
    store, tmp_path, order
) -> None:
    lines = {"sound": broken(amount="5"), "broken": broken()}
    numbers = []
    for month in ("jan", "feb"):
        paths = [tmp_path / f"{at}-{name}.csv" for at, name in enumerate(order)]
        for path, name in zip(paths, order, strict=True):
            extra = GOOD.replace("G", month[0])
            path.write_text(HEADER + extra + lines[name] + "\n")
        with imports.prepare(store, LOCAL, paths) as upload:
            imports.load(store, LOCAL, upload)
        numbers.append(number(store))
    assert numbers[0] == numbers[1]


def test_a_line_that_was_corrected_and_run_does_not_wait_again(store, deliver) -> None:
    deliver("jan", broken())
    correct.correct(store, LOCAL, {number(store): {AMOUNT: "7"}})
    ran = rerun(store, LOCAL, Filter()).batch
    deliver("feb", broken())
    assert waiting(store) == []
    assert ran is not None
    imports.undo(store, LOCAL, ran)
    assert waiting(store) == [("jan", "abc")]


def test_a_sound_line_that_is_known_closes_what_waited_of_its_record(store, deliver) -> None:
    deliver("jan", broken(amount="5"))
    deliver("feb", broken())
    march = deliver("mar", broken(amount="5"))
    assert waiting(store) == []
    imports.undo(store, LOCAL, march)
    assert waiting(store) == [("feb", "abc")]


def test_what_was_typed_stays_when_a_line_that_was_run_and_still_waits_comes_again(
    store, deliver
) -> None:
    deliver("jan", broken(amount="abc", day="soon"))
    correct.correct(store, LOCAL, {number(store): {AMOUNT: "7"}})
    rerun(store, LOCAL, Filter())
    assert waiting(store) == [("jan", "soon")]
    deliver("feb", broken(amount="abc", day="soon"))
    assert correct.line(store, LOCAL, number(store)).cells[AMOUNT].value == "7"


def test_a_newer_line_waits_since_the_older_one_did_and_counts_as_no_work_done(
    store, deliver
) -> None:
    deliver("jan", broken("Open"))
    deliver("feb", broken("Won"))
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT since, status FROM crm.quarantine ORDER BY quarantine_id"
        ).fetchall()
    assert rows == [(rows[0][0], "replaced"), (rows[0][0], "open")]
    told = migration(store, LOCAL)
    assert (sum(one.lines for one in told.waiting), told.settled) == (1, 0)


def test_the_report_of_a_load_tells_what_it_found_waiting(store, deliver) -> None:
    deliver("jan", broken())
    told = migration(store, LOCAL, deliver("feb", broken()))
    assert [(one.rule, one.lines) for one in told.waiting] == [("number_unreadable", 1)]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_taking_deliveries_back_puts_the_older_line_in_its_place_again(
    store, deliver, order
) -> None:
    deliver("jan", broken("Open"))
    batches = {1: deliver("feb", broken("Won")), 2: deliver("mar", broken("Lost"))}
    first, second = order
    imports.undo(store, LOCAL, batches[first])
    assert waiting(store) == [("mar" if first == 1 else "feb", "abc")]
    imports.undo(store, LOCAL, batches[second])
    assert waiting(store) == [("jan", "abc")]


def test_a_record_that_came_in_later_does_not_wait_when_a_delivery_between_is_taken_back(
    store, deliver
) -> None:
    deliver("jan", broken("Open"))
    february = deliver("feb", broken("Won"))
    march = deliver("mar", broken(amount="5"))
    imports.undo(store, LOCAL, february)
    assert waiting(store) == []
    imports.undo(store, LOCAL, march)
    assert waiting(store) == [("jan", "abc")]


def test_a_line_does_not_come_back_beside_a_newer_one_of_the_same_fault(store, deliver) -> None:
    deliver("jan", broken("Open"))
    february = deliver("feb", broken(amount="5"))
    march = deliver("mar", broken("Won"))
    imports.undo(store, LOCAL, february)
    assert waiting(store) == [("mar", "abc")]
    imports.undo(store, LOCAL, march)
    assert waiting(store) == [("jan", "abc")]


def test_a_delivery_whose_waiting_line_came_again_is_not_taken_back_alone(store, tmp_path) -> None:
    def load(name: str) -> int:
        path = tmp_path / f"{name}.csv"
        path.write_text(HEADER + broken() + "\n")
        with imports.prepare(store, LOCAL, [path]) as upload:
            batch = imports.load(store, LOCAL, upload).batch
        assert batch is not None
        return batch

    first, second = load("one"), load("two")
    with pytest.raises(Refused) as refused:
        imports.undo(store, LOCAL, first)
    assert refused.value.problem.params["later"] == str(second)
    imports.undo(store, LOCAL, second)
    imports.undo(store, LOCAL, first)
    assert waiting(store) == []
