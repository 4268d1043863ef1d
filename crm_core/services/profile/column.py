"""What is measured of one column: its extremes, frequent values, spread and outliers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import duckdb

from crm_core.services.profile.asking import one_row
from crm_core.services.profile.forms import Formed, measured
from crm_core.services.profile.shape import ColumnProfile, Form, Value

Cursor = duckdb.DuckDBPyConnection

FAR = 3.0
"""An outlier lies further than so many interquartile ranges beyond the quartiles."""
WIDE = 4.0
"""Amounts whose upper quartile is so many times the lower one are judged by ratio, not distance."""
FREQUENT = 8
BINS = 16
_ID = 0.9
"""Where nearly every row has a value of its own no value is frequent."""
_FEW = 20


def summary(
    cursor: Cursor, rows: str, names: Mapping[str, str], forms: dict[str, Formed], sampled: bool
) -> dict[str, dict[str, Any]]:
    """Column -> least, most (of all rows) and quartiles, as DuckDB sums them up."""
    types = {row[0]: str(row[1]) for row in cursor.execute("DESCRIBE looked").fetchall()}
    cells = ", ".join(
        f"{measured(place, forms[place][0], types[place] == 'VARCHAR')} AS {place}"
        for place in names
    )
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW measured AS SELECT {cells} FROM looked")
    result = cursor.execute("SUMMARIZE measured")
    heads = [column[0] for column in result.description or ()]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in result.fetchall()}
    if sampled:
        edges = ", ".join(f"min({place})::VARCHAR, max({place})::VARCHAR" for place in names)
        ends = one_row(cursor, f"SELECT {edges} FROM (SELECT {cells} FROM ({rows}))")
        for number, place in enumerate(names):
            found[place] |= {"min": ends[2 * number], "max": ends[2 * number + 1]}
    return found


def column(
    cursor: Cursor,
    called: tuple[str, str],
    formed: Formed,
    counts: tuple[int, int, int],
    known: dict[str, Any],
) -> ColumnProfile:
    """`called`: place and name; `counts`: all rows, the filled ones, different values."""
    (place, name), (form, forms), (total, filled, different) = called, formed, counts
    base: dict[str, Any] = {
        "name": name,
        "form": form,
        "forms": forms,
        "filled": filled,
        "missing": total - filled,
        "different": min(different, filled),
    }
    if not filled:
        return ColumnProfile(**base)
    if form in ("text", "flag"):
        if different <= max(_FEW, _ID * filled):
            base["frequent"] = _frequent(cursor, place)
        if form == "text":
            base["lengths"] = one_row(
                cursor,
                f"SELECT min(length({place})), avg(length({place})), max(length({place}))"
                " FROM looked",
            )
        return ColumnProfile(**base)
    ends = {"least": "min", "middle": "q50", "most": "max"}
    base |= {said: _read(form, known[head]) for said, head in ends.items()}
    return ColumnProfile(**base, **_spread(cursor, place, form, known))


def _frequent(cursor: Cursor, place: str) -> tuple[tuple[str, int], ...]:
    rows = cursor.execute(
        f"SELECT {place}::VARCHAR AS value, count(*) AS n FROM looked WHERE {place} IS NOT NULL"
        f" GROUP BY ALL ORDER BY n DESC, value LIMIT {FREQUENT}"
    ).fetchall()
    return tuple((value, int(n)) for value, n in rows)


def _spread(cursor: Cursor, place: str, form: Form, known: dict[str, Any]) -> dict[str, Any]:
    """Bins and outliers of a measured column."""
    heads = ("q25", "q75", "min", "max")
    first, third, least, most = (_number(_read(form, known[head])) for head in heads)
    if first is None or third is None or least is None or most is None:
        return {}
    value = place if form == "number" else f"epoch({place})"
    window = _fences(first, third) if first < third else (least, most)
    bins = _bins(cursor, value, max(window[0], least), min(window[1], most))
    if first == third:
        return {"bins": bins}
    fences = _fences(first, third, skewed=form == "number" and first * WIDE < third, least=least)
    beyond = f"FROM measured WHERE {value} < $low OR {value} > $high"
    ends = dict(zip(("low", "high"), fences, strict=True))
    (outliers,) = one_row(cursor, f"SELECT count(*) {beyond}", ends)
    far = cursor.execute(
        f"SELECT DISTINCT {place}, greatest($low - {value}, {value} - $high) AS distance {beyond}"
        " ORDER BY distance DESC LIMIT 3",
        ends,
    ).fetchall()
    furthest = tuple(found for found, _ in far)
    return {"bins": bins, "fences": fences, "outliers": outliers, "furthest": furthest}


def _fences(
    first: float, third: float, *, skewed: bool = False, least: float = 0.0
) -> tuple[float, float]:
    """FAR interquartile ranges beyond the quartiles; of skewed amounts, on a scale of ratios."""
    span = third - first
    low, high = first - FAR * span, third + FAR * span
    if skewed and first > 0:
        ratio = (third / first) ** FAR
        low, high = (first / ratio if least > 0 else low), third * ratio
    return low, high


def _bins(cursor: Cursor, value: str, low: float, high: float) -> tuple[int, ...]:
    rows = cursor.execute(
        f"SELECT least(floor(({value} - $low) / $step), {BINS - 1})::INTEGER AS bin, count(*)"
        f" FROM measured WHERE {value} BETWEEN $low AND $high GROUP BY bin",
        {"low": low, "step": (high - low) / BINS or 1.0, "high": high},
    ).fetchall()
    counts = {int(place): int(count) for place, count in rows}
    return tuple(counts.get(place, 0) for place in range(BINS))


def _read(form: Form, text: str | None) -> Value | None:
    """A value as SUMMARIZE writes it."""
    if text is None:
        return None
    return float(text) if form == "number" else datetime.fromisoformat(text)


def _number(value: Value | None) -> float | None:
    if isinstance(value, datetime):
        return (value - datetime(1970, 1, 1)).total_seconds()
    return value if isinstance(value, float) else None
