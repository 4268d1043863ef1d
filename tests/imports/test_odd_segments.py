"""Which segment a line of an export belongs to."""

from decimal import Decimal

import pytest
from small_exports import HEAD, deals, revenue, won


def test_similar_names_of_segments_stay_different_segments(load, store) -> None:
    names = ["Retail", "Retailer", "Enterprise", "Enterprises East", "Service", "Services", "SME"]
    load(deals=deals(*(won(i, name, f"{i + 1}.01") for i, name in enumerate(names))))
    assert revenue(store) == {(name, None): Decimal(f"{i + 1}.01") for i, name in enumerate(names)}


def test_a_segment_is_named_as_most_lines_write_it_and_never_shouted_by_a_draw(load, store) -> None:
    load(deals=deals(won(1, "RETAIL", "1"), won(2, "Retail", "2"), won(3, "MINING", "4")))
    assert revenue(store) == {("Retail", None): 3, ("MINING", None): 4}


@pytest.mark.parametrize("blank", ["", "N/A", "Select", "-", "无"])
def test_a_line_without_segment_does_not_take_its_neighbours(blank: str, load, store) -> None:
    load(deals=deals(won(3, "Retail", "10.10"), won(6, blank, "5.05"), won(9, "Retail", "1")))
    assert revenue(store) == {("Retail", None): Decimal("11.10"), (None, None): Decimal("5.05")}


def test_a_deal_without_segment_takes_that_of_its_account(load, store) -> None:
    accounts = "Account Name,Industry,Billing City\nFirm 0,Retail,York\nFirm 1,Select,Leeds\n"
    load(accounts=accounts, deals=deals(won(3, "", "10.10"), won(4, "", "5.05")))
    assert revenue(store) == {("Retail", None): Decimal("10.10"), (None, None): Decimal("5.05")}


def test_a_kind_of_customer_is_the_segment_where_its_words_are_segments(load, store) -> None:
    head = HEAD.replace("Segment", "Customer Type")
    load(
        deals=deals(
            won(1, "Reseller", "1"), won(2, "Education", "2"), won(3, "VIP", "4"), head=head
        )
    )
    assert revenue(store) == {
        ("Reseller", None): 1,
        ("Education", None): 2,
        ("VIP", None): 4,
    }


def test_a_kind_of_customer_that_is_something_else_is_asked(load, store) -> None:
    head = HEAD.replace("Segment", "Customer Type")
    load(deals=deals(won(1, "New", "1"), won(2, "Existing", "2"), won(3, "New", "4"), head=head))
    assert revenue(store) == {(None, None): 7}
