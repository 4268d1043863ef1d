"""Cells to values, as SQL: quick for the usual way of writing, slow for the rest.

Both take the name of a column that holds trimmed text, and give NULL for what they cannot read.
The slow one is meant for distinct values only.
"""

import re
from functools import cache

from crm_core.domain.blanks import BLANKS
from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.standardise.amounts import FIGURES
from crm_core.reference import currencies

_FULL_WIDTH = "０１２３４５６７８９．，：－−／　（）\u00a0\u2009\u202f’％"
_HALF_WIDTH = "0123456789.,:--/ ()   ''%"
"""The apostrophe is doubled for SQL."""

# Two-digit years first: %Y would read '1/2/24' as the year 24, %y leaves '1/2/2024' alone.
_ORDERS = {
    "ymd": ("%y{s}%m{s}%d", "%Y{s}%m{s}%d"),
    "mdy": ("%m{s}%d{s}%y", "%m{s}%d{s}%Y"),
    "dmy": ("%d{s}%m{s}%y", "%d{s}%m{s}%Y"),
}
_TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", ", %I:%M %p")
_WORDED = (
    "%d-%b-%y", "%d-%b-%Y", "%b-%d-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
    "%a %b %d %Y",
)  # fmt: skip
_COUNTED, _EPOCH = r"[2-5]\d{4}(\.\d+)?", "TIMESTAMP '1899-12-30'"
"""Days as a workbook counts them, where a cell lost its format: those from 1954 to 2064."""
_CHINESE = ("%Y年%m月%d日", "%Y年%m月%d号")

LETTERS = "regexp_replace(lower({0}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"
"""SQL: a name without case, space and sign."""

NUMERIC = {Kind.MONEY, Kind.NUMBER, Kind.INTEGER}
_EXACT = "DECIMAL(38, 10)"
"""Reckoned in this, cut to the column's type at the end: 1.2345万 is 12345."""
TYPED = NUMERIC | {Kind.DATE}
"""Kinds whose cells can be unreadable; such a row is quarantined."""


def trimmed(column: str, *, plainly: bool = False) -> str:
    """The cell without surrounding blanks; NULL when nothing is left. `plainly`: in short SQL."""
    # Most cells begin and end with a plain character, which is quickly seen; of the others the
    # pattern is quick, trim() with characters of one's own is not, and few cells need it.
    plain = f"{column} BETWEEN '!' AND '~' AND {column}[-1] BETWEEN '!' AND '~'"
    test = f"regexp_matches({column}, '^[{BLANKS}]|[{BLANKS}]$|^$')"
    trim = f"CASE WHEN {test} THEN nullif(trim({column}, '{BLANKS}'), '') ELSE {column} END"
    return trim if plainly else f"CASE WHEN {plain} THEN {column} ELSE {trim} END"


def quick(kind: Kind, cell: str, column: ColumnPlan, sql_type: str) -> str:
    """The value where it is written the usual way: ISO dates, plain numbers, any text."""
    if kind is Kind.DATE:
        # The cast would pass over the PM of '2024-03-05 10:00 PM'.
        iso = (
            f"CASE WHEN ({cell} LIKE '____-%' OR {cell} LIKE '____/%')"
            f" AND NOT suffix({cell}, 'm') AND NOT suffix({cell}, 'M') THEN {cell} END"
        )
        return _in_years(f"try_cast({iso} AS TIMESTAMP)", sql_type)
    if kind in NUMERIC:
        # Grouped by points, '1.234' is no plain number.
        if column.decimal_mark == ",":
            return f"CAST(NULL AS {sql_type})"
        # The cast would round '12.5' employees to 13, and read '0x10' as 16.
        plain = f"CASE WHEN regexp_full_match({cell}, '[-+]?\\d+') THEN {cell} END"
        read = plain if kind is Kind.INTEGER else cell
        if column.scale == 1:
            return f"try_cast({read} AS {sql_type})"
        return _scaled(f"try_cast({read} AS {_EXACT})", column, sql_type)
    return cell


def half_width(cell: str) -> str:
    """The cell with the figures and signs of a Latin keyboard, in capital letters."""
    return f"upper(translate({cell}, '{_FULL_WIDTH}', '{_HALF_WIDTH}'))"


