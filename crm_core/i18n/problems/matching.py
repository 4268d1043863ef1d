"""What can go wrong with matching and merging records."""

from crm_core.i18n.catalogue import mark

MATCHING: dict[str, str] = {
    "match_entity": mark("{entity} is nothing that can be matched. Known are: {known}."),
    "match_threshold": mark(
        "{value} is no probability. Give a number above 0 and not above 1, such as 0.9."
    ),
    "match_decision_columns": mark(
        "{file} lacks the columns {columns}. Write the pairs with match --export and add a column"
        " verdict."
    ),
    "match_decision_line": mark(
        "{file}, line {line}: {value} is no answer. Two different row ids and same or different are"
        " wanted."
    ),
    "match_decision_two": mark(
        "{file}, line {line} says of a pair the contrary of line {earlier}. Keep one of the two."
    ),
    "match_decision_unreadable": mark(
        "{file} is no CSV file in UTF-8. Save it as CSV UTF-8, then try again."
    ),
    "entity_not_merged": mark("{entity} is nothing whose records are merged."),
    "record_unknown": mark(
        "Record {id} is not in the store any more. Match again, then go on with what is found."
    ),
    "pair_unknown": mark("This pair is not in the store any more. Go on with the next one."),
    "pair_settled": mark(
        "Somebody else was faster: this pair is decided already. Your answer was not kept; go on "
        "with the next one."
    ),
    "match_running": mark(
        "Duplicates are being looked for already. Wait until that is done, then try again."
    ),
    "match_stopped": mark("The search for duplicates was stopped. Nothing was changed."),
    "load_not_matched": mark(
        "Load no. {batch} is in the store, but was not matched with what is there ({detail}). "
        "Find duplicates again on the page Duplicates."
    ),
    "parent_is_child": mark(
        "{name} would come to stand above itself. Take back one of the links between them first."
    ),
    "merge_unknown": mark("This merge has been taken back already. Nothing was changed."),
    "match_unwritten": mark("{path} could not be written: {reason}. Nothing was changed."),
}
