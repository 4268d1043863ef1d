"""Who works in the system: shares by team and week, sellers, and whose exemption counts."""

from datetime import date

import pytest

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.services import adoption, registers
from crm_core.store import Store

TODAY = date(2024, 3, 17)
_TECHNICAL = (
    "n AS row_id, n::VARCHAR AS row_key, 'own' AS origin, n AS source_line,"
    " TIMESTAMP '2024-03-17' AS loaded_at, 1 AS change_id"
)
_PEOPLE = "('P1', 'Ann', 'East', true), ('P2', 'Bo', 'East', true), ('P3', 'Cy', 'East', false)"
_DEALS = (
    "('O1', 'P1', 'won', 100, DATE '2024-02-01', DATE '2024-03-12'),"
    " ('O2', 'P2', 'won', 900, DATE '2024-03-12', DATE '2024-03-12'),"
    " ('O3', 'P3', 'won', 10, DATE '2023-03-12', DATE '2023-03-12')"
)
_ACTIVITIES = (
    "('P1', 'O1', TIMESTAMP '2024-03-05 10:00'), ('P1', 'O1', TIMESTAMP '2024-03-13 10:00'),"
    " ('P2', 'O1', TIMESTAMP '2030-01-01 10:00')"
)
_GIVEN = {
    "person": ("person_id, name, team, active", _PEOPLE),
    "opportunity": ("opportunity_id, owner_id, outcome, amount, created_at, closed_at", _DEALS),
    "activity": ("owner_id, opportunity_id, happened_at", _ACTIVITIES),
}


@pytest.fixture
def company(store: Store) -> Store:
    with store.change(LOCAL, "test.put", area="crm") as change:
        for table, (names, rows) in _GIVEN.items():
            change.cursor.execute(
                f"INSERT INTO crm.{table} BY NAME SELECT *, {_TECHNICAL} FROM ("
                f" SELECT *, row_number() OVER () AS n FROM (VALUES {rows}) AS given({names})"
                f") AS numbered".replace("SELECT *, n AS", "SELECT * EXCLUDE n, n AS")
            )
        metrics.refresh(change.cursor)
    return store


def test_a_team_is_measured_by_those_who_are_still_there_up_to_today(company: Store) -> None:
    found = adoption.adoption(company, LOCAL, TODAY, weeks=2)
    assert found.weeks == (date(2024, 3, 4), date(2024, 3, 11))
    assert found.cells is not None
    assert [(one.team, one.active, one.people) for one in found.cells] == [("East", 1, 2)] * 2
    assert adoption.team_week(company, LOCAL, "East", found.weeks[0]) == [("Ann", 1, 1)]
    assert adoption.teams(company, LOCAL) == ["East"]


def test_who_sold_most_stands_first_with_what_was_entered_at_closing(company: Store) -> None:
    found = adoption.adoption(company, LOCAL, TODAY, weeks=2)
    seen = [(one.person, one.won, one.at_close_share, one.unprepared) for one in found.sellers]
    assert seen == [("Bo", 1, 1.0, 1), ("Ann", 1, 0.0, 0)]
    [deal] = adoption.deals(company, LOCAL, "Bo", found.weeks, 10)
    assert (deal["opportunity_id"], deal["days_open"]) == ("O2", 0)
    assert adoption.adoption(company, LOCAL, TODAY, weeks=2, wanted=("West",)).sellers == ()


def test_an_exemption_in_force_counts_before_one_that_has_lapsed(company: Store) -> None:
    for to, expires in (("bo", date(2024, 3, 1)), ("EAST", date(2024, 3, 17))):
        row = {"granted_to": to, "granted_by": "CEO", "expires": expires}
        registers.add(company, LOCAL, "exemption", row)
    found = adoption.adoption(company, LOCAL, TODAY, weeks=2)
    kept = found.exemption(found.sellers[0])
    assert kept is not None and (kept.to, kept.has_lapsed) == ("EAST", False)
    assert [one.has_lapsed for one in found.exemptions] == [True, False]


def test_an_empty_store_tells_of_no_week(store: Store) -> None:
    found = adoption.adoption(store, LOCAL, TODAY, weeks=26)
    assert (found.weeks, found.cells, found.sellers) == ((), None, ())
