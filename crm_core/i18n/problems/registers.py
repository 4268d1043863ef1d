"""What can go wrong with rows of registers."""

from crm_core.i18n.catalogue import mark

REGISTERS: dict[str, str] = {
    "register_unknown": mark("There is no register {value}. Known are: {known}."),
    "item_unknown": mark(
        "There is no row {id}. Somebody may have taken it out: look among the rows taken out."
    ),
    "item_changed": mark(
        "{by} changed {id} at {at}. Nothing was overwritten: look at the row as it is now, then "
        "save again."
    ),
    "item_version_unknown": mark("{id} has no version {version}. Reload the page."),
    "item_id_taken": mark(
        "{id} is or was the number of another row. Leave it blank for a new one."
    ),
    "item_gone": mark(
        "{id} was taken out by {by}, {at}. Bring it back first, or leave the number blank for a "
        "new row."
    ),
    "item_id": mark("{id} cannot be a number: at most 100 characters on one line, no semicolon."),
    "item_twice": mark("{id} stands on an earlier line already. Keep one of them."),
    "item_field_unknown": mark("{register} has no field {value}."),
    "item_required": mark("This must not be blank."),
    "item_reason": mark("Say why: this needs a reason that others can read."),
    "item_number": mark(
        "{value} is no number. Write digits, with a point for decimals, commas for thousands only, "
        "and a share as 0.25."
    ),
    "item_integer": mark("{value} is no whole number."),
    "item_range": mark("{value} lies outside {least} to {most}."),
    "item_least": mark("{value} lies below {least}."),
    "item_most": mark("{value} lies above {most}."),
    "item_date": mark("{value} is no day. Write it as 2026-03-31."),
    "item_day": mark("{value} lies outside {first} to {last}. Is the year right?"),
    "item_early": mark("{value} lies before the first day, {first}. Choose a later day."),
    "item_below": mark("{value} is less than “{beside}” says: {least}. Mend one of the two."),
    "item_only_with": mark(
        "This counts only where “{beside}” is yes. Say yes there, or leave this blank."
    ),
    "item_yes_no": mark("{value} is neither yes nor no."),
    "item_link": mark("{value} is no address of the web. Write it with https://."),
    "item_option": mark("{value} is none of the choices: {choices}."),
    "item_values": mark("At most {limit} values stand in one cell."),
    "item_cell": mark("All values of a cell have at most {limit} characters together."),
    "item_counted": mark("{value} does not end in a number of people. Write it as Sales: 12."),
    "item_text": mark("A text of at most {limit} characters is wanted."),
    "goal_direction": mark(
        "The way from {baseline} to {target} leads in the other direction. Mend one of the three."
    ),
    "goal_metric": mark("There is no metric {value} that a goal can be measured by. Choose one."),
    "goal_metric_missing": mark("Say which metric these are rows of, or leave them out."),
    "goal_rows": mark(
        "{value} says nothing about rows of this metric. It takes name=value: {known}."
    ),
    "goal_by_hand": mark("No metric measures this goal, so it has no course in the data."),
    "goal_no_periods": mark("This metric has neither months nor weeks, so it has no course."),
    "goal_nothing": mark("The data have no value for these rows yet."),
    "goal_currencies": mark(
        "It stands in several currencies ({known}), which are never added: add currency=… to the "
        "rows."
    ),
    "merge_one": mark("Choose at least two rows, one of which stays. Nothing was merged."),
    "merge_unknown": mark("This merge was taken back already. Reload the page."),
    "item_no_rows": mark("{file} has no rows."),
    "item_no_columns": mark(
        "{file} has no column of this register. Take the template; its heads are: {columns}."
    ),
    "item_too_many": mark("{file} has more than {limit} rows. Bring them in several files."),
    "item_preview_wrong": mark(
        "Cells that cannot be taken: {count}. Nothing was kept. Mend them first."
    ),
    "item_form": mark("{path}: a register is written as .xlsx or .csv. Choose one of these."),
}
