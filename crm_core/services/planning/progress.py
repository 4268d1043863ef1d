"""Progress against the plan that was agreed: what is done, what slips, what is to be expected."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from crm_core.domain.actor import Actor
from crm_core.services import registers
from crm_core.services.ended import ended
from crm_core.services.planning.comparing import placed
from crm_core.services.planning.plans import latest, standing
from crm_core.services.registers.values import Values
from crm_core.store import Store

State = Literal["done", "begun", "waiting", "dropped", "new"]


@dataclass(frozen=True)
class Line:
    """An initiative: as it was agreed, as it is, and as it is expected; days included."""

    id: str
    title: str
    owner: str
    state: State
    agreed: tuple[date, date] | None
    """None: it came after the plan was agreed."""
    started: date | None
    ended: date | None
    progress: int | None
    """Percent."""
    expected: tuple[date, date] | None
    """By the newest plan, and not before today; None where it is done, or lies in none."""

    @property
    def days_late(self) -> int | None:
        """How much later than agreed it ended or is expected to end; below 0: earlier."""
        end = self.ended or (self.expected[1] if self.expected else None)
        return (end - self.agreed[1]).days if self.agreed and end else None


def progress(store: Store, actor: Actor, today: date) -> list[Line]:
    """Every initiative of the plan that stands or of the newest one, the latest against the plan
    first; [] where none was agreed. What has not begun does not begin before `today`."""
    agreed_plan = standing(store, actor)
    if agreed_plan is None:
        return []
    newest = latest(store, actor, agreed_plan.header.scenario)
    agreed = placed(agreed_plan)
    expected = placed(newest) if newest else {}
    rows, _ = registers.listed(store, actor, "initiative")
    with store.snapshot() as cursor:
        over = ended(cursor)
    lines = [
        _line(row.id, row.values, over.get(row.id), agreed.get(row.id), expected.get(row.id), today)
        for row in rows
        if row.id in agreed or row.id in expected
    ]
    return sorted(lines, key=lambda one: (-(one.days_late or 0), one.agreed or (date.max,), one.id))


def _line(
    key: str,
    row: Values,
    ended: date | None,
    agreed: tuple[date, date] | None,
    expected: tuple[date, date] | None,
    today: date,
) -> Line:
    started, said = row.get("started_on"), row.get("progress")
    state = _state(row, is_agreed=agreed is not None)
    is_over = state in ("done", "dropped")
    return Line(
        key,
        str(row.get("title", key)),
        str(row.get("owner", "")),
        state,
        agreed,
        started if isinstance(started, date) else None,
        ended if state == "done" else None,
        said if isinstance(said, int) else None,
        None if is_over or expected is None else _still(expected, today, is_begun=bool(started)),
    )


def _still(span: tuple[date, date], today: date, *, is_begun: bool) -> tuple[date, date]:
    """Where it can still lie: no start that has not been, and no end, is in the past."""
    first, last = span
    if is_begun:
        return first, max(last, today)
    late = max(timedelta(), today - first)
    return first + late, last + late


def _state(row: Values, *, is_agreed: bool) -> State:
    if row.get("status") == "done":
        return "done"
    if row.get("status") == "dropped":
        return "dropped"
    if row.get("started_on"):
        return "begun"
    return "waiting" if is_agreed else "new"
