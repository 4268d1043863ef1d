"""Lines that only their neighbours show to be no records: sums without a word, titles, remarks.

Only lean lines come into question, those with one word at most (see lines).
"""

import re

import duckdb

from crm_core.domain.entities import EntitySpec, Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.steps import FillDown
from crm_core.pipeline.clean import NUMERIC, half_width, slow
from crm_core.pipeline.lines import IDENTIFYING, LEAN, filled, listed, quoted, stars, worded
from crm_core.reference import totals

Cursor = duckdb.DuckDBPyConnection
TAIL = 40
"""Lines from the end among which remarks below a table are looked for."""
WIDE = 3
"""Titled columns from which on a line of one cell is seen to be no record."""
FEW = 3
"""Records below which their ids do not show what an id looks like."""
TITLES = 3
"""Titles of columns in one line from which on it is a header."""
_EMPTY = "('blank', 'ruling')"
_OVER = "('blank', 'ruling', 'footer')"
"""What may stand between a table and the remarks on it."""
_FIGURE = r"[-+(−]?\s*[A-Z]{0,3}[$€£¥￥]?\s*[-+]?\d[\d.,\x27 ]*\s*[%元€]?\)?"


def settle(cursor: Cursor, name: str, columns: int, plan: TablePlan, spec: EntitySpec) -> None:
    """Give the lean lines of table `name` their `skip`: why they are no records, else NULL."""
    _settle_tables_within(cursor, name, columns, plan)
    if cursor.execute(f"FROM {name} WHERE skip = 'footer' LIMIT 1").fetchone():
        cursor.execute(_notes(name, columns))
    starred = f"skip IS NULL AND {stars(_first(columns))}"
    if cursor.execute(f"FROM {name} WHERE {starred} LIMIT 1").fetchone():
        cursor.execute(_sums_by_stars(name, starred, columns, worded(plan, spec)))
    lean = f"FROM {name} WHERE skip = '{LEAN}'"
    if not cursor.execute(f"{lean} LIMIT 1").fetchone():
        return
    wide = sum(bool(column.header.strip()) for column in plan.columns) >= WIDE
    alone = f"{filled(columns)} = 1"
    for column in _headed(plan):
        cursor.execute(
            f"UPDATE {name} SET skip = 'title' WHERE skip = '{LEAN}' AND {alone}"
            f" AND c{column} IS NOT NULL"
        )
    if wide:
        cursor.execute(_titles(name, alone))
        cursor.execute(_remarks(name, alone))
        key = plan.column(spec.key) if spec.key else None
        if key and key.sure:
            cursor.execute(_words_for_ids(name, alone, f"c{key.index}"))
    numbers = {
        f"c{column.index}": _number(column) for column in plan.columns if _counts(column, spec)
    }
    looks = _looks_like_sum(columns, numbers, _ids(plan, spec))
    if numbers and cursor.execute(f"{lean} AND {looks} LIMIT 1").fetchone():
        cursor.execute(_sums(name, looks, numbers, columns))
        if wide:
            cursor.execute(_headings(name, alone, columns))
    cursor.execute(f"UPDATE {name} SET skip = NULL WHERE skip = '{LEAN}'")


def _settle_tables_within(cursor: Cursor, name: str, columns: int, plan: TablePlan) -> None:
    """What an item consists of stands below it, with a header of its own, to the right of it."""
    titles = {column.index: column.header.strip() for column in plan.columns}
    first = next((f"c{index}" for index, title in titles.items() if title), None)
    if first is None:
        return
    told = {"titles": sorted(filter(None, titles.values()))}
    cells = listed(columns)
    # Hardly a line goes beyond the first test, which a hash answers.
    head = (
        f"CASE WHEN {first} IN ({', '.join(map(quoted, told['titles']))})"
        " AND coalesce(skip <> 'header', true) THEN greatest("
        f"{TITLES}, 0.75 * {filled(columns)})"
        f" <= len(list_filter({cells}, lambda cell: list_contains($titles, cell))) END"
    )
    if cursor.execute(f"FROM {name} WHERE {head} LIMIT 1", told).fetchone():
        cursor.execute(
            f"UPDATE {name} SET skip = 'within' WHERE coalesce(skip <> 'blank', true) AND line IN"
            f" (SELECT line FROM (SELECT line, last_value(CASE WHEN {first} IS NOT NULL"
            f" THEN coalesce({head}, false) END IGNORE NULLS) OVER (ORDER BY line) AS part"
            f" FROM {name}) WHERE part)",
            told,
        )


