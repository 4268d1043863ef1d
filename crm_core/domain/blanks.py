"""What a cell or a line without content may hold."""

BLANKS = " \t\r\n\u00a0\u3000\ufeff"
"""Characters that are no content, alone or around it: among them the full-width blank and the one
that does not break a line."""
RULING = r"[\s|+*:]*[-=_─━═]{3}[-=_─━═\s|+*:┌┬┐├┼┤└┴┘╞╪╡╔╦╗╠╬╣╚╩╝]*"
"""A line that is drawn, as a pattern of Python and of SQL: what databases print below a header,
and lists around their groups."""


def is_filled(cell: str) -> bool:
    """Whether a cell holds more than blanks."""
    return cell.strip(BLANKS) != ""
