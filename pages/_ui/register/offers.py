"""What a form offers where a field's options are not known to its register."""

from crm_core.services import goals
from crm_core.services.registers import measures
from pages._ui import kept, session


def named(offer: str | None) -> dict[str, str]:
    """What stands in the field -> what is read; {}: nothing is offered."""
    if offer not in ("metric", "metric_rows"):
        return {}
    found = kept.read(goals.offered)
    if offer == "metric_rows":
        return {row: row for row in found.rows}
    return {code: metric(code) for code in found.metrics}


def metric(code: str) -> str:
    """A metric and its column, in the reader's words."""
    if code not in measures.columns():
        return code
    label = session.texts().label
    spec, column = measures.columns()[code]
    return f"{label(spec.title)} · {label(column.label)}"
