"""What can go wrong with a run of a migration: its files, rejects, totals and signature."""

from crm_core.i18n.catalogue import mark

MIGRATION: dict[str, str] = {
    "migration_usage": mark("Name a template and a folder: migrate TARGET.yaml --out DIR."),
    "migration_folder_taken": mark(
        "{path} is not empty, and its files may be in use. Nothing was written. "
        "Choose a new folder."
    ),
    "migration_folder": mark(
        "{path} cannot be written: {reason}. Nothing was kept. Choose another folder."
    ),
    "migration_only_delta": mark(
        "Only a delta is compared with an earlier run; this is a {kind}. Leave the run out, or "
        "make it a delta."
    ),
    "migration_no_run": mark(
        "There is no run {run} of {target} to compare with. Make a rehearsal or a cut-over first."
    ),
    "migration_run_unknown": mark("There is no run {run}. Make one first, or name another."),
    "migration_other_target": mark(
        "The runs {run} and {other} are of two templates, so they cannot be compared."
    ),
    "migration_columns": mark(
        "{file} has no table with the columns {columns}. Nothing was taken over. Give the "
        "columns these heads."
    ),
    "migration_no_rejects": mark(
        "None of the ids in {file} was written by run {run}. Nothing was taken over. Name the "
        "run that the file belongs to."
    ),
    "migration_total_unknown": mark(
        "Run {run} has no total {measure} of {name} in currency {currency}. Nothing was taken "
        "over. Use the totals.csv of the run."
    ),
    "migration_total_number": mark(
        "{value} is no number that can be the total {measure} of {name}. Nothing was taken over."
    ),
    "migration_sign_name": mark(
        "A signature needs the name of the data owner, of at most {limit} characters."
    ),
    "migration_open": mark(
        "Totals of run {run} that differ or were not told by the target: {count}. Nothing was "
        "signed. Clear them up, or give a reason."
    ),
    "migration_files_changed": mark(
        "{file} of run {run} is not as it was written. Nothing was signed. Make the run again."
    ),
    "migration_folder_gone": mark(
        "The files of run {run} are no longer in {path}. Make the run again."
    ),
}
