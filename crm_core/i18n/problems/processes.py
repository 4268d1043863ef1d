"""What can go wrong with processes: their steps, baselines and event logs."""

from crm_core.i18n.catalogue import mark

PROCESSES: dict[str, str] = {
    "team_required": mark("Say whose steps these are: the team must not be blank."),
    "steps_none": mark("{team} has no steps in this process yet. Enter them first."),
    "steps_too_many": mark("A list has at most {limit} steps. Part the process in two."),
    "steps_changed": mark(
        "{by} changed the steps of {team} at {at}. Nothing was overwritten: compare the two lists, "
        "then save again."
    ),
    "step_cells": mark("At most {limit} cells stand on a line. Take out the others."),
    "baseline_there": mark("There is a baseline of {team} of {day} already. Choose another day."),
    "baseline_unknown": mark("There is no baseline of {team} of {day}. Reload the page."),
    "log_empty": mark("{file} has no event. A log needs heads and below them a line an event."),
    "log_too_long": mark("{file} has more than {limit} events. Bring a shorter period."),
    "log_columns": mark(
        "Choose the columns of case, activity and time. {file} has these: {heads}."
    ),
    "log_column": mark("The column {column} is chosen twice or not there. Choose each once."),
    "log_time": mark(
        "Line {line}, column {column}: {value} is no time. Write it as 2026-03-31 14:05, or choose "
        "another column."
    ),
    "log_order": mark("{value} can be read in two ways. Choose the order of day and month."),
}
