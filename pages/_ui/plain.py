"""Data is shown as it is: a customer called `*[A](b)*` or `$x$` keeps its name."""

import re
from html import escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_ICON = re.compile(r":(?=material/|streamlit:)")
_ARROW = re.compile(r"(^|\s)([<>~-])(->|[->=])(?=\s|$)")
"""What the framework looks for in the text that Markdown leaves, where a backslash stands no more:
icons, and signs that it draws as arrows and dashes."""
_NOTHING = "\u2060"
"""Has no width and no meaning; it keeps two signs from being taken for one."""


def plain(text: str) -> str:
    """Text for a Markdown place, with every character standing for itself."""
    parted = _ARROW.sub(rf"\1\2{_NOTHING}\3", _ICON.sub(f":{_NOTHING}", text))
    return _MARKDOWN.sub(r"\\\1", parted).replace("\n", " ").lstrip(" \t")


def chart_text(text: str) -> str:
    """Text for a label or tooltip of a chart, where a few HTML tags would be obeyed."""
    return escape(text, quote=False)
