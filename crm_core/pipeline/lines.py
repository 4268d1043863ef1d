"""Lines that are no records: blank ones, repeated headers, footers; and ragged ones."""

from crm_core.domain.entities import EntitySpec, Kind
from crm_core.domain.plan import TablePlan
from crm_core.pipeline.clean import LETTERS, NUMERIC

_COUNT = r"[\s:：]*([(（].*[)）]|\d+\s*(records?|rows?|条|笔|行)?)\s*$"
"""What may follow the word of a footer: "Grand Totals (80 records)", "合计：80条"."""
FEW = 0.05
"""When fewer lines than this share are wider than the header, they are so by mistake."""
_NOTE = 3
"""A note below the totals fills at most one of so many columns."""
MIN_HEADER_CELLS = 2
"""A single cell that equals its column's title may be a value."""


def skip_reason(columns: int, plan: TablePlan, spec: EntitySpec) -> str:
    """SQL: why a line is skipped, NULL when it is a record. Binds $totals."""
    every = ", ".join(f"c{index}" for index in range(columns))
    return (
        f"CASE WHEN coalesce({every}) IS NULL THEN 'blank'"
        f" WHEN {_is_header(plan)} THEN 'header'"
        f" WHEN {_is_footer(plan, spec, every)} THEN 'footer' END"
    )


def is_note(columns: int) -> str:
    """SQL: the line fills so few cells that below the totals it is a remark, no record."""
    filled = " + ".join(f"(c{index} IS NOT NULL)::INTEGER" for index in range(columns))
    return f"({_NOTE} * ({filled}) <= {columns})"


def ragged(columns: int, header_width: int, plan: TablePlan, *, strict: bool) -> str:
    """SQL: the line has fewer cells than the header, or filled ones beyond it.

    Where lines end with a delimiter the header ends with a blank cell: a line with one cell more
    has it filled with what belongs before it. `strict`: blank cells beyond the header are too many
    as well, since hardly any line has them: what belongs before them may have moved by one.
    """
    if strict:
        return f"(width <> {header_width})"
    titled = max((c.index + 1 for c in plan.columns if c.header.strip()), default=header_width)
    beyond = ", ".join(f"c{index}" for index in range(header_width, columns))
    after = ", ".join(f"c{index}" for index in range(min(titled, header_width), columns))
    tests = [f"width < {header_width}"]
    tests += [f"coalesce({beyond}) IS NOT NULL"] if beyond else []
    tests += [f"width > {header_width} AND coalesce({after}) IS NOT NULL"] if after else []
    return f"({' OR '.join(tests)})"


def _is_header(plan: TablePlan) -> str:
    titled = [column for column in plan.columns if column.header.strip()]
    if len(titled) < MIN_HEADER_CELLS:
        return "false"
    return _all([f"c{column.index} = {quoted(column.header.strip())}" for column in titled])


def _is_footer(plan: TablePlan, spec: EntitySpec, every: str) -> str:
    """The line opens with a word such as 合计, and nothing but numbers comes with it.

    A name may be a number as well: how many there are.
    """
    kinds = {field.name: field.kind for field in spec.fields}
    first = f"coalesce({every})"
    alone = []
    for column in plan.columns:
        kind = None if column.entity else kinds.get(str(column.field))
        if column.field and kind not in NUMERIC:
            cell = f"c{column.index}"
            counts = f" OR regexp_full_match({cell}, '\\d+')" if kind is Kind.NAME else ""
            alone.append(f"{cell} IS NULL OR {cell} = {first}{counts}")
    word = LETTERS.format(f"regexp_replace({first}, '{_COUNT}', '')")
    return _all([*alone, f"list_contains($totals, {word})"])


def _all(tests: list[str]) -> str:
    """SQL: every test holds. Unlike AND, a test is made only where those before it hold."""
    *others, last = tests
    return "".join(f"CASE WHEN {test} THEN " for test in others) + last + " END" * len(others)


def quoted(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
