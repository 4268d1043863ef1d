"""Why a target does not take a record, or what was altered in one."""

from crm_core.i18n.catalogue import mark

KINDS = {
    "rehearsal": mark("Rehearsal"),
    "delta": mark("Delta"),
    "cut-over": mark("Cut-over"),
}
REJECTS = {
    "length": mark("Longer than the target takes"),
    "picklist": mark("Not in the target's list of values"),
    "required": mark("Blank, but the target requires it"),
    "reference_unknown": mark("Refers to a record that nobody knows"),
    "reference_left_out": mark("Refers to a record that the template leaves out"),
    "reference_rejected": mark("Refers to a record that is rejected itself"),
    "reference_circle": mark("Stands above itself by way of others"),
    "reference_self": mark("Refers to itself, since the two were merged"),
    "unique": mark("Another record has this value already"),
    "number": mark("No number"),
    "scale": mark("More decimals than the target takes"),
    "range": mark("Outside the range that the target takes"),
    "precision": mark("More digits than the target takes"),
    "date": mark("No day"),
    "time": mark("Has a time of day, the target takes the day only"),
    "boolean": mark("Neither yes nor no"),
    "target": mark("Rejected by the target"),
}
