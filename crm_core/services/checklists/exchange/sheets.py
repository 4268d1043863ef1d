"""What workbooks of checklists have in common: their styles and lists to choose from."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

BOOK = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No text becomes a formula or a link, whatever it begins with."""
_DIGITS = 15
"""Of a number that a spreadsheet keeps."""
_DROP_DOWN = 255
"""Characters that the list of a drop-down has at most."""


class Styles:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top", "text_wrap": True}
        self.text = book.add_format({"num_format": "@", **top})
        self.number = book.add_format({"valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", **top})
        self.quiet = book.add_format({"num_format": "@", "font_color": "#5b6873", **top})
        to_fill = {"bg_color": "#fff8e1", **top}
        self.open = book.add_format({"num_format": "@", **to_fill})
        self.open_number = book.add_format(to_fill)
        self.open_day = book.add_format({"num_format": "yyyy-mm-dd", **to_fill})
        self.head = book.add_format({"bold": True, "bottom": 1, **top})


def put_choice(sheet: Any, column: int, last: int, words: Sequence[str]) -> None:
    """A drop-down in all rows below the head, where the words fit into one."""
    if words and len(",".join(words)) <= _DROP_DOWN and not any("," in word for word in words):
        source = {"validate": "list", "source": list(words)}
        sheet.data_validation(1, column, last, column, source)


def put_number(sheet: Any, line: int, column: int, value: Decimal, style: Any) -> bool:
    """Write a number; False where a spreadsheet would not keep all its digits."""
    if len(value.as_tuple().digits) > _DIGITS:
        return False
    sheet.write_number(line, column, value, style)
    return True
