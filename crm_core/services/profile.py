"""The profile of a table or of a file as it came: what each column holds, and what stands out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.entities import Kind
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.reference import entities
from crm_core.store import Store

Cursor = duckdb.DuckDBPyConnection
Form = Literal["text", "number", "date", "flag"]
Value = float | datetime | str
Formed = tuple[Form, dict[str, float]]
"""What a column is measured as, and form -> share of its cells."""

LOOKED_AT = 200_000
"""Of a larger table so many rows, drawn at random, stand for all: what is said is marked so."""
FAR = 3.0
"""An outlier lies further than so many interquartile ranges beyond the quartiles."""
WIDE = 4.0
"""Amounts whose upper quartile is so many times the lower one are judged by ratio, not distance."""
FREQUENT = 8
BINS = 16
_MOSTLY = 0.9
"""Text that is a number (or a day) in at least this share of its cells is measured as such."""
_ID = 0.9
"""Where nearly every row has a value of its own no value is frequent."""
_FEW = 20

_MEASURED = {Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, None}
"""Fields whose cells a file's profile measures; of an ID the least and the most say nothing."""

_NUMBER = r"[-+]?[¥$€£]?\d{1,3}(,?\d{3})*(\.\d+)?%?|[-+]?\d+(\.\d+)?([eE][-+]?\d+)?"
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([ T].*)?"
_AS_NUMBER = "TRY_CAST(regexp_replace({}, '[,¥$€£%]', '', 'g') AS DOUBLE)"
_WITHIN = (
    "CASE WHEN {0} > '9999-12-31' THEN TIMESTAMP '9999-12-31' WHEN {0} < '0001-01-01'"
    " THEN TIMESTAMP '0001-01-01' ELSE {0} END"
)
"""A store knows days that Python does not."""
_AS_DATE = "TRY_CAST(regexp_replace({}, '[/年月.]', '-', 'g').replace('日', '') AS TIMESTAMP)"


@dataclass(frozen=True)
class ColumnProfile:
    """What one column holds. `least`, `middle` and `most` are of the values as measured."""

    name: str
    """The field of a table, the title of a file's column."""
    form: Form
    forms: Mapping[str, float] = field(default_factory=dict)
    """What its filled cells look like: form -> share, 0 … 1."""
    filled: int = 0
    missing: int = 0
    different: int = 0
    least: Value | None = None
    middle: Value | None = None
    most: Value | None = None
    lengths: tuple[int, float, int] | None = None
    """Of texts: the shortest, the mean, the longest, in characters."""
    frequent: tuple[tuple[str, int], ...] = ()
    """Values with how many rows have them, the most frequent first."""
    fences: tuple[float, float] | None = None
    """What lies beyond them is an outlier; days as seconds since 1970."""
    outliers: int | None = None
    """None where nothing can stand out: texts, and numbers that are nearly all alike."""
    furthest: tuple[Value, ...] = ()
    bins: tuple[int, ...] = ()
    """How many values lie in each of equal steps, outliers by distance left out."""


@dataclass(frozen=True)
class Profile:
    """A table or a file; where `sampled`, all but rows, filled, missing, least and most rest on
    LOOKED_AT rows drawn at random, and `different` is approximate (within some 2%)."""

    rows: int
    repeated: int | None
    """Rows that say the same as an earlier one in all but their own number; None: not counted."""
    sampled: bool
    columns: tuple[ColumnProfile, ...]


def of_table(store: Store, _actor: Actor, entity: str) -> Profile:
    """The profile of a table of the store. Refused("entity_unknown")."""
    if entity not in entities():
        raise Refused("entity_unknown", entity=entity, known=", ".join(entities()))
    spec = entities()[entity]
    names = {f"c{place}": one.name for place, one in enumerate(spec.fields)}
    cells = ", ".join(f"{name} AS {place}" for place, name in names.items())
    aside = next((place for place, name in names.items() if name == spec.key), None)
    with store.snapshot() as cursor:
        return _profile(cursor, f"SELECT {cells} FROM crm.{entity}", names, set(names), aside)


def of_file(store: Store, _actor: Actor, file_id: int) -> Profile:
    """The profile of a load's file (or sheet) as it came, below its header.

    Refused("file_unknown") where no lines of it are kept.
    """
    with store.read() as cursor:
        kept = cursor.execute(
            "SELECT archive, plan FROM crm.batch_file WHERE file_id = ? AND archive IS NOT NULL",
            [file_id],
        ).fetchone()
    if kept is None or not (store.files / kept[0]).exists():
        raise Refused("file_unknown", id=file_id)
    plan = TablePlan.model_validate_json(kept[1])
    with _lines(store.files / kept[0], plan.header_line) as cursor:
        columns = [row[0] for row in cursor.execute("DESCRIBE line").fetchall()]
        titles = plan.titles(len(columns))
        names = {name: titles[place] for place, name in enumerate(columns)}
        rows = f"SELECT * FROM line WHERE coalesce({', '.join(columns)}) IS NOT NULL"
        return _profile(cursor, rows, names, _texts(plan), None)


def _texts(plan: TablePlan) -> set[str]:
    """The columns that are known to hold texts, whatever their cells look like."""
    found = set()
    for column in plan.columns:
        spec = entities().get(column.entity or plan.entity or "")
        kinds = {one.name: one.kind for one in spec.fields} if spec else {}
        if kinds.get(column.field or "") not in _MEASURED:
            found.add(f"c{column.index}")
    return found


