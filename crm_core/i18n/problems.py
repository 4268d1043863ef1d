"""What each problem code says: what happened, what was kept, what to do next.

A sentence never repeats the file's name where the caller already shows it as a heading; `{file}`,
`{line}`, `{column}` and `{value}` are there for problems that are listed on their own. `{table}` is
the file, with its sheet where it has one; `{rows}` are the rows of the `entity`.
"""

from crm_core.i18n.catalogue import mark

UNKNOWN = mark("This could not be done. Please tell your administrator: {code} ({detail})")

SHEET = mark("sheet {sheet} of {file}")

TEMPLATES: dict[str, str] = {
    # the store
    "store_held": mark(
        "The store {path} is open in another program (process {pid}). Nothing was changed. "
        "Close that program, then try again."
    ),
    "store_path": mark(
        "A store cannot lie in {path}: its folders and its name must be without a question mark. "
        "Nothing was written. Choose another place."
    ),
    "store_unreadable": mark(
        "{path} cannot be opened as a store. It was left as it is. "
        "Choose another file or restore a backup."
    ),
    "store_newer": mark(
        "This store was written by a newer version of the product (step {level}; this version "
        "knows {known}). It was left as it is. Update the product, then open it again."
    ),
    "store_interrupted": mark(
        "The store had to be reopened while it was being read. What was saved is safe. "
        "Please try again."
    ),
    "store_closed": mark(
        "The store {path} was closed meanwhile. What was saved is safe. Open it again."
    ),
    "disk_full": mark(
        "The disk is full, so nothing of this was saved; {path} is as before. "
        "Free some space, then try again."
    ),
    # files that cannot be read
    "file_missing": mark("The file is not there. Check the path, then try again."),
    "file_is_folder": mark("This is a folder, not a file. Choose the files inside it."),
    "file_empty": mark("The file is empty (0 bytes). Nothing was loaded. Export it again."),
    "file_unreadable": mark(
        "The file cannot be opened: {reason}. Nothing was loaded. Check that you may read it."
    ),
    "file_too_large": mark(
        "The file holds {megabytes} MB; at most {limit} MB are read. Nothing was loaded. "
        "Split it and import the parts."
    ),
    "not_text": mark(
        "The name says it is a text table, but the content is something else. "
        "Nothing was loaded. Export it again as CSV or Excel."
    ),
    "format_unknown": mark(
        "This is a {found} file, which cannot be read. Nothing was loaded. "
        "Export it as one of {formats}."
    ),
    "workbook_broken": mark(
        "The workbook is damaged or incomplete. Nothing of it was loaded. "
        "Open it in Excel, save it again, then import that file."
    ),
    "sheet_sparse": mark(
        "A sheet spans {rows} rows and {columns} columns, but only {cells} cells of it are used. "
        "Nothing was loaded. Delete the far cells or copy the table into a new workbook."
    ),
    "workbook_locked": mark(
        "The workbook is protected by a password. Nothing of it was loaded. "
        "Save a copy without the password and import that."
    ),
    "json_broken": mark("The JSON is damaged at line {line}. Nothing was loaded. Export it again."),
    "json_too_deep": mark(
        "The JSON is nested more than {limit} levels deep, which no table is. Nothing was loaded."
    ),
    "parquet_broken": mark(
        "The Parquet file is damaged or incomplete. Nothing of it was loaded. Write it again."
    ),
    "access_broken": mark(
        "The Access database is damaged, protected or of a kind that cannot be read. Nothing of it "
        "was loaded. Open it in Access, compact it or export its tables as Excel."
    ),
    "access_tool_missing": mark(
        "Access databases are read with the program mdbtools, which is not installed. Nothing was "
        "loaded. Install it (Debian: apt install mdbtools; macOS: brew install mdbtools), or "
        "export the tables from Access as Excel."
    ),
    "access_empty": mark("The Access database has no table with rows. Nothing was loaded."),
    "archive_broken": mark(
        "{file} is damaged or incomplete. Nothing of the archive was loaded. Pack it again."
    ),
    "archive_locked": mark(
        "{file} is protected by a password. Nothing of the archive was loaded. "
        "Pack it again without one."
    ),
    "archive_unsafe": mark(
        "The archive names a file outside of itself ({name}), as only attacks do. "
        "Nothing was loaded."
    ),
    "archive_without_data": mark("The archive holds no file that can be read. Nothing was loaded."),
    "web_page": mark(
        "This is a web page or XML, not a table; some systems call such an export Excel. "
        "Nothing was loaded. Open it in Excel and save it as xlsx."
    ),
    "encoding_unknown": mark(
        "The file's character encoding cannot be told. Nothing was loaded. "
        "Save it as UTF-8 and import it again."
    ),
    "lines_mended": mark(
        "{count} lines had quotes or delimiters out of place and were mended, the first is line "
        "{line}. Every character was kept. Compare them with the file."
    ),
    "bytes_damaged": mark(
        "{count} lines hold bytes that are no text, the first is line {line}. They are shown as "
        "\ufffd; everything else was read. Compare these lines with the source system."
    ),
    "encoding_mended": mark(
        "{count} lines had once been saved in a wrong encoding and were set right, the first is "
        "line {line}. Compare them with the source system."
    ),
    "merged_filled": mark(
        "{count} cells were blank because they are merged with the one above them, and got what "
        "that one says; the first is in line {line}. Merged numbers stand in their first line only."
    ),
    "too_slow": mark(
        "Reading the file took longer than {seconds} seconds and was stopped. "
        "Nothing was loaded. Split the file and import the parts."
    ),
    "too_much_memory": mark(
        "Reading the file takes more than {megabytes} MB of memory, far more than its size "
        "explains, and was stopped. Nothing was loaded. Save it anew, or split it and import the "
        "parts."
    ),
    "reader_failed": mark(
        "The file could not be read. Nothing was loaded. "
        "Open it in the program that made it, save it again, then import that file."
    ),
    "workbook_empty": mark("The workbook has no sheet with data. Nothing was loaded."),
    "too_many_columns": mark(
        "Line {line} has {columns} columns; at most {limit} are read. Nothing was loaded. "
        "Check that the file is a table, with one record a line."
    ),
    "cell_too_long": mark(
        "A cell in line {line} is longer than {limit} characters, most likely because a quotation "
        "mark is never closed. Nothing was loaded. Correct that line and import the file again."
    ),
    "nothing_to_read": mark("There is no file to read in {path}. Choose files or a folder."),
    # importing and taking back
    "sheet_not_recognised": mark(
        "It cannot be told what {table} holds, so nothing of it was loaded. "
        "Say what it holds, then import it again."
    ),
    "columns_unsure": mark(
        "It is not certain what these columns of {file} mean: {columns}. Nothing was loaded. "
        "Say so on the page Import or with --recipe, or keep them unchanged with --yes."
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
    # figures, reports and settings
    "report_empty": mark("Nothing has been loaded yet, so there is nothing to report."),
    "report_format": mark(
        "No report can be written as {path}. Let its name end in one of {known}."
    ),
    "match_entity": mark("{entity} is nothing that can be matched. Known are: {known}."),
    "match_threshold": mark(
        "{value} is no probability. Give a number above 0 and not above 1, such as 0.9."
    ),
    "match_decision_columns": mark(
        "{file} lacks the columns {columns}. Write the pairs with match --export and add a column"
        " verdict."
    ),
    "match_decision_line": mark(
        "{file}, line {line}: {value} is no answer. Two row ids and same or different are wanted."
    ),
    "entity_not_merged": mark("{entity} is nothing whose records are merged."),
    "record_unknown": mark(
        "Record {id} is not in the store any more. Match again, then go on with what is found."
    ),
    "pair_unknown": mark("This pair is not in the store any more. Go on with the next one."),
    "parent_is_child": mark(
        "{name} would come to stand above itself. Take back one of the links between them first."
    ),
    "merge_unknown": mark("This merge has been taken back already. Nothing was changed."),
    "match_unwritten": mark("{path} could not be written: {reason}. Nothing was changed."),
    "report_unwritten": mark(
        "{path} could not be written: {reason}. Choose a folder that you may write to."
    ),
    "metric_unknown": mark("There is no metric {id}. Choose one of: {known}."),
    "metric_parameter": mark(
        "{metric} cannot be asked with {name}={value}. What fits there: {expected}."
    ),
    "metric_parameter_form": mark("{value} is no parameter. Write it as name=value."),
    "setting_unknown": mark("There is no setting {key}. Nothing was changed."),
    "rule_unknown": mark("There is no rule {id}. Nothing was changed."),
    "setting_value": mark("{key} cannot be {value}. The setting was left as it is."),
    "unexpected": mark(
        "The program failed: {detail}. What was saved before is safe. "
        "Try again; if it happens again, tell your administrator."
    ),
    # preparing an import
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
    # targets
    "target_segment": mark("There is no segment {value}. No target was changed."),
    "target_currency": mark(
        "{value} is no currency code (target of {segment}). Write it like CNY. "
        "No target was changed."
    ),
    "target_month": mark(
        "{value} is no month (target of {segment}). Write it like 2026-03. No target was changed."
    ),
    "target_amount": mark(
        "{value} is no amount (target of {segment}). Write a number. No target was changed."
    ),
    "target_twice": mark(
        "{segment} has two targets for {month}. Keep one of them. No target was changed."
    ),
    "row_unknown": mark("Row {row} is not there, or no file told of it."),
    "port_taken": mark(
        "Another program listens on {address}. Stop it, or choose another port: --port 8502."
    ),
    "target_line": mark("Line {line} is not segment, month and amount. No target was changed."),
    "target_year": mark(
        "{year} is no fiscal year that targets can be set for. No target was changed."
    ),
    "sheet_unsure": mark(
        "It is not certain that {table} holds {rows}, so nothing of it was loaded. "
        "Say what it holds, then import it again."
    ),
    # feeds: what is wrong with a delivery
    "feed_late": mark("It was due by {due}; the last delivery came {last}."),
    "feed_never": mark("It was due by {due}; nothing has come so far."),
    "feed_table_missing": mark("The sheet {sheet} is missing."),
    "feed_table_added": mark("The sheet {sheet} is new."),
    "feed_entity": mark("The table was {before} and is now taken for {after}."),
    "feed_column_missing": mark("The column {column} is missing."),
    "feed_column_added": mark("The column {column} is new."),
    "feed_column_looks": mark("The column {column} held {before} and now holds {after}."),
    "feed_date_order": mark("Dates in {column} were written {before} and now are written {after}."),
    "feed_column_unsure": mark("It is not certain what the column {column} means."),
    "feed_shrunken": mark("It has {lines} lines; usual are {usual}."),
    "feed_quarantine": mark("{quarantined} of {lines} lines would be set aside."),
    # feeds: why a file is not taken yet
    "feed_still_growing": mark("{file} is still being written. It is taken at the next look."),
    "feed_part_beside": mark(
        "A part file lies beside {file}: it has not arrived whole. It is taken when that is gone."
    ),
    "feed_no_directory": mark(
        "{file} has no end yet. It is taken when it is whole, or refused after an hour."
    ),
    "feed_no_line_end": mark(
        "The last line of {file} has no end yet. It is taken when the file stays as it is."
    ),
    "feed_not_readable": mark("{file} cannot be opened. Check that the app may read it."),
    "feed_folder_missing": mark("{path} is not there. Check the path and the network drive."),
    # feeds: setting up and deciding
    "feed_unknown": mark("There is no feed {feed}. Nothing was changed."),
    "feed_name": mark("{value} is no name for a feed: write 1 to {limit} characters."),
    "feed_name_taken": mark("There is a feed {feed} already. Choose another name."),
    "feed_changed": mark(
        "Somebody changed the feed {feed} meanwhile, so yours was not saved. Open it again."
    ),
    "feed_folder_not_allowed": mark(
        "Feeds may not read {path}. Choose a folder that the administrator allows."
    ),
    "feed_recipe": mark("There is no kept mapping {recipe}. Choose another one."),
    "feed_minutes": mark("Every {value} minutes is not possible; choose 1 to {limit}."),
    "feed_cron": mark(
        "{value} is no schedule. Write minute hour day month weekday, such as 30 6 * * 1-5, with "
        "a day or a weekday but not both."
    ),
    "feed_zone": mark("There is no time zone {value}."),
    "feed_hours": mark("{value} hours are not possible; choose 1 to 8,784."),
    "feed_days": mark("Choose at least one day on which a delivery is expected."),
    "feed_share": mark("A share of {value} is not possible; choose 0 to 100%."),
    "feed_settling": mark("{value} seconds are not possible; choose 0 to {limit}."),
    "feed_running": mark("This feed is being looked at just now. Wait a moment, then try again."),
    "delivery_unknown": mark("This delivery is not there any more."),
    "delivery_decided": mark("Somebody has decided about {file} already. Nothing was changed."),
    "delivery_gone": mark(
        "{file} is not there any more in the form that was looked at. Nothing was loaded. "
        "Have it delivered again."
    ),
    # messages
    "mail_address": mark("{value} is no e-mail address."),
    "mail_host": mark("{value} is no name of a mail server."),
    "mail_port": mark("{value} is no port; choose 1 to 65,535."),
    "mail_password_in_clear": mark(
        "A password is never sent unencrypted. Choose STARTTLS or TLS, or leave the user blank."
    ),
    "mail_missing": mark("No mail server is set up. The message waits until there is one."),
    "mail_failed": mark("The mail server did not take the message: {reason}. It is tried again."),
    "message_failed": mark("The message could not be sent: {reason}. It is tried again."),
    "message_unknown": mark("This message was sent already, or is not there."),
    "channel_name": mark("{value} is no name for a group chat: write 1 to 40 letters or digits."),
    "channel_missing": mark("The group chat {channel} is not set up."),
    "webhook_form": mark("There is no form {value} of group chat."),
    "webhook_address": mark(
        "This is no address of a group chat. Write it as https://…, without user or password."
    ),
    "webhook_failed": mark("The group chat did not take the message: {reason}. It is tried again."),
    "host_unknown": mark("The host {host} is not known. Check how it is written."),
    "host_inside": mark(
        "{host} lies inside the network, where messages may not go. The administrator can allow "
        "it with CRM_WEBHOOK_ALLOW."
    ),
    # migration out: the template of a target
    "template_missing": mark("{file} cannot be read: {reason}. Check the path."),
    "template_too_large": mark("{file} has more than {limit} kB, which no template has."),
    "template_not_text": mark("{file} is no text in UTF-8. Save it as UTF-8."),
    "template_no_mapping": mark(
        "{file}, line {line}: a template begins with keys such as name: and tables:."
    ),
    "template_no_yaml": mark("{file}, line {line}: this is no YAML ({reason})."),
    "template_alias": mark("{file}, line {line}: write the part out in place of the * alias."),
    "template_twice": mark("{file}, line {line}: {key} stands here twice. Remove one."),
    "template_too_deep": mark("{file} is nested deeper than any template is."),
    "template_lacks": mark("{file}, line {line}: {place} is missing. Add it."),
    "template_unknown_key": mark(
        "{file}, line {line}: {key} is no key here. Known here are {known}."
    ),
    "template_value": mark(
        "{file}, line {line}: {place} cannot be {value}. Expected is: {expected}."
    ),
    "template_name_twice": mark("{file}, line {line}: the {key} {value} is there already."),
    "template_cycle": mark(
        "{file}, line {line}: these tables refer to each other in a circle, so none can be loaded "
        "first: {tables}. Take one of the references out."
    ),
    "template_entity": mark("{file}, line {line}: {value} is no entity. Known are {known}."),
    "template_one_id": mark(
        "{file}, line {line}: the table {name} needs exactly one column with id: true."
    ),
    "template_field": mark(
        "{file}, line {line}: {value} is no field of {entity}. Its fields are {known}."
    ),
    "template_filter": mark(
        "{file}, line {line}: {key} does not go with the field {value}: since asks for days, "
        "least and most for numbers."
    ),
    "template_one_source": mark(
        "{file}, line {line}: the column {column} needs exactly one of id, from, extra, constant."
    ),
    "template_reference_from": mark(
        "{file}, line {line}: the column {column} has a reference, so it needs from: a field "
        "that refers to another record."
    ),
    "template_no_reference": mark(
        "{file}, line {line}: {value} refers to no other record, or the column says both "
        "reference: and a field of the other record."
    ),
    "template_no_table": mark(
        "{file}, line {line}: there is no table {value} to refer to. Known are {known}."
    ),
    "template_other_entity": mark(
        "{file}, line {line}: {column} does not refer to the table {value}, which has {entity}."
    ),
    "template_self_twice": mark(
        "{file}, line {line}: a table may refer to itself in one column, not in {column} as well."
    ),
    "template_limit": mark(
        "{file}, line {line}: {key} does not go with this column: precision goes with numbers, "
        "scale with decimal and not above precision, a filled picklist with text."
    ),
    "template_not_listed": mark(
        "{file}, line {line}: {key} {value} is not in the column's picklist."
    ),
    "template_word_twice": mark(
        "{file}, line {line}: {value} means two values of the picklist of {column}."
    ),
    "template_sheet_full": mark(
        "{name} has more than {limit} rows, which no sheet of a workbook holds. Nothing was "
        "written. Let the template write csv, or filter the table."
    ),
    "template_cell_full": mark(
        "A cell of {name}, column {column}, has more than {limit} characters, which no workbook "
        "holds. Nothing was written. Give the column a length, or let the template write csv."
    ),
    # migration out: runs
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
        "{count} totals of run {run} differ or were not told by the target. Nothing was signed. "
        "Clear them up, or give a reason."
    ),
    "migration_files_changed": mark(
        "{file} of run {run} is not as it was written. Nothing was signed. Make the run again."
    ),
    "migration_folder_gone": mark(
        "The files of run {run} are no longer in {path}. Make the run again."
    ),
}
