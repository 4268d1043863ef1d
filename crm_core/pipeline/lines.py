"""Lines that are no records: blank ones, repeated headers, footers; and ragged ones."""

from crm_core.domain.blanks import RULING
from crm_core.domain.entities import EntitySpec, Kind
from crm_core.domain.plan import TablePlan
from crm_core.pipeline.clean import LETTERS, NUMERIC
from crm_core.reference import written_placeholders

_COUNT = r"[\s:：]*([(（].*[)）]|\d+\s*(records?|rows?|条|笔|行)?)\s*$"
"""What may follow the word of a footer: "Grand Totals (80 records)", "合计：80条"."""
_ROWS = (
    r"[(（]\d+ ?(records?|rows?|条|笔|行)[^)）]*[)）]|\d+ rows? (selected|affected|returned).*"
    r"|共\s?\d+\s?[条條笔筆行家项項个個](记录|記錄|数据|數據)?。?"
)
"""What systems print below a table: (80 rows), 80 rows selected., 共 80 条记录."""
_THINGS = r"\d+\s*[家个個位名户戶条條笔筆项項行]?"
"""A number of things: 80, 80家."""
FEW = 0.05
"""When fewer lines than this share are wider than the header, they are so by mistake."""
IDENTIFYING = (Kind.ID, Kind.REFERENCE)
MIN_HEADER_CELLS = 2
"""A single cell that equals its column's title may be a value."""
OPENING = "opening"
"""The column with a line's first filled cell."""
LEAN = "lean"
"""For now: a line with one word at most, which its neighbours may show to be no record."""
_REPORTED = "['sum', 'count', 'average', 'avg', '求和', '计数', '平均值']"
"""What a report writes beside the word of a footer: Subtotal | Sum | 20,000."""


def skip_reason(columns: int, plan: TablePlan, spec: EntitySpec) -> str:
    """SQL: why a line is skipped, LEAN when asides decide it, NULL when it is a record.

    Reads the cells and OPENING; binds $totals and $placeholders.
    """
    every = ", ".join(f"c{index}" for index in range(columns))
    return (
        f"CASE WHEN {OPENING} IS NULL OR {_says_nothing(columns)} THEN 'blank'"
        f" WHEN {_is_header(plan)} THEN 'header'"
        f" WHEN {_is_ruling(every)} THEN 'ruling'"
        f" WHEN {_is_lean(plan, spec)}"
        f" THEN CASE WHEN {_is_total()} THEN 'footer' ELSE '{LEAN}' END END"
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
    cells = ", ".join(f"c{column.index}" for column in titled)
    texts = [quoted(column.header.strip()) for column in titled]
    same = f"[{cells}] = [{', '.join(texts)}]"
    return f"CASE WHEN c{titled[0].index} = {texts[0]} THEN {same} END"


def _says_nothing(columns: int) -> str:
    """Whatever cell is filled holds a placeholder."""
    # The first cell is quickly held against listed words; hardly a line goes beyond.
    words = ", ".join(quoted(word) for word in sorted(written_placeholders()))
    said = "lambda cell: NOT list_contains($placeholders, lower(cell))"
    told = f"list_filter({listed(columns)}, {said})"
    return f"CASE WHEN lower({OPENING}) IN ({words}) THEN len({told}) = 0 END"


def _is_ruling(every: str) -> str:
    """Signs stand in it that draw a line, and nothing else."""
    # Quickly seen to begin with no letter, figure or character.
    edges = ("':' AND '@'", "'[' AND '`'", "'{' AND '~'", "'─' AND '╿'")
    signs = "".join(f" OR {OPENING} BETWEEN {edge}" for edge in edges)
    ruled = f"regexp_full_match(concat_ws(' ', {every}), '{RULING}')"
    return f"CASE WHEN {OPENING} < '0'{signs} THEN {ruled} END"


def listed(columns: int) -> str:
    """SQL: the list of a line's cells. A term for each of 2,000 would be nested too deep."""
    return f"[{', '.join(f'c{index}' for index in range(columns))}]"


def filled(columns: int) -> str:
    """SQL: how many cells of the line are filled."""
    return f"list_count({listed(columns)})"


def worded(plan: TablePlan, spec: EntitySpec) -> list[int]:
    """The columns that fill a field with something else than a number."""
    kinds = {field.name: field.kind for field in spec.fields}
    return [
        column.index
        for column in plan.columns
        if column.field and (column.entity or kinds.get(column.field) not in NUMERIC)
    ]


def _is_lean(plan: TablePlan, spec: EntitySpec) -> str:
    """No other words stand beside the first cell, but what a report writes beside a sum."""
    kinds = {field.name: field.kind for field in spec.fields}
    tests = []
    for index in worded(plan, spec):
        cell, column = f"c{index}", next(c for c in plan.columns if c.index == index)
        alone = f"{cell} IS NULL OR {cell} = {OPENING} OR list_contains({_REPORTED}, lower({cell}))"
        kind = None if column.entity else kinds.get(str(column.field))
        if kind is Kind.NAME:  # so many names there are
            counts = f"{cell} BETWEEN '0' AND ':' AND {cell} SIMILAR TO '{_THINGS}'"
            alone += f" OR {counts} AND {_is_total()}"
        elif kind is Kind.CURRENCY:  # of the sum
            alone += f" OR {_is_total()}"
        elif kind not in IDENTIFYING:
            alone += f" OR {cell} BETWEEN '0' AND ':' AND lower({OPENING}) IN ('count', '计数')"
        tests.append(f"({alone})")
    return _all(tests) if tests else "true"


def _is_total() -> str:
    """The line opens with a word such as 合计, or with the stars by which SAP marks its sums."""
    word = LETTERS.format(f"regexp_replace({OPENING}, '{_COUNT}', '')")
    rows = f"regexp_full_match({OPENING}, '{_ROWS}')"
    return f"({stars(OPENING)} OR list_contains($totals, {word}) OR {rows})"


def stars(cell: str) -> str:
    """The cell holds nothing but the stars by which SAP marks its sums."""
    return f"({cell} BETWEEN '*' AND '+' AND trim({cell}, '*') = '')"


def _all(tests: list[str]) -> str:
    """SQL: every test holds. Unlike AND, a test is made only where those before it hold."""
    *others, last = tests
    return "".join(f"CASE WHEN {test} THEN " for test in others) + last + " END" * len(others)


def quoted(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