@contextmanager
def _lines(archive: Path, header: int) -> Iterator[Cursor]:
    """The lines of a file below its header as the view `line` of a database of its own."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute(
            "CREATE VIEW line AS SELECT nullif(COLUMNS(* EXCLUDE (line, width)), '')"
            f" FROM {lines_in(connection, archive)} WHERE line > {header}"
        )
        yield connection


def _profile(
    cursor: Cursor, rows: str, names: Mapping[str, str], texts: set[str], aside: str | None
) -> Profile:
    """`rows`: SQL; `names`: its columns c0 … and how each is called; `texts`: those of them that
    stay texts; `aside`: the row's own number."""
    total, *filled = _one(
        cursor, f"SELECT count(*), {', '.join(f'count({c})' for c in names)} FROM ({rows})"
    )
    sampled = total > LOOKED_AT
    sample = f" USING SAMPLE reservoir({LOOKED_AT} ROWS) REPEATABLE (7)" if sampled else ""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE looked AS {rows}{sample}")
    forms = _forms(cursor, names, texts)
    source = f"({rows})" if sampled else "looked"
    count = "approx_count_distinct({})" if sampled else "count(DISTINCT {})"
    different = _one(cursor, f"SELECT {', '.join(count.format(c) for c in names)} FROM {source}")
    known = _summary(cursor, rows, names, forms, sampled)
    columns = tuple(
        _column(cursor, (place, name), forms[place], (total, have, several), known[place])
        for (place, name), have, several in zip(names.items(), filled, different, strict=True)
    )
    repeated = None if sampled else _repeated(cursor, aside)
    return Profile(total, repeated, sampled, columns)


def _forms(cursor: Cursor, names: Iterable[str], texts: set[str]) -> dict[str, Formed]:
    types = {row[0]: str(row[1]) for row in cursor.execute("DESCRIBE looked").fetchall()}
    found: dict[str, Formed] = {}
    for name in names:
        if types[name] != "VARCHAR":
            form = _form_of_type(types[name])
            found[name] = form, {form: 1.0}
            continue
        cells, numbers, days = _one(
            cursor,
            f"SELECT count({name}), count(*) FILTER (WHERE regexp_full_match(trim({name}), $n)),"
            f" count(*) FILTER (WHERE regexp_full_match(trim({name}), $d)) FROM looked",
            {"n": _NUMBER, "d": _DATE},
        )
        shares = {"number": numbers, "date": days, "text": cells - numbers - days}
        mix = {form: count / cells for form, count in shares.items() if count > 0}
        most: Form = "text"
        if name not in texts and mix.get("number", 0) >= _MOSTLY:
            most = "number"
        elif name not in texts and mix.get("date", 0) >= _MOSTLY:
            most = "date"
        found[name] = most, mix
    return found


def _form_of_type(kind: str) -> Form:
    if kind == "BOOLEAN":
        return "flag"
    return "date" if kind.startswith(("DATE", "TIMESTAMP")) else "number"


def _measured(place: str, form: Form, text: bool) -> str:
    """SQL of a column as what it is measured as."""
    if form == "number":
        return _AS_NUMBER.format(place) if text else f"{place}::DOUBLE"
    if form == "date":
        return _WITHIN.format(_AS_DATE.format(place) if text else f"{place}::TIMESTAMP")
    return f"{place}::VARCHAR"


def _summary(
    cursor: Cursor, rows: str, names: Mapping[str, str], forms: dict[str, Formed], sampled: bool
) -> dict[str, dict[str, Any]]:
    """Column -> least, most (of all rows) and quartiles, as DuckDB sums them up."""
    types = {row[0]: str(row[1]) for row in cursor.execute("DESCRIBE looked").fetchall()}
    cells = ", ".join(
        f"{_measured(place, forms[place][0], types[place] == 'VARCHAR')} AS {place}"
        for place in names
    )
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW measured AS SELECT {cells} FROM looked")
    result = cursor.execute("SUMMARIZE measured")
    heads = [column[0] for column in result.description or ()]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in result.fetchall()}
    if sampled:
        edges = ", ".join(f"min({place})::VARCHAR, max({place})::VARCHAR" for place in names)
        ends = _one(cursor, f"SELECT {edges} FROM (SELECT {cells} FROM ({rows}))")
        for number, place in enumerate(names):
            found[place] |= {"min": ends[2 * number], "max": ends[2 * number + 1]}
    return found


def _column(
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
            base["lengths"] = _one(
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
    (outliers,) = _one(cursor, f"SELECT count(*) {beyond}", ends)
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


def _repeated(cursor: Cursor, aside: str | None) -> int:
    cells = f"* EXCLUDE ({aside})" if aside else "*"
    (repeated,) = _one(
        cursor,
        "SELECT coalesce(sum(n - 1), 0)::BIGINT"
        f" FROM (SELECT {cells}, count(*) AS n FROM looked GROUP BY ALL)",
    )
    return int(repeated)


def _read(form: Form, text: str | None) -> Value | None:
    """A value as SUMMARIZE writes it."""
    if text is None:
        return None
    return float(text) if form == "number" else datetime.fromisoformat(text)


def _number(value: Value | None) -> float | None:
    if isinstance(value, datetime):
        return (value - datetime(1970, 1, 1)).total_seconds()
    return value if isinstance(value, float) else None


def _one(cursor: Cursor, sql: str, params: dict[str, Any] | None = None) -> tuple[Any, ...]:
    row = cursor.execute(sql, params or {}).fetchone()
    assert row is not None
    return row
