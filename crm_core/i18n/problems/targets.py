"""What can go wrong with the template of a migration's target."""

from crm_core.i18n.catalogue import mark

TARGETS: dict[str, str] = {
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
        "{file}, line {line}: {key} does not go with this column: precision, least and "
        "most go with numbers, least not above most, scale with decimal and not above precision, "
        "a filled picklist with text."
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
}
