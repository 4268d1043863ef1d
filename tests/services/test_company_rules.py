from collections.abc import Callable

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.domain.rules import Severity
from crm_core.reference import rules as written
from crm_core.services import rules
from crm_core.services.imports import ImportResult
from crm_core.services.quarantine import worklist
from crm_core.services.rules import RuleState
from crm_core.store import Store

Load = Callable[..., ImportResult]
NEGATIVE = "opportunity_amount_negative"
DEALS = "Opportunity ID,Account,Stage,Amount,Close Date\n" + (
    "O1,A,Won,-5,2025-01-01\nO2,A,Won,,2025-01-01\nO3,B,Lost,7,2025-01-01\n"
)


def state(store: Store, rule: str) -> RuleState:
    return next(one for one in rules.overview(store, LOCAL) if one.id == rule)


def test_every_rule_is_told_and_an_empty_store_breaks_none(store: Store) -> None:
    told = rules.overview(store, LOCAL)
    assert len(told) == sum(map(len, written().values()))
    assert {one.rows for one in told} == {0}


def test_rows_that_break_a_rule_now_are_counted_and_shown_with_file_and_line(
    store: Store, load: Load
) -> None:
    load(deals=DEALS)
    assert state(store, NEGATIVE).rows == 1
    assert state(store, "opportunity_won_without_amount").rows == 1
    assert state(store, "opportunity_closed_in_future").rows == 0
    broken = rules.broken_rows(store, LOCAL, NEGATIVE)
    assert broken.columns == ("opportunity_id", "name", "amount", *rules.LINEAGE)
    assert [(row[0], float(row[2]), *row[3:]) for row in broken.rows] == [
        ("O1", -5.0, "deals.csv", 2)
    ]


def test_every_rule_can_be_asked_for_its_rows(store: Store) -> None:
    for one in rules.overview(store, LOCAL):
        assert rules.broken_rows(store, LOCAL, one.id).rows == ()


def test_a_severity_that_is_chosen_holds_for_the_next_load(store: Store, load: Load) -> None:
    rules.choose(store, LOCAL, NEGATIVE, "reject")
    load(deals=DEALS)
    assert [row["rule"] for row in worklist.lines(store, LOCAL, worklist.Filter())] == [NEGATIVE]
    assert state(store, NEGATIVE).severity is Severity.REJECT
    rules.choose(store, LOCAL, NEGATIVE, "off")
    assert state(store, NEGATIVE).severity is Severity.OFF


def test_the_usual_severity_is_no_choice(store: Store) -> None:
    usual = state(store, NEGATIVE).usual
    rules.choose(store, LOCAL, NEGATIVE, "off")
    rules.choose(store, LOCAL, NEGATIVE, str(usual))
    before = store.version("settings")
    rules.choose(store, LOCAL, NEGATIVE, str(usual))
    assert store.version("settings") == before
    assert state(store, NEGATIVE).severity is usual


@pytest.mark.parametrize(
    ("rule", "severity", "code"),
    [("' OR true --", "off", "rule_unknown"), (NEGATIVE, "nonsense", "setting_value")],
)
def test_a_forged_choice_is_refused(store: Store, rule: str, severity: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.choose(store, LOCAL, rule, severity)
    assert refusal.value.problem.code == code