def _headed(plan: TablePlan) -> list[int]:
    """The columns in which headings of groups stand, as the recipe says."""
    steps = [step for step in plan.steps if isinstance(step, FillDown) and step.headings]
    told = {step.column for step in steps if step.on}
    return [index for index, title in plan.titles().items() if title in told]


def _sums_by_stars(name: str, starred: str, columns: int, words: list[int]) -> str:
    """A line that begins with stars sums up those above if it says again what they are of.

    Its words are those of the record above, and some are left out: of a record that somebody
    marked with a star, one would differ.
    """
    again = [f"(s.c{i} IS NULL OR s.c{i} = r.c{i} OR trim(s.c{i}, '*') = '')" for i in words]
    fewer = [f"s.c{i} IS NULL AND r.c{i} IS NOT NULL" for i in words]
    return (
        f"UPDATE {name} SET skip = 'footer' WHERE line IN (SELECT s.line"
        f" FROM (FROM {name} WHERE {starred}) s ASOF JOIN (FROM {name}"
        f" WHERE skip IS NULL AND NOT {stars(_first(columns))}) r ON s.line > r.line"
        f" WHERE {' AND '.join(['true', *again])} AND ({' OR '.join(['false', *fewer])}))"
    )


def _ids(plan: TablePlan, spec: EntitySpec) -> list[str]:
    """The cells by which a record of the sheet is known and knows others."""
    own = [column for column in plan.columns if column.field and not column.entity]
    return [f"c{c.index}" for c in own if spec.field(str(c.field)).kind in IDENTIFYING]


def _counts(column: ColumnPlan, spec: EntitySpec) -> bool:
    """Whether the column fills a field of the sheet's own with a number."""
    return bool(column.field and not column.entity and spec.field(column.field).kind in NUMERIC)


def _number(column: ColumnPlan) -> str:
    return slow(Kind.MONEY, half_width(f"c{column.index}"), column, "DECIMAL(38, 10)")


def _titles(name: str, alone: str) -> str:
    """A single cell above a header that comes again is the title of the part below."""
    headers = f"SELECT line FROM {name} WHERE skip = 'header'"
    blanks = f"SELECT line FROM {name} WHERE skip IN {_EMPTY}"
    return (
        f"UPDATE {name} SET skip = 'title' WHERE skip = '{LEAN}' AND {alone} AND (line + 1 IN"
        f" ({headers}) OR line + 2 IN ({headers}) AND line + 1 IN ({blanks}))"
    )


def _remarks(name: str, alone: str) -> str:
    """Single cells at the end of a table, below a blank line or its sums, are remarks on it.

    Without such a line the last one may be a record that was cut off.
    """
    tail = f"FROM {name} WHERE line > (SELECT max(line) FROM {name}) - {TAIL}"
    last = f"SELECT coalesce(max(line), 9e18) {tail} AND coalesce(skip NOT IN {_OVER}"
    last += f" AND NOT (skip = '{LEAN}' AND {alone}), true)"
    between = f"SELECT min(line) {tail} AND skip IN {_OVER} AND line > ({last})"
    return (
        f"UPDATE {name} SET skip = 'remark' WHERE skip = '{LEAN}' AND {alone}"
        f" AND line > ({between})"
    )


def _words_for_ids(name: str, alone: str, key: str) -> str:
    """A word that stands alone where every record has an id with a digit: a heading or a remark."""
    digit = rf"regexp_matches({key}, '\d')"
    return (
        f"UPDATE {name} SET skip = CASE WHEN line < (SELECT max(line) FROM {name}"
        f" WHERE skip IS NULL) THEN 'title' ELSE 'remark' END WHERE skip = '{LEAN}' AND {alone}"
        f" AND NOT {digit} AND (SELECT count(*) >= {FEW} AND bool_and({digit}) FROM {name}"
        f" WHERE skip IS NULL AND {key} IS NOT NULL)"
    )


