"""What can go wrong with files that cannot be read, or not as they stand."""

from crm_core.i18n.catalogue import mark

FILES: dict[str, str] = {
    "file_missing": mark("The file is not there. Check the path, then try again."),
    "file_is_folder": mark("This is a folder, not a file. Choose the files inside it."),
    "file_empty": mark("The file is empty. Nothing was loaded. Export it again."),
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
        "This is a web page without a table of data, or one with fields to fill in. "
        "Nothing was loaded. Open it in a browser to see what it is, then export the table anew."
    ),
    "xml_unknown": mark(
        "This is XML of a kind that cannot be read. Nothing was loaded. "
        "Open it in Excel and save it as xlsx."
    ),
    "page_broken": mark(
        "The web page cannot be read to its end: it is nested too deeply. Nothing was loaded. "
        "Open it in Excel and save it as xlsx."
    ),
    "page_cut": mark(
        "The file ends within its last table, after line {line}: it may be cut off. What it holds "
        "was read. Compare the number of rows with the source system."
    ),
    "encoding_unknown": mark(
        "The file's character encoding cannot be told. Nothing was loaded. "
        "Save it as UTF-8 and import it again."
    ),
    "lines_mended": mark(
        "Lines mended that had quotes or delimiters out of place: {count}, the first is line "
        "{line}. Every character was kept. Compare them with the file."
    ),
    "bytes_damaged": mark(
        "Lines with bytes that are no text: {count}, the first is line {line}. They are shown as "
        "\ufffd; everything else was read. Compare these lines with the source system."
    ),
    "encoding_mended": mark(
        "Lines set right that had once been saved in a wrong encoding: {count}, the first is line "
        "{line}. Compare them with the source system."
    ),
    "merged_filled": mark(
        "Cells that were blank, being merged with the one above, and got what that one says: "
        "{count}, the first is in line {line}. Merged numbers stand in their first line only."
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
    "too_many_tables": mark(
        "The file holds more than {limit} tables. Nothing was loaded. "
        "Export what you need as a file of its own."
    ),
    "line_too_long": mark(
        "Line {line} is longer than {limit} characters, so this is no table of lines and columns. "
        "Nothing was loaded. Export the file again."
    ),
    "cell_too_long": mark(
        "A cell in line {line} is longer than {limit} characters, most likely because a quotation "
        "mark is never closed. Nothing was loaded. Correct that line and import the file again."
    ),
    "nothing_to_read": mark("There is no file to read in {path}. Choose files or a folder."),
}
