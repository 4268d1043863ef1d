"""Data is shown as it is: a customer called `*[A](b)*` or `$x$` keeps its name."""

import re
from html import escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Text for a Markdown place, with every character standing for itself."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", " ")


def chart_text(text: str) -> str:
    """Text for a label or tooltip of a chart, where a few HTML tags would be obeyed."""
    return escape(text, quote=False)
