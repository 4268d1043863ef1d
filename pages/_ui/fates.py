"""What became of a file's or a load's lines, as tables show it."""

from pages._ui import session
from pages._ui.tables import Column


def sum_columns() -> list[Column]:
    """The lines read, as the sum of what became of them: columns for a file or a load.

    No line's fate is to be merged: records are, and they are told of beside the table.
    """
    text = session.texts().text
    heads = {
        "rows_read": text("Lines read"),
        "loaded": text("= New"),
        "updated": text("+ Updated"),
        "quarantined": text("+ Set aside"),
        "skipped": text("+ Skipped"),
    }
    return [Column(name, head, "number") for name, head in heads.items()]
