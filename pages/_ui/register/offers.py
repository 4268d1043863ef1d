"""What a form offers where a field's options are not known to its register."""

from crm_core.services import goals
from pages._ui import kept, session


def named(offer: str | None) -> dict[str, str]:
    """What stands in the field -> what is read; {}: nothing is offered."""
    if offer not in ("metric", "metric_rows"):
        return {}
    found = kept.read(goals.offered)
    if offer == "metric_rows":
        return {row: row for row in found.rows}
    label = session.texts().label
    return {
        code: f"{label(spec.title)} · {label(column.label)}"
        for code, (spec, column) in found.metrics.items()
    }
