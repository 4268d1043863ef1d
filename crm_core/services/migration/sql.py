"""Texts of a template as SQL: always literals and quoted names, never words of the query."""

from collections.abc import Iterable


def literal(text: str | None) -> str:
    """A text constant."""
    return "NULL::VARCHAR" if text is None else "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """A list of text constants."""
    return "[" + ", ".join(map(literal, texts)) + "]::VARCHAR[]"


def name(text: str) -> str:
    """A quoted identifier."""
    return '"' + text.replace('"', '""') + '"'


def extra(column: str, header: str) -> str:
    """A column of the source that is no field of ours, as text; blank is NULL."""
    pointer = "/" + header.replace("~", "~0").replace("/", "~1")
    return f"nullif(trim(json_extract_string({column}, {literal(pointer)})), '')"
