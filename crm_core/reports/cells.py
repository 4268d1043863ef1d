"""A cell as a file for people has it: printable, and no formula to a spreadsheet."""

import re

_OBEYED = ("=", "@", "+", "-", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""
_LONGEST = 32_767
"""Letters of a cell that a workbook holds."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(cell: str | None) -> str:
    """A text as a file of either kind can hold it: nothing unprintable, not too long."""
    text = (cell or "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub(" ", text)[:_LONGEST]


def one_line(text: str) -> str:
    """A text on one line, its words parted by single blanks."""
    return " ".join(printable(text).split())


def meant(cell: str | None) -> str:
    """The text that a cell of a file stands for that was written here: without the apostrophe."""
    text = cell or ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_OBEYED) else text


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; what was made so already stays so."""
    if not isinstance(cell, str) or not cell.startswith(_OBEYED) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(text: str) -> bool:
    return text[0] in "+-" and text[1:].replace(",", "").replace(".", "", 1).isdecimal()
