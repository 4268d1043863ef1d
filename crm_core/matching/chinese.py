"""How Chinese names sound: 王伟 like 王玮, 华为 like Huawei; and what short names may stand for."""

import duckdb
import pyarrow as pa

from crm_core.matching.texts import HAN
from crm_core.reference.pinyin import syllables
from crm_core.reference.places import places

Cursor = duckdb.DuckDBPyConnection
_LETTERS = 4
"""A Latin word with fewer letters sounds like too many names."""
_SHORT, _LATER = 5, 8
"""A short name has so many characters at most, and takes them from so many of the long one."""


def sounds(cursor: Cursor, texts: str) -> str:
    """Table of raw, sound, heads, short, pairs and place for a table of names by `words.texts`.

    `sound`: a Chinese name in pinyin without tones. `heads`: how its first two to four characters
    are written in Latin letters, or the longer words of a Latin name. `short`: a LIKE pattern of
    the names that a short Chinese one may stand for. `pairs`: its first character with each of the
    next ones. `place`: the province or city that a Chinese name begins with. Answers the table's
    name.
    """
    table = f"{texts}_sounds"
    _characters(cursor, texts)
    cursor.execute(
        f"CREATE TABLE {table} AS WITH spoken AS (SELECT raw, any_value(name) AS name,"
        " any_value(seat) AS seat, list(said ORDER BY place) AS said"
        " FROM characters JOIN speech USING (sign)"
        f" GROUP BY raw) SELECT raw, text, array_to_string(said, '') AS sound,"
        " CASE WHEN said IS NOT NULL THEN [array_to_string(said[:2], ''),"
        " array_to_string(said[:3], ''), array_to_string(said[:4], '')]"
        " ELSE list_filter(string_split(text, ' '), lambda word:"
        f" length(word) >= {_LETTERS}) END AS heads,"
        f" CASE WHEN length(name) BETWEEN 2 AND {_SHORT}"
        " THEN '%' || array_to_string(string_split(name, ''), '%') || '%' END AS short,"
        f" list_transform(range(2, least(length(name), {_LATER}) + 1), lambda i:"
        f" name[1] || name[i]) AS pairs, seat AS place FROM {texts} LEFT JOIN spoken USING (raw)"
    )
    cursor.execute("DROP TABLE characters; DROP TABLE speech")
    return table


def _characters(cursor: Cursor, texts: str) -> None:
    """Tables `characters` (raw, name, sign, place) of Chinese names without the place they begin
    with, and `speech` (sign, said)."""
    known = sorted({name for name in (*places("region"), *places("city")) if not name.isascii()})
    begins = "|".join(sorted(known, key=len, reverse=True))
    cursor.execute(
        f"CREATE TABLE characters AS WITH tight AS (SELECT raw, replace(text, ' ', '') AS whole,"
        f" regexp_replace(replace(text, ' ', ''), '^({begins})', '') AS brand,"
        f" nullif(regexp_replace(regexp_extract(replace(text, ' ', ''), '^({begins})'),"
        f" '[省市]$', ''), '') AS seat FROM {texts}"
        f" WHERE regexp_matches(text, '{HAN}')), named AS (SELECT raw, seat,"
        " CASE WHEN length(brand) >= 2 THEN brand ELSE whole END AS name FROM tight)"
        " SELECT raw, seat, name, unnest(string_split(name, '')) AS sign,"
        " generate_subscripts(string_split(name, ''), 1) AS place FROM named"
    )
    signs = [sign for (sign,) in cursor.execute("SELECT DISTINCT sign FROM characters").fetchall()]
    said = ["".join(syllables(sign)) for sign in signs]
    cursor.register(
        "spoken_signs",
        pa.table({"sign": pa.array(signs, pa.string()), "said": pa.array(said, pa.string())}),
    )
    cursor.execute("CREATE TABLE speech AS FROM spoken_signs")
    cursor.unregister("spoken_signs")
