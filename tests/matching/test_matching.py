"""Which records are found to be one, and which are not."""

import json
import os
import random

import pytest

from crm_core import matching

LOOK_ALIKES = int(os.environ.get("CRM_LOOK_ALIKES", "1000"))
SURNAMES = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Wilson",
    "Evans",
    "Thomas",
    "Roberts",
    "Walker",
    "White",
]
GIVEN = [
    "Emma",
    "Liam",
    "Noah",
    "Olivia",
    "Ava",
    "Ethan",
    "Mia",
    "Lucas",
    "Chloe",
    "Oscar",
    "Ruby",
    "Jack",
]
STREETS = [
    "Station",
    "Market",
    "Mill",
    "Church",
    "Garden",
    "River",
    "Castle",
    "Forest",
    "Harbour",
    "Temple",
]
BRANDS = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Iris",
    "Juniper",
    "Larch",
    "Maple",
    "Nutmeg",
]
TRADES = [
    "Steel",
    "Foods",
    "Logistics",
    "Medical",
    "Software",
    "Textiles",
    "Energy",
    "Glass",
    "Paper",
    "Tools",
]


def people(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Different people; many share a name, none a phone, a birth date and a street."""
    pick = random.Random(seed)
    return [
        {
            "given_name": pick.choice(GIVEN),
            "surname": pick.choice(SURNAMES),
            "birth_date": f"19{pick.randrange(40, 99)}-{pick.randrange(1, 13):02}-{n % 28 + 1:02}",
            "phone": f"+4420{pick.randrange(10**7, 10**8)}",
            "street": f"{pick.randrange(1, 400)} {pick.choice(STREETS)} Road",
            "postcode": f"{pick.randrange(1000, 9999)}",
            "city": pick.choice(["Leeds", "York", "Derby", "Bath"]),
        }
        for n in range(count)
    ]


def companies(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Different companies."""
    pick = random.Random(seed)
    return [
        {
            "name": f"{pick.choice(BRANDS)} {pick.choice(BRANDS)} {pick.choice(TRADES)} Ltd. {n}",
            "phone": f"+4420{pick.randrange(10**7, 10**8)}",
            "street": f"{pick.randrange(1, 400)} {pick.choice(STREETS)} Road",
            "city": pick.choice(["Leeds", "York", "Derby", "Bath"]),
        }
        for n in range(count)
    ]


def chinese_companies() -> list[dict[str, object]]:
    """A hundred different companies."""
    return [
        {
            "name": f"{city}{brand}{trade}有限公司",
            "phone": f"+86138{n * 7 + m * 13:03}{m * 731 + n * 57:05}",
        }
        for n, city in enumerate(["北京", "上海", "深圳市", "杭州", "成都"])
        for m, (brand, trade) in enumerate(
            (b, t)
            for b in ["宏达", "金泰", "鑫源", "瑞丰", "恒力"]
            for t in ["科技", "贸易", "医药", "建材"]
        )
    ]


def merged(pairs) -> set[tuple[int, int]]:
    return {pair for pair, (_, band, _) in pairs.items() if band == "merge"}


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


def test_people_of_one_name_are_not_one_person(matched) -> None:
    pairs = matched(people(3000))
    assert merged(pairs) == set()


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


def test_tenants_of_one_tower_are_no_duplicates(matched) -> None:
    rows = companies(400)
    for row in rows[:40]:
        row |= {"street": "1 Tower Plaza", "phone": "+442070000000", "city": "Leeds"}
    assert not merged(matched(rows))


def towns(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Two companies of one trade in each of many towns; phones begin with the town's code."""
    pick = random.Random(seed)

    def word() -> str:
        return "".join(pick.choice(one) for one in ("bdfgklmnprst", "aeiou") * 3).title()

    rows: list[dict[str, object]] = []
    for n in range(count):
        trade = f"{pick.choice(TRADES)} {pick.choice(('Works', 'Trading', 'House', 'Studio'))}"
        for _ in range(2):
            rows.append(
                {
                    "name": f"{trade} {word()}",
                    "phone": f"+44{2000 + n}{pick.randrange(10**5, 10**6)}",
                    "street": f"{pick.randrange(1, 400)} {word()} Road",
                    "postcode": f"{10000 + 37 * n}",
                    "city": f"Town {word()}" if len(rows) % 2 == 0 else rows[-1]["city"],
                    "region": f"Shire {n % 40}",
                }
            )
    return rows


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


@pytest.mark.parametrize("copies", [400, pytest.param(1200, marks=pytest.mark.long)])
def test_however_often_a_company_is_there_its_records_become_one(matched, copies) -> None:
    rows = companies(500)
    row = {"name": "Acme Steel Ltd", "phone": "+442079460000", "street": "1 High St", "city": "X"}
    found = merged(matched([*rows, *[dict(row) for _ in range(copies)]]))
    joined = {n: n for n in range(501, 501 + copies)}
    for left, right in sorted(found):
        joined[right] = joined[left]
    assert set(joined.values()) == {501}


@pytest.mark.long
def test_very_many_of_one_name_and_nothing_else_are_not_one(matched) -> None:
    rows = [{"name": "张伟"} for _ in range(3000)]
    for n, row in enumerate(rows):
        row["phone"] = f"+86138{n:08}"
    assert not merged(matched(rows))


@pytest.mark.long
def test_thousands_of_columns_and_hostile_titles_are_read(matched) -> None:
    titles = [*(f"c{n}" for n in range(2000)), "it's", 'a"b', "back\\slash", "$.x", "*", "", "标题"]
    rows = companies(300)
    for n, row in enumerate(rows):
        row["extra"] = json.dumps({title: f"{title[:3]} {n % 60}" for title in titles})
    again = [dict(row) for row in rows[:30]]
    assert {(n, 300 + n) for n in range(1, 31)} <= merged(matched(rows + again))


@pytest.mark.parametrize("entity", ["customer", "contact", "lead"])
def test_hostile_values_are_only_values(matched, entity) -> None:
    hostile = [
        *("'; DROP TABLE records; --", "\x00", "%_%", "\\", "🏢" * 500, "a" * 20_000),
        *("＇", "\u202e", "NULL", "$1", "{}", "华" * 500, "(.*)+", "  "),
    ]
    rows = [{"name": value, "email": value, "phone": value} for value in hostile * 2]
    assert matched(rows, entity) is not None


@pytest.mark.long
def test_the_same_store_gives_the_same_pairs(matched, cursor) -> None:
    rows = people(500) + people(50)
    first = matched(rows)
    cursor.execute("SET threads = 1")
    assert matched(rows) == first
    shuffled = [row | {"row_id": n} for n, row in enumerate(rows, start=1)]
    random.Random(2).shuffle(shuffled)
    assert matched(shuffled) == first


def test_a_domain_that_everybody_can_have_is_no_evidence(matched, cursor) -> None:
    rows = companies(60)
    for n, row in enumerate(rows):
        row["email"] = f"person{n}@qq.com" if n % 2 else f"info{n}@firm{n}.example"
    again = [row | {"email": f"other{row['email']}"} for row in rows[:6]]
    assert len(merged(matched(rows + again))) == 6
    told = dict(cursor.execute("SELECT left_row_id, fields FROM scored_pairs").fetchall())
    assert ['"domain"' in told[n] for n in range(1, 7)] == [True, False] * 3


def test_row_ids_of_the_source_are_no_evidence(matched, cursor) -> None:
    rows = people(400)
    for n, row in enumerate(rows):
        row |= {"extra": f'{{"no": "{n % 200}"}}', "source_file": "ab"[n // 200]}
    matching_of = matched(rows)
    assert not merged(matching_of)
    used = cursor.execute("SELECT count(*) FROM scored_pairs WHERE fields LIKE '%x0%'").fetchall()
    assert used == [(0,)]


def test_new_rows_against_the_store_are_the_same_pairs_as_all(table, cursor) -> None:
    rows = people(400) + people(40)
    records = table(rows)
    whole = matching.match(cursor, "customer", records, into="whole")
    cursor.execute("CREATE TEMP TABLE new AS SELECT unnest(range(401, 441))::BIGINT AS row_id")
    wanted = "left_row_id, right_row_id, probability, band, why, fields, pattern"
    found = matching.match(cursor, "customer", records, into="part", only="new", model=whole.model)
    assert not found.anew
    beyond = cursor.execute(
        f"(SELECT {wanted} FROM whole WHERE left_row_id > 400 OR right_row_id > 400 EXCEPT"
        f" SELECT {wanted} FROM part) UNION ALL (SELECT {wanted} FROM part EXCEPT"
        f" SELECT {wanted} FROM whole)"
    ).fetchall()
    assert beyond == []
    counted = cursor.execute("SELECT count(*) FROM part WHERE band = 'merge'").fetchall()
    assert counted[0][0] >= 38


@pytest.mark.parametrize("change", [{"tax_id": "A1"}, pytest.param({}, marks=pytest.mark.long)])
def test_a_model_that_no_longer_serves_is_learnt_anew_of_all_pairs(table, cursor, change) -> None:
    rows = people(400) + people(40)
    early = rows if change else rows[:200]
    model = matching.match(cursor, "customer", table(early)).model
    records = table([row | change for row in rows])
    whole = matching.match(cursor, "customer", records, into="whole")
    cursor.execute("CREATE TEMP TABLE new AS SELECT 440::BIGINT AS row_id")
    found = matching.match(cursor, "customer", records, into="part", only="new", model=model)
    assert found.anew
    assert found.model == whole.model
    assert cursor.execute("FROM whole EXCEPT FROM part").fetchall() == []


def test_a_model_outlives_the_process(table, cursor) -> None:
    model = matching.match(cursor, "customer", table(people(200) + people(20))).model
    taught = model.taught([[0] * len(model.fields)], [True])
    assert matching.Model.from_dict(json.loads(json.dumps(taught.as_dict()))) == taught


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为技术有限公司", "华为"),
        ("華為技術有限公司", "华为技术有限公司"),
        ("北京字节跳动科技有限公司", "字节跳动"),
        ("中国石油天然气股份有限公司", "中国石油"),
        ("阿里巴巴（中国）网络技术有限公司", "阿里巴巴"),
        ("上海复星医药（集团）股份有限公司", "复星医药"),
        ("深圳市大疆创新科技有限公司", "大疆创新"),
        ("宜宾五粮液股份有限公司", "宜宾五粮液"),
    ],
)
def test_chinese_names_are_found_short_full_and_traditional(matched, one, other) -> None:
    same = {"phone": "+8675528780808"}
    pairs = matched([*chinese_companies(), {"name": one, **same}, {"name": other, **same}])
    assert pairs[101, 102][1] == "merge"


@pytest.mark.parametrize(("one", "other"), [("湖北宜化", "意华股份"), ("ST中迪", "*ST中地")])
def test_names_that_only_sound_alike_are_left_to_people(matched, one, other) -> None:
    rows = [{"name": row["name"]} for row in chinese_companies()]
    again = [{"name": str(row["name"]).replace("有限公司", "")} for row in rows] * 3
    assert matched([*rows, *again, {"name": one}, {"name": other}])[401, 402][1] == "review"


def test_an_english_name_is_found_by_its_sound(matched) -> None:
    same = {"phone": "+8675528780808"}
    rows = [*companies(50), {"name": "华为技术有限公司", **same}]
    rows.append({"name": "Huawei Technologies Co., Ltd.", **same})
    assert matched(rows)[51, 52][1] == "merge"


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
