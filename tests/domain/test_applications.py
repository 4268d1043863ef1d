"""What is to become of applications, and what is wrong with how they keep a field."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.applications import Fault, KeptField, Role, Verdict, verdict

FITS = st.sampled_from(["unfit", "poor", "good", "perfect"])
GOOD = {"good", "perfect"}
COUNTS = st.integers(0, 4)
KEPT = st.builds(
    lambda roles, minutes: KeptField(
        *("customer phone", "customer", "phone"),
        dict(zip(Role, roles, strict=True)),
        len(minutes),
        Decimal(sum(minutes)) if minutes else None,
        Decimal(max(minutes)) if minutes else None,
        0,
    ),
    st.tuples(COUNTS, COUNTS, COUNTS, COUNTS),
    st.lists(st.integers(0, 1000), max_size=4),
)


@pytest.mark.parametrize(
    ("functional", "technical", "wanted"),
    [
        ("good", "perfect", Verdict.INVEST),
        ("poor", "good", Verdict.TOLERATE),
        ("perfect", "unfit", Verdict.MIGRATE),
        ("unfit", "poor", Verdict.ELIMINATE),
        (None, "good", None),
        ("good", None, None),
    ],
)
def test_the_verdict_follows_from_both_fits(functional, technical, wanted) -> None:
    assert verdict(functional, technical) is wanted


@given(FITS, FITS)
def test_what_serves_its_users_is_kept_or_moved_and_what_is_sound_never_eliminated(
    functional: str, technical: str
) -> None:
    found = verdict(functional, technical)
    assert (found in (Verdict.INVEST, Verdict.MIGRATE)) == (functional in GOOD)
    assert (found in (Verdict.INVEST, Verdict.TOLERATE)) == (technical in GOOD)


@given(KEPT)
def test_no_more_is_said_to_be_typed_again_than_is_typed(kept: KeptField) -> None:
    again = kept.minutes_again
    if kept.is_typed_again:
        assert again is not None and 0 <= again <= (kept.minutes or 0)
    else:
        assert again == 0
    assert kept.is_typed_again == (Fault.TYPED_AGAIN in kept.faults)


@given(KEPT)
def test_a_field_has_one_master_or_a_fault_that_says_so(kept: KeptField) -> None:
    about_masters = set(kept.faults) - {Fault.TYPED_AGAIN}
    assert len(about_masters) == (kept.roles[Role.MASTER] != 1)
