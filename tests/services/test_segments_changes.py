"""What changed since the reader last looked, and the marker of that look."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.services import segments

HEAD = "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
FIRST = HEAD + "001,Alder,Medical,Closed Won,100,2024-06-30\n"


@pytest.fixture
def seen(load, store):
    """A store with one deal, which the reader took note of."""
    load(deals=FIRST)
    moment = segments.latest(store, LOCAL)
    segments.look(store, LOCAL, "segments", moment)
    return store


def changes(store):
    since = segments.last_look(store, LOCAL, "segments")
    found = segments.since(store, LOCAL, "opportunities", since)
    return {row.kind: (row.rows, row.amount) for row in segments.by_kind(found, None)}


def test_nobody_looked_at_a_store_at_first(store) -> None:
    assert segments.latest(store, LOCAL) is None
    assert segments.last_look(store, LOCAL, "segments") is None


def test_nothing_is_news_when_nothing_changed(seen) -> None:
    assert segments.last_look(seen, LOCAL, "segments") == segments.latest(seen, LOCAL)
    assert changes(seen) == {}


def test_new_late_and_corrected_rows_are_told_apart(seen, load) -> None:
    load(
        deals=HEAD + "001,Alder,Medical,Closed Won,90,2024-06-30\n"
        "002,Alder,Medical,Closed Won,7,2024-07-02\n"
        "003,Alder,Medical,Closed Won,5,2024-05-02\n"
    )
    assert changes(seen) == {
        "new": (1, Decimal(7)),
        "late": (1, Decimal(5)),
        "corrected": (1, Decimal(-10)),
    }


def test_a_reclassified_row_is_one_row_though_it_stands_in_two_segments(seen, load) -> None:
    load(deals=FIRST.replace("Medical", "Retail"))
    assert changes(seen) == {"reclassified": (1, Decimal(0))}


def test_what_was_loaded_after_the_page_was_drawn_stays_news(seen, load) -> None:
    drawn = segments.latest(seen, LOCAL)
    load(deals=FIRST + "002,Alder,Medical,Closed Won,7,2024-07-02\n")
    segments.look(seen, LOCAL, "segments", drawn)
    assert changes(seen) == {"new": (1, Decimal(7))}


def test_taking_note_ends_the_news_and_leaves_no_audit_row(seen, load) -> None:
    load(deals=FIRST + "002,Alder,Medical,Closed Won,7,2024-07-02\n")
    version = seen.version("crm"), seen.version("settings")
    segments.look(seen, LOCAL, "segments", segments.latest(seen, LOCAL))
    assert changes(seen) == {}
    assert (seen.version("crm"), seen.version("settings")) == version


def test_each_reader_and_page_has_a_marker_of_its_own(seen) -> None:
    assert segments.last_look(seen, Actor("ann", "Ann"), "segments") is None
    assert segments.last_look(seen, LOCAL, "brief") is None


def test_only_the_last_look_counts(seen) -> None:
    later = segments.latest(seen, LOCAL) + timedelta(days=1)
    segments.look(seen, LOCAL, "segments", later)
    assert segments.last_look(seen, LOCAL, "segments") == later
    with seen.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM app.last_look").fetchall() == [(1,)]
