"""Lines that are no records: blank ones, repeated headers, footers with sums; and ragged ones."""

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan
from crm_core.pipeline.clean import LETTERS, NUMERIC

_COUNT = r"[\s:：]*([(（].*[)）]|\d+\s*(records?|rows?|条|笔|行)?)\s*$"
"""What may follow the word of a footer: "Grand Totals (80 records)", "合计：80条"."""
FEW = 0.05
"""When fewer lines than this share are wider than the header, they are so by mistake."""
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
    """The line opens with a word such as 合计, and nothing but numbers comes with it."""
    kinds = {field.name: field.kind for field in spec.fields}
    worded = [
        column.index
        for column in plan.columns
        if column.field and (column.entity or kinds.get(column.field) not in NUMERIC)
    ]
    first = f"coalesce({every})"
    alone = [f"c{index} IS NULL OR c{index} = {first}" for index in worded]
    word = LETTERS.format(f"regexp_replace({first}, '{_COUNT}', '')")
    return _all([*alone, f"list_contains($totals, {word})"])


def _all(tests: list[str]) -> str:
    """SQL: every test holds. Unlike AND, a test is made only where those before it hold."""
    *others, last = tests
    return "".join(f"CASE WHEN {test} THEN " for test in others) + last + " END" * len(others)


def quoted(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
