"""Why a line was set aside, skipped or counted, and what to do: rules that no YAML file tells of.

The rules of data/rules say both themselves, in both languages.
"""

from functools import cache

from crm_core.domain.rules import Rule
from crm_core.i18n.catalogue import mark
from crm_core.reference import rules

RULES = {
    "blank": mark("Blank line"),
    "header": mark("The header again"),
    "ruling": mark("A ruled line"),
    "footer": mark("A line with totals"),
    "title": mark("The title of a part of the table"),
    "remark": mark("A remark below the table"),
    "within": mark("A line of a smaller table within the table"),
    "dropped": mark("Left out by a step of the recipe"),
    "repeat": mark("Repeats an earlier line of the file"),
    "known": mark("Known already, nothing new in it"),
    "ragged": mark("Has more or fewer cells than the header"),
    "date_unreadable": mark("Cannot be read as a date"),
    "number_unreadable": mark("Cannot be read as a number"),
    "key_missing": mark("Its ID is missing"),
    "name_missing": mark("Its name is missing"),
    "id_damaged": mark("Its ID lost digits or zeros in a spreadsheet"),
    "email_invalid": mark("Not an e-mail address"),
    "email_several": mark("Several e-mail addresses in one cell"),
    "email_domain_slip": mark("An e-mail address that looks mistyped"),
    "phone_damaged": mark("A phone number that a spreadsheet rounded"),
    "phone_several": mark("Several phone numbers in one cell"),
    "phone_no_country": mark("A phone number of an unknown country"),
    "phone_invalid": mark("A number that no phone of its country has"),
    "country_unknown": mark("A country that no list knows"),
    "stage_unknown": mark("A stage that says neither won nor lost: counted as open"),
    "sheet_not_recognised": mark("Nobody knows what the sheet holds"),
    "sheet_aside": mark("A note or a hidden sheet beside the data"),
    "sheet_unsure": mark("It was not certain what the sheet holds"),
}
ADVICE = {
    "ragged": mark(
        "Usually a separator or a line break stands inside a cell without quotation marks."
    ),
    "date_unreadable": mark("Write it as year-month-day, such as 2025-03-31, or leave it blank."),
    "number_unreadable": mark("Leave digits, the sign and the decimal mark only, or blank it."),
    "key_missing": mark("Give the record the ID it has in your CRM."),
    "name_missing": mark("Give the record its name: the list has no IDs to know it by."),
    "email_invalid": mark("Write it as name@company.com, one address per cell."),
    "email_several": mark("Keep one address; put the others into columns of their own."),
    "email_domain_slip": mark("Compare it with the source: gmial.com is probably gmail.com."),
    "phone_damaged": mark("Its last digits are lost. Take the number from the source again."),
    "phone_several": mark("Keep one number; put the others into columns of their own."),
    "phone_no_country": mark("Write it with the country code, or give the record its country."),
    "phone_invalid": mark("Compare it with the source; a digit may be missing."),
    "country_unknown": mark("Write its name, or its code such as DE."),
    "stage_unknown": mark(
        "Where it means won or lost, let the recipe make it such a stage; else all is well."
    ),
    "id_damaged": mark("Write the whole ID as your CRM does, with its leading zeros."),
}


@cache
def written() -> dict[str, Rule]:
    """Every rule of data/rules by its id."""
    return {rule.id: rule for of_entity in rules().values() for rule in of_entity}
