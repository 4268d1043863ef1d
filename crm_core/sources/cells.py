"""What a typed cell of a workbook is as text."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = int | float | str | bool | time | date | datetime | timedelta
# Beyond this a number is a measurement, not an id, and digits would only pretend.
_PLAIN_BELOW = 1e21


def text_of(cell: Cell) -> str:
    """The cell as RawTable says that a workbook's are written."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, timedelta):
        return _duration(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.isoformat("seconds")


def _number(value: float) -> str:
    """15 significant digits, as Excel keeps them, without an exponent: ids are numbers too."""
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text and abs(value) < _PLAIN_BELOW else text


def _moment(value: datetime) -> str:
    """To the second, since Excel's fractions of a day are seldom exact; midnight is a date."""
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.date().isoformat() if rounded.time() == time() else str(rounded)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}"
