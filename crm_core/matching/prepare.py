"""Records in the form that they are compared in: one row each, in the table `prepared`."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from crm_core.matching import chinese, texts, words
from crm_core.matching.extras import Extra, chosen
from crm_core.matching.fields import ENTITIES
from crm_core.reference import countries, word_key

Cursor = duckdb.DuckDBPyConnection

_PLAIN = {
    "given_name": ("given", texts.plain),
    "surname": ("surname", texts.plain),
    "birth_date": ("birth", lambda column: f"strftime({column}, '%Y%m%d')"),
    "national_id": ("national_id", texts.code),
    "tax_id": ("tax_id", texts.code),
    "phone": ("phone", texts.phone),
    "postcode": ("postcode", texts.code),
    "city": ("city", texts.plain),
    "region": ("region", texts.plain),
    "customer_id": ("holder", lambda column: f"nullif(trim({column}), '')"),
}


@dataclass(frozen=True)
class Prepared:
    """What the table `prepared` has: unique_id, the columns of each field, x0 … of extras."""

    rows: int
    columns: frozenset[str]
    """The columns with a value on at least two rows."""
    extras: tuple[Extra, ...]


def prepare(cursor: Cursor, entity: str) -> Prepared:
    """Make `prepared` of the table `records`."""
    spec = ENTITIES[entity]
    words.define(cursor)
    columns = ["row_id AS unique_id", "source_file AS file"]
    columns += [
        f"{write(column)} AS {name}"
        for column, (name, write) in _PLAIN.items()
        if column in (*spec.strong, *spec.plain)
    ]
    if "email" in spec.plain:
        columns.append(f"{texts.mail('email', personal=spec.people)} AS email")
        website = "website" if "website" in spec.plain else "NULL"
        columns.append(f"{texts.domain('email', website)} AS domain")
    joins = []
    for column in spec.names:
        columns += _named(column)
        table = words.texts(cursor, "records", column, name=True)
        joins += [f"{table}", f"{chinese.sounds(cursor, table)}"]
    if "street" in spec.plain:
        columns += _placed()
        joins.append(words.texts(cursor, "records", "street", name=False))
    if "country" in spec.plain:
        joins.append(_countries(cursor))
        columns.append("texts_country.text AS country")
    extras = chosen(cursor)
    columns += [f"{texts.plain(extra.sql)} AS {extra.column}" for extra in extras]
    joined = "".join(f" LEFT JOIN {t} ON {t}.raw = {t.split('_')[1]}" for t in joins)
    cursor.execute(f"CREATE TABLE prepared AS SELECT {', '.join(columns)} FROM records{joined}")
    return _told(cursor, extras)


def _named(column: str) -> list[str]:
    table, sound = f"texts_{column}", f"texts_{column}_sounds"
    return [
        f"{table}.text AS {column}_text",
        f"replace({table}.text, ' ', '') AS {column}_core",
        f"{table}.words AS {column}_words",
        f"weighed({table}.words) AS {column}_weight",
        f"{table}.rare AS {column}_rare",
        f"{table}.marks AS {column}_marks",
        f"{sound}.sound AS {column}_sound",
        f"{sound}.heads AS {column}_heads",
        f"{sound}.short AS {column}_short",
        f"{sound}.pairs AS {column}_pairs",
        f"{sound}.place AS {column}_place",
    ]


def _placed() -> list[str]:
    table = "texts_street"
    return [
        f"{table}.text AS street_text",
        f"{table}.alpha AS street_words",
        f"weighed({table}.alpha) AS street_weight",
        f"{table}.house AS street_house",
        f"{table}.key AS street_key",
    ]


def _countries(cursor: Cursor) -> str:
    """Table of the distinct countries: raw, text. One has the same text in every language."""
    cursor.execute(
        f"CREATE TABLE texts_country AS SELECT DISTINCT country AS raw, {texts.plain('country')}"
        " AS text FROM records WHERE country IS NOT NULL"
    )
    said = [raw for (raw,) in cursor.execute("SELECT raw FROM texts_country").fetchall()]
    known = {raw: found.iso for raw in said if (found := countries().get(word_key(raw)))}
    names = pa.table(
        {"raw": pa.array(known, pa.string()), "iso": pa.array(known.values(), pa.string())}
    )
    cursor.register("given", names)
    cursor.execute(
        "UPDATE texts_country SET text = iso FROM given WHERE given.raw = texts_country.raw"
    )
    cursor.unregister("given")
    return "texts_country"


def _told(cursor: Cursor, extras: tuple[Extra, ...]) -> Prepared:
    names = [str(row[0]) for row in cursor.execute("DESCRIBE prepared").fetchall()]
    counts = cursor.execute(
        f"SELECT count(*), {', '.join(f'count({name})' for name in names)},"
        " count(DISTINCT file) FROM prepared"
    ).fetchall()[0]
    filled = {name for name, count in zip(names, counts[1:-1], strict=True) if count >= 2}
    if counts[-1] < 2:
        filled -= {"file"}
    return Prepared(int(counts[0]), frozenset(filled), extras)
