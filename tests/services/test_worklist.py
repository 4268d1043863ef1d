from collections.abc import Callable

from crm_core.domain.actor import LOCAL
from crm_core.services import audit, imports, settings
from crm_core.services.imports import ImportResult
from crm_core.services.quarantine import worklist
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

DEALS = "Opportunity ID,Account,Stage,Amount,Close Date\n"
GOOD = "".join(f"G{n},B,Won,5,2025-01-01\n" for n in range(9))
Load = Callable[..., ImportResult]


def test_the_worklist_is_filtered_by_file_rule_and_entity(store: Store, load: Load) -> None:
    load(
        one=DEALS + "O1,A,Won,abc,2025-01-01\nO3,B,Won,6,soon\n" + GOOD,
        two=DEALS + "O4,A,Won,5\nO5,A,Won,5,2025-01-02\n",
    )
    every = worklist.lines(store, LOCAL, Filter())
    assert len(every) == worklist.count(store, LOCAL) > 1
    assert worklist.facets(store, LOCAL)["entity"] == ["opportunity"]
    bad = worklist.lines(store, LOCAL, Filter(source_file="one.csv", rule="number_unreadable"))
    assert [(row["source_line"], row["column"], row["value"]) for row in bad] == [
        (2, "Amount", "abc")
    ]
    assert worklist.count(store, LOCAL, Filter(rule="' OR true --")) == 0
    assert worklist.lines(store, LOCAL, Filter(), limit=1, offset=1) == every[1:2]


def test_lines_of_a_load_that_was_taken_back_wait_no_longer(store: Store, load: Load) -> None:
    result = load(one=DEALS + "O1,A,Won,abc,2025-01-01\n" + GOOD)
    assert worklist.count(store, LOCAL) == 1
    assert result.batch is not None
    imports.undo(store, LOCAL, result.batch)
    assert worklist.count(store, LOCAL) == 0


def test_the_audit_trail_tells_who_changed_what_the_newest_first(store: Store, load: Load) -> None:
    load(one=DEALS + "O1,A,Won,5,2025-01-01\nO2,B,Won,6,2025-01-01\n")
    settings.write(store, LOCAL, "fiscal_year_start", 4)
    newest, basis, oldest = audit.trail(store, LOCAL, audit.Filter())
    assert (newest.action, newest.subject, newest.detail) == (
        "setting.set",
        "fiscal_year_start",
        {"before": 1, "after": 4},
    )
    assert (oldest.action, oldest.detail["loaded"]) == ("batch.load", 2)
    assert audit.areas(store, LOCAL) == ["crm", "settings"]
    assert audit.people(store, LOCAL) == [LOCAL.name]
    only = audit.Filter(area="crm", person=LOCAL.name)
    assert [entry.action for entry in audit.trail(store, LOCAL, only)] == ["batch.load"]
    assert audit.count(store, LOCAL, audit.Filter(person="' OR true --")) == 0
    assert audit.trail(store, LOCAL, audit.Filter(), limit=2, offset=1) == [basis, oldest]


BAD = "O1,A,Won,abc,2025-01-01\n"


def statuses(store: Store) -> list[tuple[str, int | None]]:
    with store.read() as cursor:
        return cursor.execute(
            "SELECT status, resolved_by FROM crm.quarantine ORDER BY quarantine_id"
        ).fetchall()


def test_a_line_that_a_corrected_file_loads_waits_no_longer(store: Store, load: Load) -> None:
    load(one=DEALS + BAD + GOOD)
    corrected = load(corrected=DEALS + BAD.replace("abc", "7"))
    assert statuses(store) == [("resolved", corrected.batch)]
    load(one=DEALS + BAD + GOOD)
    assert statuses(store) == [("resolved", corrected.batch)]


def test_taking_the_correction_back_opens_the_line_again(store: Store, load: Load) -> None:
    load(one=DEALS + BAD + GOOD)
    corrected = load(one=DEALS + BAD.replace("abc", "7") + GOOD)
    imports.undo(store, LOCAL, corrected.batch)
    assert statuses(store) == [("open", None)]


def test_a_line_whose_own_load_was_taken_back_is_never_opened_again(
    store: Store, load: Load
) -> None:
    first = load(one=DEALS + BAD + GOOD)
    corrected = load(two=DEALS + BAD.replace("abc", "7"))
    imports.undo(store, LOCAL, first.batch)
    imports.undo(store, LOCAL, corrected.batch)
    assert [status for status, _ in statuses(store)] == ["dropped"]


def test_other_content_under_the_same_file_name_closes_nothing(store: Store, load: Load) -> None:
    load(one=DEALS + BAD + GOOD)
    load(one=DEALS + "P1,A,Won,7,2025-01-01\n" + GOOD.replace("G", "H"))
    load(one="Ticket ID,Subject,Status,Opened\nO1,Broken,Open,2025-01-01\n")
    assert [status for status, _ in statuses(store)] == ["open"]
    load(one=DEALS + BAD.replace("O1", "O2") + GOOD)
    assert [status for status, _ in statuses(store)] == ["open", "open"]


def test_lines_without_a_key_of_their_own_are_not_closed_by_guess(store: Store, load: Load) -> None:
    text = "Account,Stage,Amount,Close Date\nA,Won,abc,2025-01-01\n"
    text += "".join(f"B{n},Won,5,2025-01-01\n" for n in range(9))
    load(one=text)
    load(one=text.replace("abc", "7"))
    assert [status for status, _ in statuses(store)] == ["open"]


def test_a_good_line_of_the_same_load_does_not_close_a_bad_one(store: Store, load: Load) -> None:
    load(one=DEALS + BAD.replace("abc", "7") + GOOD + BAD)
    assert [status for status, _ in statuses(store)] == ["open"]
