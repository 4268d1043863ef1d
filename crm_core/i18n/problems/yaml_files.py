"""What can go wrong with YAML that people write, and with what checklists say in it."""

from crm_core.i18n.catalogue import mark

YAML_FILES: dict[str, str] = {
    "yaml_missing": mark("{file} cannot be read: {reason}. Check the path."),
    "yaml_too_large": mark("{file} has more than {limit} kB, which no such file has."),
    "yaml_not_text": mark("{file} is no text in UTF-8. Save it as UTF-8."),
    "yaml_no_mapping": mark("{file}, line {line}: the file begins with keys. Known are {known}."),
    "yaml_none": mark("{file}, line {line}: this is no YAML ({reason})."),
    "yaml_alias": mark("{file}, line {line}: write the part out in place of the * alias."),
    "yaml_twice": mark("{file}, line {line}: {key} stands here twice. Remove one."),
    "yaml_too_deep": mark("{file} is nested deeper than any such file is."),
    "yaml_lacks": mark("{file}, line {line}: {place} is missing. Add it."),
    "yaml_unknown_key": mark("{file}, line {line}: {key} is no key here. Known here are {known}."),
    "yaml_value": mark("{file}, line {line}: {place} cannot be {value}. Expected is: {expected}."),
    "checklist_lights": mark(
        "{file}, line {line}: amber_from lies above green_from. Make it the smaller one."
    ),
    "checklist_twice": mark("{file}, line {line}: {value} stands here twice. Rename one."),
    "checklist_options": mark(
        "{file}, line {line}: {item} is of the kind {kind}. Two options or more go with scale, one "
        "and several, none with the other kinds."
    ),
    "checklist_ends": mark(
        "{file}, line {line}: {item} needs both zero_at and full_at, and different ones; they go "
        "with a number only."
    ),
    "checklist_worthless": mark(
        "{file}, line {line}: no answer of {item} is worth anything. Say what its options are "
        "worth, or take this out."
    ),
    "checklist_alone": mark(
        "{file}, line {line}: alone goes with the options of several only. Take it out of {item}."
    ),
    "checklist_no_item": mark(
        "{file}, line {line}: no earlier item is called {value}. Name one that comes before."
    ),
    "checklist_no_condition": mark("{file}, line {line}: say one_of or below here."),
    "checklist_no_answer": mark(
        "{file}, line {line}: {item} has no answer {value}. Its answers are {known}."
    ),
}
