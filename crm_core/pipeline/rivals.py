"""The few names of a column that may be writings of one another; the many others stay in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.standardise import companies, names, texts
from crm_core.reference import scripts

Cursor = duckdb.DuckDBPyConnection
_CHINESE = "[\u3400-\u9fff]"


@dataclass(frozen=True)
class Rivals:
    """What of a column has to be looked at."""

    seen: str
    """Temporary table of every value: raw, lines; {seen}_known: the known names, as word."""
    lines: Mapping[str, int]
    """Raw value -> lines that hold it."""
    known: frozenset[str]
    """Known names that any of them may mean."""
    together: int
    """Lines with a Chinese name of three characters or more, without a space."""


def rivals(cursor: Cursor, cells: Cells, index: int, entity: str | None, like: str = "") -> Rivals:
    """The odd values of a column, and those that share a block with another or with a known name.

    `entity`: whose names are known (temporary table `target`); None: nobody's. `like`: regular
    expression found in the values that are looked at.
    """
    name = f"{cells.name}_{index}_seen"
    together = _note(cursor, name, cells, index, like)
    _plain(cursor, name)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name}_known AS
        SELECT DISTINCT word, {companies.block("word")} AS key FROM target
        WHERE entity = $entity AND named
        """,
        {"entity": entity or ""},
    )
    contested = (
        f"SELECT key FROM (SELECT key, raw FROM {name} UNION SELECT key, word FROM {name}_known)"
        " WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1"
    )
    lines = cursor.execute(
        f"SELECT raw, lines FROM {name} WHERE odd OR key IN ({contested}) ORDER BY raw"
    ).fetchall()
    known = cursor.execute(
        f"SELECT word FROM {name}_known WHERE key IN (SELECT key FROM {name})"
    ).fetchall()
    return Rivals(name, dict(lines), frozenset(word for (word,) in known), together)


def _note(cursor: Cursor, name: str, cells: Cells, index: int, like: str) -> int:
    """Make the table of the column's values; the lines with whole Chinese names."""
    values = values_of(cursor, cells, index)
    chinese = cursor.execute(
        f"SELECT bool_or(regexp_matches(raw, '{_CHINESE}')) FROM {values}"
    ).fetchone()
    # So many characters take longer to be understood than most columns to be looked through.
    traditional = scripts.traditional() if chinese and chinese[0] else _CHINESE
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        WITH value AS (SELECT raw, lines FROM {values}),
        judged AS (SELECT *, regexp_matches(raw, $odd) OR regexp_matches(raw, $traditional)
                       OR (contains(raw, ' ') AND regexp_full_match(raw, $spaced))
                       OR regexp_matches(raw, $stopped) AS odd
                   FROM value WHERE $like = '' OR regexp_matches(raw, $like))
        SELECT *, CASE WHEN NOT odd THEN {companies.block("raw")} END AS key FROM judged
        """,
        {
            "like": like,
            "odd": texts.ODD,
            "traditional": traditional,
            "spaced": names.SPACED,
            "stopped": companies.ODD,
        },
    )
    found = cursor.execute(
        f"SELECT coalesce(sum(lines), 0)::BIGINT FROM {name}"
        f" WHERE (SELECT bool_or(odd) FROM {name}) AND regexp_full_match(raw, $together)",
        {"together": names.TOGETHER},
    ).fetchone()
    return int(found[0]) if found else 0


def _plain(cursor: Cursor, name: str) -> None:
    """Block the odd values by their plain writing: usual width, simplified characters."""
    raw = [row[0] for row in cursor.execute(f"SELECT raw FROM {name} WHERE odd").fetchall()]
    plain = scripts.simplified(map(texts.one_line, raw))
    cursor.execute(
        f"UPDATE {name} SET key = {companies.block('plain.clean')} FROM"
        " (SELECT unnest($raw::VARCHAR[]) AS raw, unnest($clean::VARCHAR[]) AS clean) AS plain"
        f" WHERE {name}.raw = plain.raw",
        {"raw": raw, "clean": plain},
    )
