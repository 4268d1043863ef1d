"""Which pairs are looked at: those that share a telling key that not too many others have."""

import duckdb

from crm_core.matching.prepare import Prepared

Cursor = duckdb.DuckDBPyConnection
_PAIRS, _ALWAYS = 30, 20_000
"""So many pairs per record are looked at, and so many in any store."""

_KEYS = (
    ("'n' || name_core", ("name_core",)),
    ("'c' || company_core", ("company_core",)),
    ("'s' || name_sound", ("name_core",)),
    ("'f' || given || ' ' || surname", ("given", "surname")),
    ("'f' || surname || ' ' || given", ("given", "surname")),
    ("'g' || coalesce(given, '') || ' ' || coalesce(surname, '')", ("given", "surname")),
    ("'p' || right(phone, 7)", ("phone",)),
    ("'e' || email", ("email",)),
    ("'d' || domain", ("domain",)),
    ("'i' || national_id", ("national_id",)),
    ("'t' || tax_id", ("tax_id",)),
    ("'a' || street_text", ("street_text",)),
    ("'h' || street_house || ' ' || street_key", ("street_text",)),
    ("'h' || street_house || ' ' || left(street_key, 3)", ("street_text",)),
    ("'b' || birth || left(surname, 2)", ("birth", "surname")),
    ("'b' || birth || left(given, 2)", ("birth", "given")),
    ("'q' || postcode || left(surname, 3)", ("postcode", "surname")),
    ("'q' || postcode || left(given, 3)", ("postcode", "given")),
)
_LISTED = (
    ("'w' || unnest(name_rare)", ("name_core",)),
    ("'v' || unnest(company_rare)", ("company_core",)),
    ("'x' || street_house || ' ' || unnest(name_rare)", ("name_core", "street_text")),
    ("'y' || unnest(name_heads)", ("name_core",)),
    ("'z' || unnest(name_pairs)", ("name_core",)),
)


def pairs(cursor: Cursor, prepared: Prepared, only: str | None = None) -> int:
    """Table `blocked` of join_key_l < join_key_r and match_key; answers how many pairs.

    `only`: a table with a column row_id of which one side at least must be.
    """
    keys = [
        f"SELECT unique_id AS id, {key} AS key FROM prepared"
        for key, columns in (*_KEYS, *_LISTED)
        if set(columns) <= prepared.columns
    ]
    if not keys:
        keys = ["SELECT unique_id AS id, NULL::VARCHAR AS key FROM prepared"]
    cursor.execute(
        "CREATE TABLE keys AS SELECT DISTINCT hash(key) AS key, id"
        f" FROM ({' UNION ALL '.join(keys)}) WHERE key IS NOT NULL"
    )
    most = _largest(cursor, prepared.rows)
    cursor.execute(
        "CREATE TABLE telling AS SELECT key, id FROM keys"
        f" SEMI JOIN (SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND {most})"
        " USING (key)"
    )
    new = f" AND (l.id IN (SELECT row_id FROM {only}) OR r.id IN (SELECT row_id FROM {only}))"
    cursor.execute(
        "CREATE TABLE blocked AS SELECT DISTINCT l.id AS join_key_l, r.id AS join_key_r,"
        " '0' AS match_key FROM telling AS l JOIN telling AS r ON l.key = r.key AND l.id < r.id"
        f" WHERE true{new if only else ''}"
    )
    cursor.execute("DROP TABLE keys; DROP TABLE telling")
    return int(cursor.execute("SELECT count(*) FROM blocked").fetchall()[0][0])


def _largest(cursor: Cursor, rows: int) -> int:
    """The most records that may share a key: larger blocks would make too many pairs."""
    sizes = cursor.execute(
        "SELECT size, count(*) * size * (size - 1) // 2 FROM (SELECT count(*) AS size FROM keys"
        " GROUP BY key) WHERE size > 1 GROUP BY size ORDER BY size"
    ).fetchall()
    room, most = _PAIRS * rows + _ALWAYS, 1
    for size, made in sizes:
        room -= int(made)
        if room < 0:
            break
        most = int(size)
    return most
