"""References by name: a product written 'GTXPro' is repaired to the known 'GTX Pro'."""

from collections.abc import Collection, Iterable

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.clean import LETTERS
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.rivals import rivals
from crm_core.pipeline.standardise.companies import companies
from crm_core.pipeline.standardise.names import names
from crm_core.pipeline.vocabulary import ValueMap
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection

NAME_LIKE = "[\u3400-\u9fff]|^[^0-9]* [^0-9]*$"
"""Regular expression of a reference that is a name for sure, and no id: Chinese, or of words."""
NAMED = ("customer", "product", "person")
"""Entities that people refer to by name."""
_SLIPS = 1_000
"""So many unknown names, those of most lines, are held against the list."""
_LONG, _LATIN = 4, 8
"""Letters that a name has at least, and a Latin one in which another letter is a slip."""
_APART = (
    "list_transform([list_filter(range(1, length(meant) + 1),"
    " lambda place: said[place] <> meant[place])],"
    " lambda places: CASE WHEN len(places) = 2 THEN places[2] - places[1] END)"
)
"""SQL: how far apart the only two places are in which two names of the same letters differ."""
_PARTS = (
    "unnest([bare] || list_transform(range(1, length(bare) + 1),"
    " lambda place: bare[:place - 1] || bare[place + 1:]))"
)
"""SQL: a name, and what is left of it without each of its letters. Two names that are a slip apart
share one of these, so that only few have to be compared."""
LISTED = ("product",)
"""Of those the ones that come from a list, so that a name that is nearly on it is a slip."""
TARGETS = (*NAMED, "lead", "opportunity", "sale", "support_case")
"""Entities that others refer to."""
UNTIDY = (
    r"[\p{Cc}\p{Cf}\x{00A0}\x{2000}-\x{200A}\x{202F}\x{3000}]|  "
    r"|[\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}]|^['=+@-]"
)
"""Regular expression of what no tidy name has: signs that do not show, wide letters, two blanks,
and the signs in front that make a formula of a text or keep it from being one."""


def referred(plans: Iterable[TablePlan]) -> set[str]:
    """The entities that cells of tables with such plans refer to."""
    return {
        str(spec.refers_to or spec.may_be_id_of)
        for plan in plans
        if plan.entity
        for column in plan.columns
        if column.field and column.sure and not column.entity
        for spec in [entities()[plan.entity].field(column.field)]
    } & set(TARGETS)


def note_targets(cursor: Cursor, meant: Collection[str] = TARGETS) -> None:
    """Begin an upload: the table of the known ids and names of the entities that are `meant`.

    `own`: a row of the entity's own tells of it, not a mere mention elsewhere.
    """
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE target (entity VARCHAR, word VARCHAR, named BOOLEAN,"
        " own BOOLEAN)"
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE meant AS SELECT unnest($meant::VARCHAR[]) AS entity",
        {"meant": sorted(meant)},
    )
    cursor.execute("CREATE OR REPLACE TEMP TABLE teller (entity VARCHAR, relation VARCHAR)")
    for entity in TARGETS:
        add_targets(cursor, entity, f"crm.{entity}", "origin = 'own'")
        _add_earlier(cursor, entity)


def _add_earlier(cursor: Cursor, entity: str) -> None:
    """What rows told before they were updated: a list of prices with an id of its own may have put
    that in the place of the product's."""
    earlier = f"SELECT * FROM crm_history.{entity} SEMI JOIN crm.{entity} USING (row_key)"
    cursor.execute(
        "INSERT INTO teller VALUES (?, ?)", [entity, f"({earlier} WHERE origin = 'own')"]
    )


def add_targets(cursor: Cursor, entity: str, table: str, own: str = "true") -> None:
    """Add the ids and names that `table` holds, as far as it has such columns and they are meant.

    `own`: SQL that is true for rows of the entity's own.
    """
    cursor.execute(
        "INSERT INTO teller VALUES (?, ?)", [entity, f"(SELECT * FROM {table} WHERE {own})"]
    )
    if not cursor.execute("FROM meant WHERE entity = ?", [entity]).fetchone():
        return
    columns = {row[0] for row in cursor.execute(f"DESCRIBE {table}").fetchall()}
    for column in {str(entities()[entity].key), "name"} & columns:
        cursor.execute(
            f"INSERT INTO target SELECT DISTINCT ?, {column}, ?, {own} FROM {table}"
            f" WHERE {column} IS NOT NULL",
            [entity, column == "name"],
        )


def tellers(cursor: Cursor, entity: str) -> list[str]:
    """SQL: the tables that hold rows of the entity's own, of the store and of the upload so far."""
    rows = cursor.execute("SELECT relation FROM teller WHERE entity = ?", [entity]).fetchall()
    return [
        relation
        for (relation,) in rows
        if cursor.execute(f"SELECT 1 FROM {relation} LIMIT 1").fetchone()
    ]


