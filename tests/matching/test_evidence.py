"""What counts as evidence that two records are one, and what does not."""

import json

import pytest
from made_records import companies, merged, people


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


def test_a_country_is_the_same_one_in_either_language(matched, cursor) -> None:
    rows = companies(60)
    for n, row in enumerate(rows):
        row["country"] = ("中国", "德国", "Freedonia")[n % 3]
    again = [row | {"source_file": "b.csv"} for row in rows[:30]]
    for row in again:
        row["country"] = {"中国": "China", "德国": "Germany"}.get(row["country"], "FREEDONIA")
    matched(rows + again)
    told = cursor.execute(
        "SELECT fields FROM scored_pairs WHERE right_row_id = left_row_id + 60"
    ).fetchall()
    levels = [{one["field"]: one["level"] for one in json.loads(fields)} for (fields,) in told]
    assert len(levels) == 30
    assert {one["country"] for one in levels} == {"exact"}
