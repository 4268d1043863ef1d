"""A model serves until the store has outgrown it, and gives the same pairs each time."""

import json
import random

import pytest
from made_records import people

from crm_core import matching


@pytest.mark.long
def test_the_same_store_gives_the_same_pairs(matched, cursor) -> None:
    rows = people(500) + people(50)
    first = matched(rows)
    cursor.execute("SET threads = 1")
    assert matched(rows) == first
    shuffled = [row | {"row_id": n} for n, row in enumerate(rows, start=1)]
    random.Random(2).shuffle(shuffled)
    assert matched(shuffled) == first


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
