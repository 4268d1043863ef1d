"""The words of names and streets, and how telling each is: a rare word says more than a usual one.

Words are kept as numbers, their weight in the upper bits and a hash below, so that the weight of
what two texts share is one sum over two short lists.
"""

import duckdb
import pyarrow as pa

from crm_core.matching.texts import HAN, plain, without_form
from crm_core.reference.names_and_addresses import address_words
from crm_core.reference.scripts import simplified, traditional

Cursor = duckdb.DuckDBPyConnection
_SCALE = 1 << 40
_RUNS = f"{HAN}+|[^\\s{HAN}]+"
_NUMBER = "^[0-9]"
_MARK = "^([0-9].*|[a-z])$"


def define(cursor: Cursor) -> None:
    """The macros and lists that the tables and comparisons of this module are written with."""
    cursor.execute(
        "CREATE MACRO shared(l, r) AS coalesce(list_sum(list_filter(l, lambda x:"
        f" list_contains(r, x))), 0)::DOUBLE / {_SCALE}"
    )
    cursor.execute(f"CREATE MACRO weighed(words) AS list_sum(words)::DOUBLE / {_SCALE}")
    cursor.execute(
        "CREATE MACRO pieces(run) AS CASE"
        f" WHEN length(run) > 1 AND regexp_full_match(run, '{HAN}+')"
        " THEN list_transform(range(1, length(run)), lambda i: run[i:i + 1]) ELSE [run] END"
    )
    words = address_words()
    shorts = pa.table({"word": list(words), "short": list(words.values())})
    cursor.register("given_shorts", shorts)
    cursor.execute("CREATE TABLE shorts AS FROM given_shorts")
    cursor.unregister("given_shorts")


def texts(cursor: Cursor, records: str, column: str, *, name: bool) -> str:
    """Table of the distinct values of a column: raw, text, words, alpha, rare, house, key, marks.

    `words`: the weighted words, `alpha`: those that are no numbers; `rare`: the three most telling
    ones; `house`: the first number; `key`: the most telling word that is none; `marks`: numbers
    and single letters. The names of companies lose their legal form. Answers the table's name.
    """
    table = f"texts_{column}"
    _fold(cursor, records, column)
    core = without_form("folded") if name else "folded"
    short = "word" if name else "coalesce(short, word)"
    text = "any_value(core)" if name else "string_agg(word, ' ' ORDER BY place)"
    cursor.execute(
        f"CREATE TABLE {table}_words AS"
        f" WITH cores AS (SELECT raw, {core} AS core FROM folded_{column}),"
        f" runs AS (SELECT raw, core, regexp_extract_all(core, '{_RUNS}') AS runs FROM cores),"
        " split AS (SELECT raw, core, flatten(list_transform(runs, lambda run: pieces(run)))"
        " AS words FROM runs), apart AS (SELECT raw, core, unnest(words) AS word,"
        " generate_subscripts(words, 1) AS place FROM split)"
        f" SELECT raw, core, place, {short} AS word FROM apart LEFT JOIN shorts USING (word)"
    )
    cursor.execute(
        f"CREATE TABLE {table}_weights AS WITH every AS (SELECT sum(lines) AS n FROM"
        f" folded_{column}) SELECT word, ln(1 + any_value(n) / sum(lines)) AS weight,"
        " ((1000 * ln(1 + any_value(n) / sum(lines)))::BIGINT << 40)"
        f" + (hash(word) % {_SCALE})::BIGINT AS code FROM (SELECT DISTINCT raw, word"
        f" FROM {table}_words) JOIN folded_{column} USING (raw), every GROUP BY word"
    )
    cursor.execute(
        f"CREATE TABLE {table} AS SELECT raw, {text} AS text,"
        " list_sort(list(DISTINCT code)) AS words,"
        f" list_sort(list(DISTINCT code) FILTER (NOT regexp_matches(word, '{_NUMBER}'))) AS alpha,"
        " list(word ORDER BY weight DESC, word)[:3] AS rare,"
        f" arg_min(word, place) FILTER (regexp_matches(word, '{_NUMBER}')) AS house,"
        " (list(word ORDER BY weight DESC, word)"
        f" FILTER (NOT regexp_matches(word, '{_NUMBER}')))[1] AS key,"
        f" list(DISTINCT word) FILTER (regexp_matches(word, '{_MARK}')) AS marks"
        f" FROM {table}_words JOIN {table}_weights USING (word) GROUP BY raw"
    )
    for used in (f"{table}_words", f"{table}_weights", f"folded_{column}"):
        cursor.execute(f"DROP TABLE {used}")
    return table


def _fold(cursor: Cursor, records: str, column: str) -> None:
    """Table of raw, folded and lines: plain texts, traditional characters as simplified ones."""
    cursor.execute(
        f"CREATE TABLE folded_{column} AS SELECT {column} AS raw, {plain(column)} AS folded,"
        f" count(*) AS lines FROM {records} WHERE {column} IS NOT NULL GROUP BY raw"
    )
    found = cursor.execute(
        f"SELECT raw, folded FROM folded_{column} WHERE regexp_matches(folded, $signs)",
        {"signs": traditional()},
    ).fetchall()
    if found:
        simple = simplified([folded for _, folded in found])
        raw = [raw for raw, _ in found]
        cursor.register("plainer", pa.table({"raw": raw, "simple": simple}))
        cursor.execute(
            f"UPDATE folded_{column} SET folded = simple FROM plainer"
            f" WHERE plainer.raw = folded_{column}.raw"
        )
        cursor.unregister("plainer")
    cursor.execute(f"DELETE FROM folded_{column} WHERE folded IS NULL")
