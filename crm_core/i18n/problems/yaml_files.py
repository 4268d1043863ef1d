"""What can go wrong with YAML that people write, and with what checklists say in it or in a
workbook; `{where}` is the file with its line, or with sheet, row and column."""

from crm_core.i18n.catalogue import mark

YAML_FILES: dict[str, str] = {
    "yaml_missing": mark("{file} cannot be read: {reason}. Check the path."),
    "yaml_too_large": mark("{file} has more than {limit} kB, which no such file has."),
    "yaml_not_text": mark("{file} is no text in UTF-8. Save it as UTF-8."),
    "yaml_no_mapping": mark("{where}: the file begins with keys. Known are {known}."),
    "yaml_none": mark("{where}: this is no YAML ({reason})."),
    "yaml_alias": mark("{where}: write the part out in place of the * alias."),
    "yaml_twice": mark("{where}: {key} stands here twice. Remove one."),
    "yaml_too_deep": mark("{file} is nested deeper than any such file is."),
    "yaml_lacks": mark("{where}: {place} is missing. Add it."),
    "yaml_unknown_key": mark("{where}: {key} is no key here. Known here are {known}."),
    "yaml_value": mark("{where}: {place} cannot be {value}. Expected is: {expected}."),
    "checklist_lights": mark("{where}: amber_from lies above green_from. Make it the smaller one."),
    "checklist_twice": mark("{where}: {value} stands here twice. Rename one."),
    "checklist_options": mark(
        "{where}: {item} is of the kind {kind}. Two options or more go with scale, one "
        "and several, none with the other kinds."
    ),
    "checklist_ends": mark(
        "{where}: {item} needs both zero_at and full_at, and different ones; they go "
        "with a number only."
    ),
    "checklist_worthless": mark(
        "{where}: no answer of {item} is worth anything. Say what its options are "
        "worth, or take this out."
    ),
    "checklist_alone": mark(
        "{where}: alone goes with the options of several only. Take it out of {item}."
    ),
    "checklist_no_item": mark(
        "{where}: no earlier item is called {value}. Name one that comes before."
    ),
    "checklist_no_condition": mark("{where}: say one_of or below here."),
    "checklist_column": mark(
        "{where}: this column is none of this sheet. Take it out, or write its head as in a "
        "template."
    ),
    "checklist_column_twice": mark("{where}: this column stands here twice. Take one out."),
    "checklist_one_row": mark("{where}: a checklist has one row here. Take this one out."),
    "checklist_stray": mark(
        "{where}: {value} stands on no sheet before this one. Add it there, or correct it here."
    ),
    "checklist_no_sheet": mark("{file} has no sheet {wanted}. Add it, as in a template."),
    "checklist_parted": mark(
        "The sheet {sheet} of {file} holds several tables. Keep one table a sheet."
    ),
    "checklist_no_list": mark(
        "{file} has no questions that can be found. Give the column of questions the head "
        "Question, or take a template."
    ),
    "checklist_too_large": mark(
        "The checklist would have more than {limit} kB, which nobody fills in. Choose a part of "
        "it: one of its groups."
    ),
    "framework_none": mark("This library holds no framework, so there is nothing to ask."),
    "framework_group": mark("There is no group {value} in it. Known are: {known}."),
    "framework_empty": mark("Nothing in this framework can be assessed."),
    "checklist_no_answer": mark("{where}: {item} has no answer {value}. Its answers are {known}."),
}
EXPECTED = {
    "bool": mark("true or false"),
    "date": mark("a day, such as 2026-03-31"),
    "decimal": mark("a number"),
    "dict": mark("keys with values"),
    "float": mark("a number"),
    "ge": mark("{limit} or more"),
    "gt": mark("more than {limit}"),
    "int": mark("a whole number"),
    "le": mark("{limit} or less"),
    "list": mark("a list"),
    "max_length": mark("at most {limit}, counted in signs or entries"),
    "min_length": mark("at least {limit}, counted in signs or entries"),
    "model": mark("keys with values"),
    "one_of": mark("one of {limit}"),
    "pattern": mark("the pattern {limit}"),
    "string": mark("text"),
    "tuple": mark("a list"),
}
"""What a value should have been, by the code that a model gives it."""
