"""Why a line was set aside or skipped, in a few words."""

from crm_core.i18n.catalogue import mark

RULES = {
    "blank": mark("Blank line"),
    "header": mark("The header again"),
    "footer": mark("A line with totals"),
    "dropped": mark("Left out by a step of the recipe"),
    "repeat": mark("Repeats an earlier line of the file"),
    "known": mark("Known already, nothing new in it"),
    "ragged": mark("Has more or fewer cells than the header"),
    "date_unreadable": mark("Cannot be read as a date"),
    "number_unreadable": mark("Cannot be read as a number"),
    "key_missing": mark("Its ID is missing"),
    "id_damaged": mark("Its ID lost digits or zeros in a spreadsheet"),
    "sheet_not_recognised": mark("Nobody knows what the sheet holds"),
    "sheet_aside": mark("A note or a hidden sheet beside the data"),
    "sheet_unsure": mark("It was not certain what the sheet holds"),
}
