"""Rules as SQL: which rows break which rule, for a staged table as for the store's own."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import assert_never

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.rules import (
    AnyRequired,
    Far,
    InList,
    InRange,
    Order,
    Pattern,
    Rare,
    RefersTo,
    Required,
    Rule,
    Unique,
)
from crm_core.pipeline.lines import quoted

Cursor = duckdb.DuckDBPyConnection

ENOUGH_ROWS = 50
"""Of fewer rows nobody can tell what is usual."""
RARE = 0.002
"""A word of at most this share of the rows is rare; one of a single row always is."""
NEARLY_ALL = 0.98
"""The share of the rows that the words which are not rare must serve, so that …"""
FEW_WORDS = 40
"""… at most so many of them are a list to choose from."""


def applicable(rules: Sequence[Rule], fields: Collection[str]) -> list[Rule]:
    """The rules that rows with these fields can break."""
    return [fit for rule in rules if (fit := rule.within(fields))]


def wrong_values(rules: Sequence[Rule]) -> dict[str, str]:
    """Field -> SQL that is true for a row whose value there breaks a rule about values.

    Not asked: whether it is there, whether others have it too, and whether what it names is known.
    """
    tests: dict[str, list[str]] = {}
    for rule in rules:
        if isinstance(rule, InList | InRange | Pattern | Order) and (test := _breaks(rule)):
            tests.setdefault(rule.fields[0], []).append(f"({test})")
    return {field: " OR ".join(found) for field, found in tests.items()}


def broken(rules: Sequence[Rule], spec: EntitySpec, rows: str, key: str) -> str:
    """SQL: `key` and rule (position in `rules`) for every rule that a row breaks.

    `rows`: SQL of the rows to look at, with `key` and the fields that the rules name. References
    are looked up in the temporary table `target` (pipeline.references).
    """
    by_row = {place: _breaks(rule) for place, rule in enumerate(rules)}
    tests = {place: test for place, test in by_row.items() if test}
    parts = []
    if tests:
        places = ", ".join(f"CASE WHEN {test} THEN {place} END" for place, test in tests.items())
        parts.append(
            f"SELECT {key}, unnest(list_filter([{places}], lambda place: place IS NOT NULL))"
            f" AS rule FROM ({rows}) WHERE {' OR '.join(f'({test})' for test in tests.values())}"
        )
    for place, rule in enumerate(rules):
        if isinstance(rule, Unique):
            parts.append(_shared(rule, rows, key, place))
        elif isinstance(rule, RefersTo):
            parts.append(_dangling(rule, spec, rows, key, place))
        elif isinstance(rule, Rare):
            parts.append(_rare(rule, rows, key, place))
        elif isinstance(rule, Far):
            parts.append(_far(rule, rows, key, place))
    return " UNION ALL ".join(parts) or f"SELECT {key}, 0 AS rule FROM ({rows}) WHERE false"


def _breaks(rule: Rule) -> str | None:
    """SQL that is true for a row that breaks the rule; None where other rows decide."""
    match rule:
        case Required(field=field):
            test = f"{field} IS NULL"
        case AnyRequired(choices=choices):
            test = " AND ".join(f"{field} IS NULL" for field in choices)
        case InList(field=field, values=values):
            test = f"lower({field}) NOT IN ({', '.join(quoted(v.lower()) for v in values)})"
        case InRange(field=field, least=least, most=most):
            bounds = [("<", least), (">", most)]
            test = " OR ".join(
                f"{_measured(field, bound)} {sign} {_bound(bound)}"
                for sign, bound in bounds
                if bound is not None
            )
        case Pattern(field=field, pattern=pattern):
            test = f"NOT regexp_full_match({field}, {quoted(pattern)})"
        case Order(days=(first, second)):
            test = f"{first} > {second} AND {first}::DATE > {second}::DATE"
        case Unique() | RefersTo() | Rare() | Far():
            return None
        case _:
            assert_never(rule)
    return f"coalesce(({test}) AND {_when(rule)}, false)"


def _measured(field: str, bound: Decimal | str | None) -> str:
    return f"{field}::DATE" if bound == "today" else field


def _bound(bound: Decimal | str) -> str:
    return "current_date" if bound == "today" else str(bound)


def _when(rule: Rule) -> str:
    tests = [
        f"lower({field}) IN ({', '.join(quoted(value.lower()) for value in values)})"
        for field, values in rule.when.items()
    ]
    return " AND ".join(tests) or "true"


def _shared(rule: Unique, rows: str, key: str, place: int) -> str:
    return (
        f"SELECT {key}, {place} AS rule FROM ({rows}) WHERE {rule.field} IS NOT NULL"
        f" AND {_when(rule)} QUALIFY count(*) OVER (PARTITION BY {rule.field}) > 1"
    )


def _rare(rule: Rare, rows: str, key: str, place: int) -> str:
    looked_at = f"FROM ({rows}) WHERE {rule.field} IS NOT NULL AND {_when(rule)}"
    few = f"n <= greatest(1, {RARE} * rows)"
    return (
        f"SELECT {key}, {place} AS rule {looked_at} AND {rule.field} IN (SELECT word FROM ("
        f"SELECT {rule.field} AS word, count(*) AS n, sum(n) OVER () AS rows {looked_at}"
        f" GROUP BY word) QUALIFY {few} AND rows >= {ENOUGH_ROWS}"
        f" AND sum(n) FILTER (NOT {few}) OVER () >= {NEARLY_ALL} * rows"
        f" AND count(*) FILTER (NOT {few}) OVER () <= {FEW_WORDS})"
    )


def _far(rule: Far, rows: str, key: str, place: int) -> str:
    usual = f"median({rule.field}) FILTER ({rule.field} > 0)"
    return (
        f"SELECT {key}, {place} AS rule FROM ({rows}) WHERE {_when(rule)} AND abs({rule.field}) >"
        f" (SELECT CASE WHEN count({rule.field}) >= {ENOUGH_ROWS} THEN {usual} * {rule.times} END"
        f" FROM ({rows}))"
    )


def _dangling(rule: RefersTo, spec: EntitySpec, rows: str, key: str, place: int) -> str:
    """Looked up once per distinct value. Where none is loaded yet that could be meant, none is.

    What is only mentioned by such references is not known.
    """
    entity = quoted(str(spec.field(rule.field).refers_to))
    known = f"SELECT word FROM target WHERE entity = {entity} AND own"
    unknown = (
        f"SELECT DISTINCT {rule.field} FROM ({rows}) WHERE {rule.field} NOT IN ({known})"
        f" AND EXISTS ({known})"
    )
    return (
        f"SELECT {key}, {place} AS rule FROM ({rows})"
        f" WHERE {rule.field} IN ({unknown}) AND {_when(rule)}"
    )
