from collections.abc import Callable
from datetime import datetime

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import profile
from crm_core.services.imports import ImportResult
from crm_core.services.profile import ColumnProfile, Profile, take
from crm_core.store import Store

Load = Callable[..., ImportResult]

HEAD = "Opportunity ID,Account Name,Stage,Amount,Close Date,Weather\n"
DEALS = HEAD + "".join(
    f"{number:03},Alder,Closed Won,{90 + number % 20},2024-05-{1 + number % 28:02},sunny\n"
    for number in range(60)
)


def by_name(found: Profile) -> dict[str, ColumnProfile]:
    return {column.name: column for column in found.columns}


def of_the_file(store: Store, result: ImportResult) -> Profile:
    return profile.of_file(store, LOCAL, result.files[0].file_id or 0)


def test_a_column_is_told_by_its_extremes_and_what_stands_out(store: Store, load: Load) -> None:
    load(deals=DEALS + "900,Birch,Closed Won,50000,1924-05-01,\n")
    columns = by_name(profile.of_table(store, LOCAL, "opportunity"))
    amount, day = columns["amount"], columns["closed_at"]
    assert (amount.least, amount.most, amount.outliers) == (90.0, 50000.0, 1)
    assert amount.furthest == (50000.0,)
    assert sum(amount.bins) == 60, "what is far out would squash the distribution"
    assert (day.least, day.outliers) == (datetime(1924, 5, 1), 1)


def test_amounts_of_very_different_size_are_judged_by_their_ratio(store: Store, load: Load) -> None:
    sizes = [10 * 1.2**step for step in range(40)]
    lines = "".join(
        f"{number},Alder,Closed Won,{size:.2f},2024-05-01,\n" for number, size in enumerate(sizes)
    )
    load(deals=HEAD + lines + "900,Birch,Closed Won,900000000000,2024-05-01,\n")
    amount = by_name(profile.of_table(store, LOCAL, "opportunity"))["amount"]
    assert amount.furthest == (900000000000.0,)


def test_a_file_is_told_as_it_came(store: Store, load: Load) -> None:
    result = load(deals=DEALS + "059,Alder,Closed Won,109,2024-05-04,sunny\n901,,,much,,\n")
    found = of_the_file(store, result)
    columns = by_name(found)
    assert (found.rows, found.repeated) == (62, 1)
    assert columns["Weather"].frequent == (("sunny", 61),)
    assert (columns["Weather"].filled, columns["Weather"].missing) == (61, 1)
    assert columns["Amount"].forms == {"number": 61 / 62, "text": 1 / 62}
    assert columns["Opportunity ID"].form == "text", "the least of an ID says nothing"
    assert columns["Opportunity ID"].lengths == (3, 3.0, 3)


def test_days_beyond_what_can_be_shown_are_far_out_and_no_error(store: Store, load: Load) -> None:
    result = load(deals=DEALS + "900,Birch,Closed Won,1,20260-03-11,\n")
    day = by_name(of_the_file(store, result))["Close Date"]
    assert day.filled == 61


def test_a_large_table_is_told_from_a_sample_that_says_so(
    store: Store, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(deals=DEALS)
    monkeypatch.setattr(take, "LOOKED_AT", 30)
    found = profile.of_table(store, LOCAL, "opportunity")
    amount = by_name(found)["amount"]
    assert (found.sampled, found.repeated, found.rows) == (True, None, 60)
    assert (amount.filled, amount.least, amount.most) == (60, 90.0, 109.0)


def test_headers_like_sql_and_alike_ones_are_only_names(store: Store, load: Load) -> None:
    head = HEAD.replace("Weather", '"x""; DROP TABLE line; --",Weather,Weather')
    result = load(deals=head + "001,Alder,Closed Won,1,2024-05-01,a,b,c\n")
    names = [column.name for column in of_the_file(store, result).columns]
    assert names[-3:] == ['x"; DROP TABLE line; --', "Weather", "Weather (2)"]


def test_an_empty_table_has_a_profile_and_an_unknown_one_is_refused(store: Store) -> None:
    assert profile.of_table(store, LOCAL, "sale").rows == 0
    with pytest.raises(Refused):
        profile.of_table(store, LOCAL, "sale; DROP TABLE crm.sale")
    with pytest.raises(Refused):
        profile.of_file(store, LOCAL, 7)
