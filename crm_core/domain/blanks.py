"""What a cell without content may hold."""

BLANKS = " \t\r\n\u00a0\u3000\ufeff"
"""Characters that are no content, alone or around it: among them the full-width blank and the one
that does not break a line."""


def is_filled(cell: str) -> bool:
    """Whether a cell holds more than blanks."""
    return cell.strip(BLANKS) != ""
