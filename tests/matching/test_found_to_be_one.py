"""Which records are found to be one."""

import pytest
from made_records import BRANDS, GIVEN, SURNAMES, companies, merged, people


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": "Acme"}],
        [{}, {}, {}],
        [{"name": None, "phone": None} for _ in range(10)],
        [{"name": "..."}, {"name": "!!!"}, {"name": "。。"}],
        [{"name": "A", "extra": "{}"}, {"name": "B", "extra": None}],
    ],
)
def test_a_store_with_nothing_to_compare_has_no_pairs(matched, rows) -> None:
    assert matched(rows) == {}


def test_ten_identical_records_are_one(matched) -> None:
    row = {"name": "Acme Steel Ltd", "phone": "+442079460000", "street": "1 High St", "city": "X"}
    assert len(merged(matched([row] * 10))) == 45


def test_two_writings_of_one_company_are_found_among_a_handful(matched) -> None:
    rows = companies(8)
    rows.append(rows[0] | {"name": str(rows[0]["name"]).upper().replace("LTD.", "Limited")})
    assert merged(matched(rows)) == {(1, 9)}


def test_people_who_moved_or_are_misspelt_are_found(matched) -> None:
    rows = people(600)
    again = [dict(row) for row in rows[:60]]
    for n, row in enumerate(again):
        if n % 3 == 0:
            row["surname"] = f"{row['surname']}e"
        elif n % 3 == 1:
            row |= {"street": "7 Elsewhere Lane", "postcode": "0001", "city": "Hull"}
        else:
            row["phone"] = None
    pairs = matched(rows + again)
    found = merged(pairs)
    assert found <= {(n, 600 + n) for n in range(1, 61)}
    assert len(found) >= 57


@pytest.mark.parametrize("copies", [400, pytest.param(1200, marks=pytest.mark.long)])
def test_however_often_a_company_is_there_its_records_become_one(matched, copies) -> None:
    rows = companies(500)
    row = {"name": "Acme Steel Ltd", "phone": "+442079460000", "street": "1 High St", "city": "X"}
    found = merged(matched([*rows, *[dict(row) for _ in range(copies)]]))
    joined = {n: n for n in range(501, 501 + copies)}
    for left, right in sorted(found):
        joined[right] = joined[left]
    assert set(joined.values()) == {501}


def test_contacts_and_leads_are_matched_too(matched) -> None:
    rows = [{"name": f"{a} {b}"} for a in GIVEN for b in SURNAMES]
    for n, row in enumerate(rows):
        row["email"] = f"{row['name'].lower().replace(' ', '.')}@firm{n % 30}.example"
    twice = [*rows, dict(rows[5]), rows[17] | {"email": None}]
    pairs = matched(twice, "contact")
    assert (6, len(rows) + 1) in merged(pairs)
    leads = [row | {"company": f"{BRANDS[n % 13]} {n}"} for n, row in enumerate(twice)]
    assert (6, len(rows) + 1) in {
        pair for pair, (_, band, _) in matched(leads, "lead").items() if band != "leave"
    }
