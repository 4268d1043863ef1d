"""What each vendor's offer comes to over the years, as a range, in each currency."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

import duckdb

from crm_core.domain.choice import Cost, Total, total_cost

YEARS = 5
"""Costs are added over so many years where nothing is said."""


def totals(
    cursor: duckdb.DuckDBPyConnection, years: int, home: str | None
) -> dict[str, dict[str | None, Total]]:
    """Vendor -> currency -> what it costs over so many years. A blank currency is the home one."""
    rows = cursor.execute(
        """
        SELECT unnest(vendor), upper(trim(currency)), least, likely, most,
            coalesce(yearly, false), coalesce(first_year, 1), last_year
        FROM programme.vendor_cost ORDER BY id
        """
    ).fetchall()
    found: defaultdict[str, defaultdict[str | None, list[Cost]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for vendor, currency, least, likely, most, is_yearly, first, last in rows:
        low, mid, high = _estimates(least, likely, most)
        end = (last or years) if is_yearly else first
        found[vendor][currency or home].append(Cost(low, mid, high, first, end))
    return {vendor: _added(each, years) for vendor, each in found.items()}


def _added(each: Mapping[str | None, list[Cost]], years: int) -> dict[str | None, Total]:
    return {currency: total_cost(costs, years) for currency, costs in each.items()}


def _estimates(
    least: Decimal, likely: Decimal | None, most: Decimal | None
) -> tuple[float, float, float]:
    """Three numbers where fewer were given: what is missing is the next one that was."""
    mid = likely if likely is not None else (least + most) / 2 if most is not None else least
    return float(least), float(mid), float(mid if most is None else most)