def _notes(name: str, columns: int) -> str:
    """What a report says below its last sums, who signed it: where all lines fill few cells."""
    below = (
        f"line > (SELECT max(line) FROM {name} WHERE skip = 'footer')"
        f" AND (skip IS NULL OR skip = '{LEAN}')"
    )
    return (
        f"UPDATE {name} SET skip = 'remark' WHERE {below}"
        f" AND NOT EXISTS (FROM {name} WHERE {below} AND {WIDE} * {filled(columns)} > {columns})"
    )


def _headings(name: str, alone: str, columns: int) -> str:
    """A single cell that a sum below names is the heading of its group: Acme … Total for Acme."""
    first = f"lower({_first(columns)})"
    words = rf"^({_words()})( for| of)?[\s:：]+|[\s:：]*({_words()})$"
    return (
        f"UPDATE {name} SET skip = 'title' FROM (SELECT max(line) AS below,"
        f" regexp_replace({first}, '{words}', '') AS named FROM {name} WHERE skip = 'footer'"
        f" GROUP BY ALL) WHERE skip = '{LEAN}' AND {alone} AND {first} = named AND line < below"
    )


def _first(columns: int) -> str:
    return f"coalesce({', '.join(f'c{index}' for index in range(columns))})"


def _words() -> str:
    """The words of a sum as alternatives of a regular expression, the longest first."""
    return "|".join(sorted(map(re.escape, totals()), key=lambda word: (-len(word), word)))


def _looks_like_sum(columns: int, numbers: dict[str, str], ids: list[str]) -> str:
    """SQL: there are numbers, and no word beside them but one of a sum: "Total for Acme".

    Without a word, numbers in two of `ids` are those of a record.
    """
    first, words = _first(columns), _words()
    named = f"regexp_matches(lower({first}), '^({words})([^a-z]|$)|(^|[^a-z])({words})$')"
    words_beside = f"lambda cell: cell <> {first} AND NOT {_is_figure('cell')}"
    plain = f"len(list_filter({listed(columns)}, {words_beside})) = 0"
    some = f"coalesce({', '.join(numbers)}) IS NOT NULL"
    known = f"list_count([{', '.join(ids)}])"
    return " AND ".join([some, plain, f"({named} OR {known} < 2 AND {_is_figure(first)})"])


def _is_figure(cell: str) -> str:
    return f"regexp_full_match({cell}, '{_FIGURE}')"


def _sums(name: str, looks: str, numbers: dict[str, str], columns: int) -> str:
    """Lines that look like sums are sums where the lines above add up to their numbers.

    Those since the last gap, since the last such line, or all of them. Beside a word one number
    is enough; without a word each must be a sum.
    """
    first = _first(columns)
    above = "OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    marks = {"gap": f"looks OR skip IS NOT NULL AND skip <> '{LEAN}'", "sum": "looks"}
    values, added, placed, fits = [], [], [], []
    for cell, sql in numbers.items():
        values.append(f"{sql} AS v_{cell}")
        added.append(f"coalesce(sum(v_{cell}) FILTER (is_record) {above}, 0) AS all_{cell}")
        placed += [
            f"coalesce(last_value(CASE WHEN {test} THEN all_{cell} END IGNORE NULLS) {above}, 0)"
            f" AS {mark}_{cell}"
            for mark, test in marks.items()
        ]
        told = f"all_{cell}, all_{cell} - gap_{cell}, all_{cell} - sum_{cell}"
        fits.append(f"coalesce(v_{cell} <> 0 AND v_{cell} IN ({told}), false)")
    each = [f"({fit} OR {cell} IS NULL)" for cell, fit in zip(numbers, fits, strict=True)]
    return f"""
        UPDATE {name} SET skip = 'footer' WHERE line IN (
            WITH looked AS (SELECT line, skip, {", ".join(numbers)}, {", ".join(values)},
                coalesce(skip = '{LEAN}' AND {looks}, false) AS looks,
                {_is_figure(first)} AS wordless FROM {name}),
            added AS (SELECT *, {", ".join(added)}
                FROM (SELECT *, (skip IS NULL OR skip = '{LEAN}') AND NOT looks AS is_record
                    FROM looked)),
            placed AS (SELECT *, {", ".join(placed)} FROM added)
            SELECT line FROM placed WHERE looks
                AND CASE WHEN wordless THEN {" AND ".join(each)} ELSE {" OR ".join(fits)} END)
        """
