"""Rules: which rows break them, given row by row, and that the shipped ones hold together."""

from typing import Any

import duckdb
import pytest
from pydantic import TypeAdapter, ValidationError

from crm_core.domain.rules import Rule, Severity, with_severities
from crm_core.pipeline.rules import applicable, broken, wrong_values
from crm_core.reference import entities
from crm_core.reference.rules import rules

ROWS = """
SELECT * FROM (VALUES
    (1, 'A1', 'won', 10.5, DATE '2024-01-01', DATE '2024-02-01', 'a@b.co'),
    (2, 'A2', 'won', NULL, DATE '2024-01-01', DATE '2023-02-01', 'nonsense'),
    (3, NULL, 'open', NULL, NULL, DATE '2024-02-01', NULL),
    (4, 'A1', 'lost', -3, DATE '2024-01-01', DATE '2999-01-01', 'a@b')
) AS t (line, customer_id, outcome, amount, created_at, closed_at, email)
"""
WORDS = {"text": {"en": "x", "zh": "x"}, "advice": {"en": "x", "zh": "x"}}


def rule(check: str, **said: Any) -> Rule:
    return TypeAdapter(Rule).validate_python({"id": "r", "check": check, **said, **WORDS})


def lines_that_break(one: Rule, *known: str) -> list[int]:
    with duckdb.connect() as connection:
        connection.execute("CREATE TEMP TABLE target (entity VARCHAR, word VARCHAR, own BOOLEAN)")
        for word in known:
            connection.execute("INSERT INTO target VALUES ('customer', ?, true)", [word])
        sql = broken([one], entities()["opportunity"], ROWS, "line")
        return sorted(line for line, _ in connection.execute(sql).fetchall())


@pytest.mark.parametrize(
    ("one", "lines"),
    [
        (rule("required", field="amount"), [2, 3]),
        (rule("required", field="amount", when={"outcome": ["won"]}), [2]),
        (rule("required", field="amount", when={"outcome": ["Won"]}), [2]),
        (rule("unique", field="customer_id"), [1, 4]),
        (rule("in_list", field="outcome", values=["WON", "lost"]), [3]),
        (rule("in_range", field="amount", least=0), [4]),
        (rule("in_range", field="amount", most=10), [1]),
        (rule("in_range", field="closed_at", most="today"), [4]),
        (rule("pattern", field="email", pattern=r"[^@]+@[^@]+\.[a-z]+"), [2, 4]),
        (rule("order", days=["created_at", "closed_at"]), [2]),
        (rule("refers_to", field="customer_id"), []),
        (rule("any_required", choices=["amount", "created_at"]), [3]),
    ],
)
def test_a_rule_finds_the_rows_that_break_it_and_no_blank_ones(one: Rule, lines: list[int]) -> None:
    assert lines_that_break(one) == lines


def test_wrong_values_are_those_that_no_other_row_and_no_filling_in_would_mend() -> None:
    said = [
        rule("in_range", field="amount", least=0),
        rule("in_range", field="amount", most=10),
        rule("required", field="amount"),
        rule("unique", field="customer_id"),
        rule("order", days=["created_at", "closed_at"]),
    ]
    tests = wrong_values(said)
    assert set(tests) == {"amount", "closed_at"}
    with duckdb.connect() as connection:
        found = {
            field: connection.execute(f"SELECT line FROM ({ROWS}) WHERE {test}").fetchall()
            for field, test in tests.items()
        }
    assert found == {"amount": [(1,), (4,)], "closed_at": [(2,)]}


def test_a_reference_dangles_once_anything_is_known_that_it_could_mean() -> None:
    assert lines_that_break(rule("refers_to", field="customer_id"), "A2") == [1, 4]


def lines_of_column(one: Rule, cells: list[object]) -> list[int]:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TEMP TABLE t AS SELECT unnest($cells) AS amount", {"cells": cells}
        )
        rows = "SELECT rowid AS line, amount FROM t"
        sql = broken([one], entities()["opportunity"], rows, "line")
        return sorted(line for line, _ in connection.execute(sql).fetchall())


def test_among_few_words_one_that_hardly_any_row_has_stands_out() -> None:
    one = rule("not_rare", field="amount")
    words = ["open", "closed", "waiting", None] * 40
    assert lines_of_column(one, [*words, "asdf", "???"]) == [160, 161]
    assert lines_of_column(one, [*words[:30], "asdf"]) == []
    assert lines_of_column(one, [*words, *(f"note {n}" for n in range(20))]) == []


def test_a_number_far_from_the_usual_one_of_its_column_stands_out() -> None:
    one = rule("not_far", field="amount", times=1000)
    numbers = [n + 1 for n in range(100)]
    assert lines_of_column(one, [*numbers, 9_000_000, None, -9_000_000]) == [100, 102]
    assert lines_of_column(one, [*numbers[:20], 9_000_000]) == []


def test_a_rule_of_several_fields_asks_for_those_that_are_there() -> None:
    one = rule("any_required", choices=["amount", "created_at"])
    assert [fit.fields for fit in applicable([one], {"created_at", "x"})] == [("created_at",)]
    assert applicable([one], {"x"}) == []


def test_a_rule_is_looked_at_only_where_its_fields_are() -> None:
    one = rule("required", field="amount", when={"outcome": ["won"]})
    assert applicable([one], {"amount"}) == []
    assert applicable([one], {"amount", "outcome"}) == [one]


def test_a_company_chooses_how_severe_a_rule_is() -> None:
    one = rule("required", field="amount")
    assert with_severities((one,), {})[0].severity is Severity.WARN
    assert with_severities((one,), {"r": "reject"})[0].severity is Severity.REJECT
    assert with_severities((one,), {"r": "off"}) == ()


def test_every_shipped_rule_has_an_id_of_its_own_and_both_languages() -> None:
    shipped = [one for of_entity in rules().values() for one in of_entity]
    assert len({one.id for one in shipped}) == len(shipped) > 40
    for one in shipped:
        assert all((one.text.en, one.text.zh, one.advice.en, one.advice.zh))


def test_every_shipped_rule_runs_on_the_tables_that_it_is_for(store) -> None:
    with store.read() as cursor:
        cursor.execute("CREATE TEMP TABLE target (entity VARCHAR, word VARCHAR, own BOOLEAN)")
        for name, of_entity in rules().items():
            sql = broken(of_entity, entities()[name], f"SELECT * FROM crm.{name}", "row_id")
            assert cursor.execute(sql).fetchall() == []


def test_a_rule_that_says_nothing_known_is_refused() -> None:
    with pytest.raises(ValidationError):
        rule("looks_nice", field="amount")
