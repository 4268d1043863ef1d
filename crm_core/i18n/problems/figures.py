"""What can go wrong with metrics, reports, rules, settings and targets."""

from crm_core.i18n.catalogue import mark

FIGURES: dict[str, str] = {
    "report_empty": mark("Nothing has been loaded yet, so there is nothing to report."),
    "report_format": mark(
        "No report can be written as {path}. Let its name end in one of {known}."
    ),
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
    "setting_address": mark(
        "{value} is no address of the web. Write it like https://crm.example.com, without what "
        "follows a question mark. The setting was left as it is."
    ),
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
    "target_line": mark("Line {line} is not segment, month and amount. No target was changed."),
    "target_year": mark(
        "{year} is no fiscal year that targets can be set for. No target was changed."
    ),
}
