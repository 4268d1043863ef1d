"""What becomes of a flag: raised once, brought up to date, cleared; a person's word stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crm_core.domain.entities import Label
from crm_core.domain.flags import CLEARED, DECIDED, OPEN, Act, Finding, FlagRule, Kept, act
from crm_core.domain.replay import QUIET_DAYS, episodes

FINDINGS = st.none() | st.builds(
    lambda measured: Finding("rule", "subject", measured, {"share": measured}),
    st.integers(0, 10),
)
STATES = st.sampled_from([OPEN, CLEARED, *DECIDED, "in_work", None])
FIRST = date(2026, 1, 1)


def carried_out(what: Act | None, found: Finding | None, kept: Kept | None) -> Kept | None:
    """The flag after what was done."""
    if what is None or (what is Act.CLEAR and kept is None):
        return kept
    if what is Act.CLEAR and kept:
        return Kept(kept.id, CLEARED, True, kept.measured, kept.facts)
    assert found
    status = kept.status if kept and what is Act.UPDATE else OPEN
    return Kept("R-1", status, True, found.measured, found.facts)


@given(
    st.lists(st.tuples(FINDINGS, st.none() | STATES, st.booleans()), max_size=8),
    st.none() | st.integers(1, 5).map(Decimal),
)
def test_the_same_twice_changes_nothing_and_what_stands_is_what_was_found_or_decided(
    days: list[tuple[Finding | None, str | None, bool]], worse_by: Decimal | None
) -> None:
    kept: Kept | None = None
    for found, status, taken_out in days:
        if kept and status:
            kept = Kept(kept.id, status, not taken_out, kept.measured, kept.facts)
        kept = carried_out(act(found, kept, worse_by), found, kept)
        assert act(found, kept, worse_by) is None
        if kept and kept.there and kept.status not in DECIDED:
            assert (kept.status != CLEARED) == (found is not None)
            assert found is None or kept.facts == found.facts


@given(st.sampled_from([*DECIDED, "taken out"]), st.integers(0, 10), st.integers(1, 5))
def test_what_a_person_decided_stands_until_it_is_worse_by_so_much(
    status: str, measured: int, worse_by: int
) -> None:
    kept = Kept("R-1", status, status in DECIDED, 4, {"share": 4})
    found = Finding("rule", "subject", measured, {"share": measured})
    reopened = act(found, kept, Decimal(worse_by))
    assert reopened == (Act.REOPEN if measured >= 4 + worse_by else None)
    assert act(found, kept, None) is None
    assert act(None, kept, Decimal(worse_by)) is None


@given(st.lists(st.integers(0, 10), max_size=20), st.integers(0, 10), st.integers(0, 10))
def test_between_its_limits_a_flag_neither_comes_nor_goes(
    days: list[int], raises: int, lower: int
) -> None:
    clears, kept = min(raises, lower), None
    for measured in days:
        finding = Finding("rule", "subject", measured, {"share": measured})
        found, staying = (finding if measured > limit else None for limit in (raises, clears))
        stood = kept is not None and kept.status != CLEARED
        what = act(found, kept, None, staying)
        kept = carried_out(what, found or staying, kept)
        stands = kept is not None and kept.status != CLEARED
        assert stands == (measured > raises or (stood and measured > clears))
        assert not (stands and kept) or kept.facts["share"] == measured
        assert act(found, kept, None, staying) is None


@given(st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=40))
def test_episodes_cover_exactly_the_days_on_which_a_flag_was_found(days: list[set[str]]) -> None:
    found = {FIRST + timedelta(days=n): subjects for n, subjects in enumerate(days)}
    told = episodes(found)
    for day, subjects in found.items():
        assert {one.subject for one in told if one.first <= day <= one.last} == subjects
    assert sum(one.days for one in told) == sum(map(len, days))
    assert {one.subject for one in told if not one.is_over} == days[-1]


@pytest.mark.parametrize(
    ("stood", "quiet_after", "for_nothing"),
    [(QUIET_DAYS, 1, True), (QUIET_DAYS + 1, 1, False), (QUIET_DAYS, 0, False)],
)
def test_for_nothing_is_what_was_over_within_a_week(
    stood: int, quiet_after: int, for_nothing: bool
) -> None:
    days = [{"a"}] * stood + [set[str]()] * quiet_after
    [one] = episodes({FIRST + timedelta(days=n): subjects for n, subjects in enumerate(days)})
    assert one.for_nothing == for_nothing


def test_a_rule_that_does_not_read_its_own_threshold_is_no_rule() -> None:
    label = Label(en="x", zh="x")
    head = {
        **dict.fromkeys(("label", "title", "why", "clears"), label),
        **{"id": "x", "category": "data", "severity": "low", "evidence": "goals"},
        **{"reads": ["crm"], "sql": "SELECT 1 AS subject"},
    }
    limit = {"name": "most", "value": 1, "unit": "count", "label": label}
    FlagRule.model_validate(head)
    with pytest.raises(ValidationError, match="does not read most"):
        FlagRule.model_validate(head | {"thresholds": [limit]})
    with pytest.raises(ValidationError, match="must clear at its limit or below"):
        FlagRule.model_validate(
            head | {"sql": "SELECT $most AS subject", "thresholds": [limit | {"clears_at": 2}]}
        )
    with pytest.raises(ValidationError, match="outside its own limits"):
        FlagRule.model_validate(
            head | {"sql": "SELECT $most AS subject", "thresholds": [limit | {"least": 2}]}
        )
