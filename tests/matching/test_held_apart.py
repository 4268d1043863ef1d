"""Which records are not merged by rule, however much alike they look."""

import os

import pytest
from made_records import GIVEN, SURNAMES, companies, merged, people, towns

LOOK_ALIKES = int(os.environ.get("CRM_LOOK_ALIKES", "1000"))


def test_people_of_one_name_are_not_one_person(matched) -> None:
    pairs = matched(people(3000))
    assert merged(pairs) == set()


def test_tenants_of_one_tower_are_no_duplicates(matched) -> None:
    rows = companies(400)
    for row in rows[:40]:
        row |= {"street": "1 Tower Plaza", "phone": "+442070000000", "city": "Leeds"}
    assert not merged(matched(rows))


def test_two_of_one_trade_in_one_town_are_not_one(matched) -> None:
    rows = towns(400)
    again = [row | {"phone": None} for row in rows[:80:2]]
    found = merged(matched(rows + again))
    assert found == {(2 * n + 1, 801 + n) for n in range(40)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Profile Shop 6", "Profile Shop 7"), ("Galerie Z", "Galerie N"), ("万科A", "万科B")],
)
def test_names_that_differ_in_a_number_or_a_letter_are_not_one(matched, one, other) -> None:
    same = {"street": "7 Mill Road", "city": "Leeds", "website": "firm.example"}
    pairs = matched([*companies(300), {"name": one} | same, {"name": other} | same])
    assert pairs.get((301, 302), (0.0, "leave", None))[1] != "merge"


@pytest.mark.parametrize("number", ["tax_id", pytest.param("national_id", marks=pytest.mark.long)])
def test_no_look_alike_with_another_strong_identifier_is_merged_by_rule(matched, number) -> None:
    rows = companies(LOOK_ALIKES)
    alike = [row | {number: f"Z{n:07}"} for n, row in enumerate(rows)]
    rows = [row | {number: f"A{n:07}"} for n, row in enumerate(rows)]
    pairs = matched(rows + alike)
    planted = [pairs.get((n, LOOK_ALIKES + n)) for n in range(1, LOOK_ALIKES + 1)]
    assert not [one for one in planted if one and one[1] == "merge"]
    waiting = [one for one in planted if one and one[1:] == ("review", number)]
    assert len(waiting) > 0.98 * LOOK_ALIKES


@pytest.mark.long
def test_the_veto_leaves_the_probability(matched) -> None:
    rows = companies(500)
    plain = matched(rows + [dict(row) for row in rows[:50]])
    numbered = [row | {"tax_id": f"A{n}"} for n, row in enumerate(rows)]
    again = [dict(row) for row in numbered[:50]]
    again[0]["tax_id"] = "B0"
    pairs = matched(numbered + again)
    assert pairs[1, 501][0] > 0.8 and plain[1, 501][0] > 0.8
    assert pairs[1, 501][1:] == ("review", "tax_id")
    assert pairs[2, 502][1:] == ("merge", None)


def test_no_chain_joins_what_may_not_be_one(matched) -> None:
    rows = companies(300)
    same = rows[0]
    rows += [same | {"tax_id": "A1"}, dict(same), same | {"tax_id": "B2"}]
    pairs = matched(rows)
    chained = {pair for pair, (_, _, why) in pairs.items() if why == "chain"}
    assert {(301, 302), (302, 303)} <= chained
    assert pairs[301, 303][1:] == ("review", "tax_id")
    assert not merged(pairs)


@pytest.mark.long
def test_no_look_alikes_with_other_identifiers_are_joined_by_way_of_one_without(matched) -> None:
    rows = companies(1000)
    alike = [row | {"tax_id": f"Z{n:07}"} for n, row in enumerate(rows)]
    bridge = [dict(row) for row in rows]
    rows = [row | {"tax_id": f"A{n:07}"} for n, row in enumerate(rows)]
    found = merged(matched([*rows, *bridge, *alike]))
    assert not [n for n in range(1, 1001) if {(n, 1000 + n), (1000 + n, 2000 + n)} <= found]


def test_people_of_different_names_are_not_joined_by_way_of_one_without(matched) -> None:
    rows = [
        {"name": f"{a} {b}", "email": f"{a}.{b}@firm.example".lower(), "phone": f"+4420{n:08}"}
        for n, (a, b) in enumerate((a, b) for a in GIVEN for b in SURNAMES)
    ]
    shared = {"email": "desk.four@firm.example", "phone": "+442099999999"}
    rows += [{"name": "Ann Lee"} | shared, dict(shared), {"name": "Bob Ray"} | shared]
    last = len(rows)
    assert not merged(matched(rows, "contact")) & {(last - 2, last - 1), (last - 1, last)}


def test_nothing_is_merged_of_which_only_place_and_phone_agree(matched) -> None:
    rows = companies(300)
    same = {"phone": "+442099999999", "street": "7 Mill Road", "city": "Leeds"}
    pairs = matched([*rows, dict(same), {"website": "firm.example"} | same])
    assert pairs[301, 302][1] == "review"


@pytest.mark.long
def test_very_many_of_one_name_and_nothing_else_are_not_one(matched) -> None:
    rows = [{"name": "张伟"} for _ in range(3000)]
    for n, row in enumerate(rows):
        row["phone"] = f"+86138{n:08}"
    assert not merged(matched(rows))


def test_two_people_with_one_role_mailbox_are_two_and_of_different_names_never_merged(
    matched,
) -> None:
    people = [
        {
            "name": f"{GIVEN[n % len(GIVEN)]} {SURNAMES[n % len(SURNAMES)]}",
            "phone": f"+1202555{n:04}",
            "email": f"info@firm{n}.com",
            "company": f"Firm {n}",
        }
        for n in range(60)
    ]
    others = [
        row
        | {
            "name": f"{GIVEN[(n + 5) % len(GIVEN)]} {SURNAMES[(n + 6) % len(SURNAMES)]}",
            "phone": f"+1303555{n:04}",
        }
        for n, row in enumerate(people[:20])
    ]
    bands = {band for _, band, _ in matched(people + others, "lead").values()}
    assert "merge" not in bands
    private = [row | {"email": row["email"].replace("info", "jo.doe")} for row in people + others]
    told = matched(private, "lead")
    assert all(band != "merge" for _, band, _ in told.values())


def test_a_brand_that_begins_two_companies_joins_neither(matched) -> None:
    brands = [f"{a}{b}{c}" for a in "炜玥翊泓" for b in "淳槿奕颀" for c in "骐宸彧弈"]
    firms: list[dict[str, object]] = [
        {
            "name": f"{city}{brand}{trade}有限公司",
            "city": city,
            "phone": f"+86512{n:03}{place}0{n:03}",
            "source_file": "客户.csv",
        }
        for n, brand in enumerate(brands)
        for place, (trade, city) in enumerate((("半导体", "苏州"), ("进出口贸易", "大连")))
    ]
    # Another department's list, half of which tells no more than the brand.
    listed: list[dict[str, object]] = [
        {
            "name": brand,
            "source_file": "展会.xlsx",
            "phone": firms[2 * n]["phone"] if n % 2 else None,
        }
        for n, brand in enumerate(brands)
    ]
    found = matched([*firms, *listed])
    bare = {len(firms) + n + 1: 2 * n + 1 for n in range(0, len(brands), 2)}
    assert not [pair for pair in merged(found) if bare.keys() & set(pair)]
    assert {found[firm, brand][1] for brand, firm in bare.items()} == {"review"}
