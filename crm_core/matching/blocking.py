"""Which pairs are looked at: those that share a telling key that not too many others have."""

import duckdb

from crm_core.matching.prepare import Prepared

Cursor = duckdb.DuckDBPyConnection
_PAIRS, _ALWAYS = 30, 20_000
"""So many pairs per record are looked at, and so many in any store."""
_WHOLE_ALWAYS = 300_000
"""The same, of those that share a whole name or number."""
_NEXT = 5
"""Where too many share a whole name or number, each is compared with so many that are like it."""
_LIKE = (
    *("name_core", "company_core", "given", "surname", "birth", "national_id", "tax_id", "phone"),
    *("email", "street_text", "postcode", "city", "region"),
)

_Keys = tuple[tuple[str, tuple[str, ...]], ...]
"""The SQL of a key and the columns that it needs."""
_WHOLE: _Keys = (
    ("'n' || name_core", ("name_core",)),
    ("'c' || company_core", ("company_core",)),
    ("'p' || right(phone, 7)", ("phone",)),
    ("'e' || email", ("email",)),
    ("'i' || national_id", ("national_id",)),
    ("'t' || tax_id", ("tax_id",)),
)

_KEYS: _Keys = (
    ("'s' || name_sound", ("name_core",)),
    ("'f' || given || ' ' || surname", ("given", "surname")),
    ("'f' || surname || ' ' || given", ("given", "surname")),
    ("'g' || coalesce(given, '') || ' ' || coalesce(surname, '')", ("given", "surname")),
    ("'d' || domain", ("domain",)),
    ("'a' || street_text", ("street_text",)),
    ("'h' || street_house || ' ' || street_key", ("street_text",)),
    ("'h' || street_house || ' ' || left(street_key, 3)", ("street_text",)),
    ("'b' || birth || left(surname, 2)", ("birth", "surname")),
    ("'b' || birth || left(given, 2)", ("birth", "given")),
    ("'q' || postcode || left(surname, 3)", ("postcode", "surname")),
    ("'q' || postcode || left(given, 3)", ("postcode", "given")),
)
_LISTED: _Keys = (
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
    _note_keys(cursor, prepared)
    most = _largest(cursor, _PAIRS * prepared.rows + _ALWAYS)
    whole = _largest(cursor, _PAIRS * prepared.rows + _WHOLE_ALWAYS, "whole")
    fits = f"CASE WHEN bool_or(whole) THEN {max(most, whole)} ELSE {most} END"
    cursor.execute(
        "CREATE TABLE telling AS SELECT key, id FROM keys SEMI JOIN (SELECT key FROM keys"
        f" GROUP BY key HAVING count(*) BETWEEN 2 AND {fits}) USING (key)"
    )
    _note_crowded(cursor, prepared, max(most, whole))
    new = f" AND (l.id IN (SELECT row_id FROM {only}) OR r.id IN (SELECT row_id FROM {only}))"
    cursor.execute(
        "CREATE TABLE blocked AS SELECT DISTINCT least(l.id, r.id) AS join_key_l,"
        " greatest(l.id, r.id) AS join_key_r, '0' AS match_key FROM"
        " (SELECT key, id, 0 AS place FROM telling UNION ALL"
        f" SELECT key, id, unnest(range(place + 1, place + {_NEXT + 1})) FROM crowded) AS l"
        " JOIN (SELECT key, id, 0 AS place FROM telling UNION ALL FROM crowded) AS r"
        " ON l.key = r.key AND l.place = r.place AND (l.place > 0 OR l.id < r.id)"
        f" WHERE true{new if only else ''}"
    )
    cursor.execute("DROP TABLE keys; DROP TABLE telling; DROP TABLE crowded")
    return int(cursor.execute("SELECT count(*) FROM blocked").fetchall()[0][0])


def _note_keys(cursor: Cursor, prepared: Prepared) -> None:
    """Table `keys` of key, id and whether it is a `whole` name or number."""
    every = [(key, columns, True) for key, columns in _WHOLE]
    every += [(key, columns, False) for key, columns in (*_KEYS, *_LISTED)]
    keys = [
        f"SELECT unique_id AS id, {key} AS key, {whole} AS whole FROM prepared"
        for key, columns, whole in every
        if set(columns) <= prepared.columns
    ]
    if not keys:
        keys = ["SELECT unique_id AS id, NULL::VARCHAR AS key, false AS whole FROM prepared"]
    cursor.execute(
        "CREATE TABLE keys AS SELECT DISTINCT hash(key) AS key, id, whole"
        f" FROM ({' UNION ALL '.join(keys)}) WHERE key IS NOT NULL"
    )


def _note_crowded(cursor: Cursor, prepared: Prepared, most: int) -> None:
    """Table `crowded`: of whole keys that too many share, who stands where among its like."""
    like = [name for name in _LIKE if name in prepared.columns]
    like += [extra.column for extra in prepared.extras]
    order = ", ".join(["key", *like, "id"])
    cursor.execute(
        f"CREATE TABLE crowded AS SELECT key, id, row_number() OVER (ORDER BY {order}) AS place"
        " FROM keys JOIN prepared ON unique_id = id SEMI JOIN (SELECT key FROM keys WHERE whole"
        f" GROUP BY key HAVING count(*) > {most}) AS large USING (key)"
    )


def _largest(cursor: Cursor, room: int, where: str = "true") -> int:
    """The most records that may share a key: larger blocks would make too many pairs."""
    sizes = cursor.execute(
        "SELECT size, count(*) * size * (size - 1) // 2 FROM (SELECT count(*) AS size FROM keys"
        f" WHERE {where} GROUP BY key) WHERE size > 1 GROUP BY size ORDER BY size"
    ).fetchall()
    most = 1
    for size, made in sizes:
        room -= int(made)
        if room < 0:
            break
        most = int(size)
    return most