def repaired(
    cursor: Cursor, cells: Cells, column: ColumnPlan, entity: str
) -> tuple[ValueMap | None, dict[str, tuple[str, int]]]:
    """The cells that name a known row in other case, spacing or signs, or by a slip of the pen:
    raw -> (clean, lines).

    Only a single candidate counts, a tidy one before others. A cell that is a known id or name is
    left alone, as is a tidy one that only an untidy name resembles; none is taken for an id.
    """
    refused = list(column.as_is)
    name = f"{cells.name}_{column.index}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} (raw VARCHAR, clean VARCHAR, lines BIGINT)"
    )
    is_known = cursor.execute("FROM target WHERE entity = ? LIMIT 1", [entity]).fetchone()
    if is_known:
        _add_alike(cursor, cells, column.index, entity, refused)
    _add_variants(cursor, cells, column.index, entity, refused)
    if is_known and entity in LISTED:
        _add_slips(cursor, cells, column.index, entity, refused)
    rows = cursor.execute(f"SELECT raw, clean, lines FROM {name} ORDER BY raw").fetchall()
    repairs = {raw: (clean, int(lines)) for raw, clean, lines in rows}
    return (ValueMap(name, column.index) if repairs else None), repairs


def _add_alike(cursor: Cursor, cells: Cells, index: int, entity: str, refused: list[str]) -> None:
    """Names in other case, spacing or signs become the known one."""
    cursor.execute(
        f"""
        INSERT INTO {cells.name}_{index}
        WITH word AS (
            SELECT word, bool_or(named) AS named, regexp_matches(word, {quoted(UNTIDY)}) AS untidy
            FROM target WHERE entity = $entity GROUP BY word),
        unknown AS (
            SELECT raw, lines FROM {values_of(cursor, cells, index)}
            WHERE NOT list_contains($refused, raw) AND raw NOT IN (SELECT word FROM word))
        SELECT raw, arg_min(word, untidy) AS clean, any_value(lines) AS lines
        FROM unknown JOIN word ON {LETTERS.format("raw")} = {LETTERS.format("word")}
        WHERE named AND {LETTERS.format("raw")} <> ''
          AND (NOT untidy OR regexp_matches(raw, {quoted(UNTIDY)}))
        GROUP BY raw HAVING count(*) = 1 OR count_if(NOT untidy) = 1
        """,
        {"entity": entity, "refused": refused},
    )


def _add_variants(
    cursor: Cursor, cells: Cells, index: int, entity: str, refused: list[str]
) -> None:
    """Names in other width, script or legal form become the known name, or the usual one."""
    if entity not in NAMED:
        return
    name = f"{cells.name}_{index}"
    found = rivals(cursor, cells, index, entity, NAME_LIKE)
    clean = (
        companies(found.lines, found.known)
        if entity == "customer"
        else names(found.lines, found.known, people=entity == "person", together=found.together)
    )
    mended = {raw: to for raw, to in clean.items() if to != raw and raw not in refused}
    cursor.execute(
        f"INSERT INTO {name} SELECT raw, clean, lines FROM (SELECT unnest($raw::VARCHAR[]) AS raw,"
        " unnest($clean::VARCHAR[]) AS clean, unnest($lines::BIGINT[]) AS lines)"
        f" WHERE raw NOT IN (SELECT raw FROM {name})"
        " AND raw NOT IN (SELECT word FROM target WHERE entity = $entity)",
        {
            "raw": [*mended],
            "clean": [*mended.values()],
            "lines": [found.lines[raw] for raw in mended],
            "entity": entity,
        },
    )


def _add_slips(cursor: Cursor, cells: Cells, index: int, entity: str, refused: list[str]) -> None:
    """Names in which two neighbouring letters changed places become the only known one.

    Latin words of some length may also lack a letter or have one too many or another. Figures
    tell things apart and are no slips.
    """
    name = f"{cells.name}_{index}"
    raw, word = (f"regexp_replace(lower({of}), '[\\s_-]+', '', 'g')" for of in ("raw", "word"))
    cursor.execute(
        f"""
        INSERT INTO {name}
        WITH known AS (
            SELECT DISTINCT word, {word} AS bare FROM target WHERE entity = $entity AND named),
        unknown AS (
            SELECT raw, lines, {raw} AS bare FROM {values_of(cursor, cells, index)}
            WHERE regexp_matches(raw, {quoted(NAME_LIKE)})
              AND NOT list_contains($refused, raw)
              AND raw NOT IN (SELECT raw FROM {name})
              AND raw NOT IN (SELECT word FROM target WHERE entity = $entity)
            ORDER BY lines DESC, raw LIMIT {_SLIPS}),
        near AS (
            SELECT DISTINCT raw, lines, unknown.bare AS said, word, known.bare AS meant
            FROM (SELECT *, {_PARTS} AS part FROM unknown WHERE length(bare) >= {_LONG}) AS unknown
            JOIN (SELECT *, {_PARTS} AS part FROM known) AS known USING (part))
        SELECT raw, any_value(word), any_value(lines) FROM near
        WHERE regexp_replace(said, '\\D', '', 'g') = regexp_replace(meant, '\\D', '', 'g')
          AND (list_sort(split(said, '')) = list_sort(split(meant, '')) AND {_APART} = [1]
               OR regexp_full_match(meant, '[a-z]{{{_LATIN},}}[^a-z]*')
               AND damerau_levenshtein(said, meant) = 1)
        GROUP BY raw HAVING count(*) = 1
        """,
        {"entity": entity, "refused": refused},
    )
