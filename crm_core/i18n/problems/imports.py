"""What can go wrong with preparing an import, loading, recipes and taking back."""

from crm_core.i18n.catalogue import mark

IMPORTS: dict[str, str] = {
    "sheet_not_recognised": mark(
        "It cannot be told what {table} holds, so nothing of it was loaded. "
        "Say what it holds, then import it again."
    ),
    "columns_unsure": mark(
        "It is not certain what these columns of {file} mean: {columns}. Nothing was loaded. "
        "Say so on the page Import or with --recipe, or keep them unchanged with --yes."
    ),
    "same_orders": mark(
        "{other} tells the amounts of these orders too. Both together would count revenue twice, "
        "so the amounts here count only if you say so."
    ),
    "same_total": mark(
        "The amounts here add up to the very same sum as those of {other}: they seem to be the "
        "same sales, told another way. Both together would count revenue twice, so the amounts "
        "here count only if you say so."
    ),
    "same_amounts": mark(
        "Most customers have the very same amounts in {other}, as orders and their invoices have. "
        "Both together would count revenue twice, so the amounts here count only if you say so."
    ),
    "same_ids": mark(
        "The ids here are ids in {other} too, of other records: one would take the other's "
        "place. If they come from two systems, or are counted anew in each file, map the column of "
        "the ids and add a step that puts letters before them. Until then the cells of a row tell "
        "which one it is."
    ),
    "discount_not_taken_off": mark(
        "No column of {table} tells amounts: they are quantity times price, and its discounts are "
        "not taken off. If the prices are before discount, add a column with the amounts."
    ),
    "credits_added": mark(
        "{column} in {table} tells credit notes or returns whose amounts have no minus: revenue "
        "adds them. If they are to be taken off, write a minus before them, or leave them out."
    ),
    "changed_lines_added": mark(
        "Lines of {table} that look like newer versions of lines loaded before: {lines}. No column "
        "tells which line is which, so both count. If they are the same, take the earlier load "
        "back, or bring files with a column of ids."
    ),
    "deals_undated": mark(
        "No column of {table} is the day on which deals were closed, so no month counts its won "
        "deals: {lines}. If one of its columns says it, such as the expected day, map it to Closed."
    ),
    "sales_undated": mark(
        "No column of {table} is the day of the orders, so no month counts its lines: {lines}. "
        "If one of its columns says it, map it to Order date."
    ),
    "recipe_unreadable": mark(
        "{path} is not a recipe: {reason}. Nothing was loaded. Save the mapping as a recipe again."
    ),
    "recipe_unknown_field": mark(
        "The recipe {path} names {entity} with the field {field}, which does not exist. "
        "Nothing was loaded. Correct the recipe, then import again."
    ),
    "recipe_unknown_column": mark(
        "A step of the recipe {path} is for the column {column}, which its table does not have. "
        "Nothing was loaded. Correct the recipe, then import again."
    ),
    "step_column_unknown": mark(
        "A step of the recipe is for the column {column}, which this sheet does not have. "
        "Nothing was changed. Take the step out or switch it off."
    ),
    "step_pattern_bad": mark(
        "The pattern for the column {column} cannot be understood. Nothing was changed. "
        "Close every bracket, and name only groups that the pattern has."
    ),
    "column_is_read": mark(
        "The cells of the column {column} cannot stay as they are: without being read they have "
        "no value. Nothing was changed."
    ),
    "step_unknown": mark("There is no such step ({step}). Nothing was changed."),
    "too_many_steps": mark(
        "A recipe has at most {limit} steps. Nothing was added. Take out some that do nothing."
    ),
    "entity_unknown": mark("There is no {entity}. Choose one of: {known}."),
    "batch_unknown": mark("There is no load {batch}. Nothing was changed."),
    "batch_undone": mark("Load {batch} has already been taken back. Nothing was changed."),
    "batch_built_upon": mark(
        "Later loads changed the same rows, so load {batch} was not taken back. "
        "Take back these first, the last one to begin with: {later}."
    ),
    "line_unknown": mark("Line {line} was never read from this file."),
    "file_unknown": mark("The lines of file {id} are not kept. Choose another one."),
    "path_not_absolute": mark(
        "{path} is no full path. Write it from the root, such as /data/exports or C:\\exports."
    ),
    "folder_too_large": mark(
        "The folder {path} holds more than {limit} entries. Nothing was read. "
        "Choose the folder that holds the exports alone."
    ),
    "too_many_files": mark(
        "{found} files are more than the {limit} of one import. Nothing was read. "
        "Import them in several goes."
    ),
    "column_unknown": mark("There is no column {column} in this table. Nothing was changed."),
    "header_unknown": mark(
        "The header cannot stand in line {line}. The table is read as before. Choose a line that "
        "is shown."
    ),
    "field_unknown": mark("{entity} has no field {field}. The column was left as it is."),
    "writing_unknown": mark("Cells cannot be read as {value}. The column was left as it is."),
    "import_running": mark("This import is still at work. Wait until it is done, or stop it."),
    "import_not_ready": mark("There is nothing to load yet. Choose files first."),
    "nothing_to_load": mark(
        "No table is chosen for loading. Say what at least one of them holds, then load."
    ),
    "mapping_not_kept": mark(
        "Load no. {batch} is in the store. What the columns mean could not be kept for the next "
        "file like it: {files}. Check that the disk has space and that the store's folder can be "
        "written to; until then you will be asked again."
    ),
    "import_stopped": mark("You stopped the import. Nothing of it was loaded."),
    "sheet_unsure": mark(
        "It is not certain that {table} holds {rows}, so nothing of it was loaded. "
        "Say what it holds, then import it again."
    ),
}