def slow(kind: Kind, text: str, column: ColumnPlan, sql_type: str) -> str:
    """The value of a date or number written in any other way that formats and patterns describe.

    `text` is the cell in half width. It stands here many times, and none of them is reckoned only
    once: where there are many cells it should be a column.
    """
    return _date(text, column, sql_type) if kind is Kind.DATE else _number(text, column, sql_type)


def said(kind: Kind, text: str, column: ColumnPlan, sql_type: str) -> str:
    """The value of what the standardisers of dates and amounts have made plain text of."""
    if kind is Kind.DATE:
        return _in_years(f"try_cast({text} AS TIMESTAMP)", sql_type)
    return _scaled(f"try_cast({text} AS {_EXACT})", column, sql_type)


def _date(text: str, column: ColumnPlan, sql_type: str) -> str:
    days = [d.format(s=s) for s in "/-." for d in _ORDERS[column.date_order or "ymd"]]
    days += [*_WORDED, *_CHINESE, "%Y%m%d"]
    formats = ", ".join(f"'{day}{time}'" for day in days for time in _TIMES)
    counted = f"CASE WHEN regexp_full_match({text}, '{_COUNTED}')"
    day = f"{counted} THEN {_EPOCH} + to_seconds(round({text}::DOUBLE * 86400)) END"
    return _in_years(f"coalesce({day}, try_strptime({text}, [{formats}]))", sql_type)


def _in_years(moment: str, sql_type: str) -> str:
    """Only years in which a customer can have been met: 1900 to 2199."""
    return f"CASE WHEN year({moment}) BETWEEN 1900 AND 2199 THEN {moment}::{sql_type} END"


def _number(text: str, column: ColumnPlan, sql_type: str) -> str:
    """Currency signs, thousands, 万 and 亿, per cent, brackets and a trailing minus understood."""
    factor = (
        f"CASE WHEN regexp_matches({text}, '[-(]') THEN -1 ELSE 1 END"
        f" * CASE WHEN contains({text}, '万') THEN 10000 WHEN contains({text}, '亿')"
        f" THEN 100000000 WHEN contains({text}, '千') THEN 1000 ELSE 1 END"
        f" * CASE regexp_extract({text}, '\\d\\s*([KM])(?:[^A-Z]|$)', 1)"
        f" WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 ELSE 1 END"
        f" * CASE WHEN contains({text}, '%') THEN 0.01 ELSE 1 END"
    )
    mark = "[^0-9.]" if column.decimal_mark == "." else "[^0-9,]"
    figures = f"replace(regexp_replace({text}, '{mark}', '', 'g'), ',', '.')"
    pattern = _pattern(column.decimal_mark)
    value = f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {figures}::{_EXACT} END"
    return _scaled(f"{value} * {factor}", column, sql_type)


@cache
def _pattern(decimal_mark: str) -> str:
    """What a written amount looks like, for SQL: figures, a sign or code before or after them."""
    codes = "|".join(
        sorted(code.upper() for code in currencies() if re.fullmatch("[a-z]{3}", code))
    )
    sign = rf"(?:(?:{codes})|[A-Z]{{0,3}}[$¥￥€£₹₩₽₺₪₫₱฿])?"
    unit = rf"(?:\s*[万亿千KM])?\s*(?:{sign}|人民币|[美欧港日]?[元圆]|%)"
    number = rf"{FIGURES[decimal_mark]}{unit}"
    before = rf"(?:[-+]?\s*{sign}|{sign}\s*[-+])\s*{number}|{sign}\s*{number}\s*-"
    return rf"(?:{before}|\(\s*{sign}\s*{number}\s*\))".replace("'", "''")


def _scaled(value: str, column: ColumnPlan, sql_type: str) -> str:
    """`value` times the column's magnitude; a whole number is never made of a broken one."""
    amount = f"({value}) * {column.scale}"
    if "INT" in sql_type:
        amount = f"CASE WHEN {amount} = trunc({amount}) THEN {amount} END"
    return f"TRY(({amount})::{sql_type})"
