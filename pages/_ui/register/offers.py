"""What a form offers where a field's options are not known to its register."""

from crm_core.services import goals, vendors
from crm_core.services.checklists import editions
from crm_core.services.registers import measures
from pages._ui import kept, session


def named(offer: str | None) -> dict[str, str]:
    """What stands in the field -> what is read; {}: nothing is offered."""
    if offer == "vendor_sections":
        return _sections()
    if offer == "checklist":
        return _checklists()
    if offer not in ("metric", "metric_rows"):
        return {}
    found = kept.read(goals.offered)
    if offer == "metric_rows":
        return {row: row for row in found.rows}
    return {code: metric(code) for code in found.metrics}


def _sections() -> dict[str, str]:
    """The sections of the checklist by which vendors are chosen."""
    found = kept.until(("checklist",), editions.offered)[vendors.CHECKLIST].checklist
    return {one.id: session.texts().label(one.title) for one in found.sections}


def _checklists() -> dict[str, str]:
    """What can be filled in, by what it is called."""
    found = kept.until(("checklist",), editions.offered)
    return {name: session.texts().label(one.checklist.title) for name, one in found.items()}


def metric(code: str) -> str:
    """A metric and its column, in the reader's words."""
    if code not in measures.columns():
        return code
    label = session.texts().label
    spec, column = measures.columns()[code]
    return f"{label(spec.title)} · {label(column.label)}"
