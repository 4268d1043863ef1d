"""What can go wrong with lines that wait in quarantine and the worklist that goes out."""

from crm_core.i18n.catalogue import mark

WORKLIST: dict[str, str] = {
    "line_not_waiting": mark(
        "Line {line} of the worklist does not wait any more. Nothing was changed. "
        "Open the list again."
    ),
    "nothing_waits": mark("None of these lines waits any more. Nothing was changed."),
    "nothing_suggested": mark(
        "Nothing is suggested for these lines. Nothing was changed. Correct them by hand."
    ),
    "worklist_form": mark(
        "{path} is no name of a worklist. Nothing was written. Let it end in .xlsx or .csv."
    ),
    "worklist_not_found": mark(
        "{file} is no worklist: it has no column {column}. Nothing was changed. "
        "Export the worklist, fill that file in, and bring it back."
    ),
    "worklist_too_long": mark(
        "{file} has more than {limit} rows. Nothing was changed. Bring it back in parts."
    ),
    "worklist_number": mark(
        "{file}, row {row}: {value} is no line of the worklist. Nothing was changed. "
        "Leave the column {column} as it was exported."
    ),
    "worklist_twice": mark(
        "{file}, row {row}, column {column}: {value} is there twice. Nothing was changed. "
        "Keep one of the two rows."
    ),
    "worklist_moved": mark(
        "{file}, row {row}, column {column}: {value} is not what was exported for this line. "
        "Nothing was changed. Leave this column as it was; what is right goes into {correction}."
    ),
    "worklist_two_values": mark(
        "{file}, row {row}: {correction} and the column {column} say two things, {value} the "
        "latter. Nothing was changed. Write it in one of the two places."
    ),
    "worklist_no_cell": mark(
        "{file}, row {row}: the whole line broke the rule, so {value} in {column} is for no cell. "
        "Nothing was changed. Edit the line's cells further right."
    ),
    "worklist_column": mark(
        "{file}, row {row}: the line has no column {column}, so {value} has no place. "
        "Nothing was changed. Give the column its name back, or remove it."
    ),
    "worklist_due": mark(
        "{file}, row {row}, column {column}: {value} is no day. Nothing was changed. "
        "Write it like 2026-03-31."
    ),
}
