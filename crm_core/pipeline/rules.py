"""Rules as SQL: which rows break which rule, for a staged table as for the store's own."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import assert_never

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.rules import InList, InRange, Order, Pattern, RefersTo, Required, Rule, Unique
from crm_core.pipeline.lines import quoted

Cursor = duckdb.DuckDBPyConnection


def applicable(rules: Sequence[Rule], fields: Collection[str]) -> list[Rule]:
    """The rules that rows with these fields can break."""
    return [rule for rule in rules if set(rule.fields) <= set(fields)]


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
    return " UNION ALL ".join(parts) or f"SELECT {key}, 0 AS rule FROM ({rows}) WHERE false"


def _breaks(rule: Rule) -> str | None:
    """SQL that is true for a row that breaks the rule; None where other rows decide."""
    match rule:
        case Required(field=field):
            test = f"{field} IS NULL"
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
        case Unique() | RefersTo():
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
        f"{field} IN ({', '.join(map(quoted, values))})" for field, values in rule.when.items()
    ]
    return " AND ".join(tests) or "true"


def _shared(rule: Unique, rows: str, key: str, place: int) -> str:
    return (
        f"SELECT {key}, {place} AS rule FROM ({rows}) WHERE {rule.field} IS NOT NULL"
        f" AND {_when(rule)} QUALIFY count(*) OVER (PARTITION BY {rule.field}) > 1"
    )


def _dangling(rule: RefersTo, spec: EntitySpec, rows: str, key: str, place: int) -> str:
    """Looked up once per distinct value. Where none is loaded yet that could be meant, none is."""
    entity = quoted(str(spec.field(rule.field).refers_to))
    known = f"SELECT word FROM target WHERE entity = {entity}"
    unknown = (
        f"SELECT DISTINCT {rule.field} FROM ({rows}) WHERE {rule.field} NOT IN ({known})"
        f" AND EXISTS ({known})"
    )
    return (
        f"SELECT {key}, {place} AS rule FROM ({rows})"
        f" WHERE {rule.field} IN ({unknown}) AND {_when(rule)}"
    )
