"""Rows of registers as the planner's own types; texts that name periods and amounts are read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.planning.entry import USUAL_DURATION, amount, amounts, dependency, start
from crm_core.domain.planning.model import Capacity, Event, Initiative, Phase, Window
from crm_core.domain.planning.scenario import Scenario
from crm_core.domain.problems import Refused
from crm_core.services.registers.values import Values


class Reader:
    """Reads rows; Refused("plan_value") names row, field and text of what cannot be read."""

    def __init__(
        self,
        calendar: Calendar,
        going: set[str],
        served: Mapping[str, frozenset[str]],
        names: Mapping[str, str],
        skills: Mapping[str, str],
    ) -> None:
        """`names`, `skills`: how applications and skills are known, by their folded names."""
        self._calendar, self._going, self._served = calendar, going, served
        self._names, self._skills = names, skills

    def initiative(self, key: str, row: Values) -> Initiative:
        waits = [
            self._read(key, "depends_on", one, dependency) for one in listed(row, "depends_on")
        ]
        return Initiative(
            key,
            int(row.get("duration", USUAL_DURATION)),  # type: ignore[arg-type]
            tuple(one for one in waits if one.on in self._going),
            {
                self._skills.get(folded(name), name): each
                for name, each in self._amounts(key, row, "effort").items()
            },
            number(row, "cost"),
            number(row, "running_cost"),
            number(row, "value_a_year"),
            int(row.get("value_after", 0)),  # type: ignore[arg-type]
            number(row, "risk"),
            {folded(name): one for name, one in _loads(row).items()},
            self._touched(listed(row, "touches")),
            self._served.get(key, frozenset()),
            max(0, self._period(key, row, "earliest") or 0),
            self._after(key, row, "deadline"),
            next(iter(listed(row, "phase")), None),
            self._period(key, row, "pinned"),
            {"always": True, "never": False}.get(str(row.get("wanted"))),
            frozenset(listed(row, "goals")),
            shortest=_whole(row, "duration_least"),
            longest=_whole(row, "duration_most"),
        )

    def event(self, key: str, row: Values) -> Event:
        return Event(
            key,
            number(row, "chance"),
            tuple(one for one in listed(row, "initiatives") if one in self._going),
            number(row, "delay"),
            number(row, "cost"),
        )

    def capacity(self, key: str, row: Values, horizon: int) -> Capacity:
        last = self._after(key, row, "to_period")
        return Capacity(
            str(row["skill"]),
            max(0, self._period(key, row, "from_period") or 0),
            horizon if last is None else last,
            number(row, "amount"),
        )

    def phase(self, key: str, row: Values) -> Phase:
        start, end = self._period(key, row, "starts"), self._after(key, row, "ends")
        budget = row.get("budget")
        return Phase(
            key,
            start or 0,
            end or 0,
            None if budget is None else float(budget),  # type: ignore[arg-type]
        )

    def window(self, key: str, row: Values) -> Window:
        starts, ends = row["starts"], row["ends"]
        assert isinstance(starts, date)
        assert isinstance(ends, date)
        names = {*listed(row, "touches"), *listed(row, "applications")}
        return Window(
            key,
            self._calendar.period(starts),
            self._calendar.period(ends) + 1,
            self._touched(names),
            row["effect"],  # type: ignore[arg-type]
        )

    def scenario(self, key: str, row: Values, known: Mapping[str, set[str]]) -> Scenario:
        """`known`: field -> what it can name."""
        times = {
            name: self._known(key, row, name, known[name])
            for name in ("budgets", "staff", "goal_weights")
        }
        starts = {}
        for text in listed(row, "starts"):
            name, period = self._read(key, "starts", text, self._start)
            if name not in known["starts"]:
                raise Refused("plan_value", id=key, field="starts", value=name)
            starts[name] = period
        horizon = row.get("horizon")
        return Scenario(
            times["budgets"],
            times["staff"],
            starts,
            frozenset(listed(row, "taken_in")),
            frozenset(listed(row, "left_out")),
            times["goal_weights"],
            number(row, "risk_weight") if "risk_weight" in row else None,
            horizon if isinstance(horizon, int) else None,
            number(row, "discount") if "discount" in row else None,
        )

    def _start(self, text: str) -> tuple[str, int] | None:
        found = start(text)
        period = self._calendar.read(found[1]) if found else None
        return None if found is None or period is None else (found[0], period)

    def _known(self, key: str, row: Values, name: str, known: set[str]) -> dict[str, float]:
        """Amounts by name; a name that there is not is refused: nothing would come of it."""
        found = self._amounts(key, row, name)
        for one in found:
            if one not in known:
                raise Refused("plan_value", id=key, field=name, value=one)
        return found

    def _touched(self, names: Iterable[str]) -> frozenset[str]:
        """Applications by their number, whatever they are called; technologies by name."""
        return frozenset(self._names.get(folded(one), folded(one)) for one in names)

    def _period(self, key: str, row: Values, name: str) -> int | None:
        said = row.get(name)
        return None if said is None else self._read(key, name, str(said), self._calendar.read)

    def _after(self, key: str, row: Values, name: str) -> int | None:
        """The period after the one that is named."""
        period = self._period(key, row, name)
        return None if period is None else period + 1

    def _amounts(self, key: str, row: Values, name: str) -> dict[str, float]:
        for one in listed(row, name):
            self._read(key, name, one, amount)
        return amounts(listed(row, name))

    def _read(self, key: str, name: str, text: str, how: Any) -> Any:
        found = how(text)
        if found is None:
            raise Refused("plan_value", id=key, field=name, value=text)
        return found


def _loads(row: Values) -> dict[str, float]:
    """A department without a number takes in one."""
    return amounts(one if amount(one) else f"{one}: 1" for one in listed(row, "departments"))


def listed(row: Values, name: str) -> Sequence[str]:
    """The values of a field that holds several; none where it is blank."""
    found = row.get(name, ())
    return found if isinstance(found, tuple) else ()


def number(row: Values, name: str) -> float:
    """A number; 0 where it is blank."""
    found = row.get(name, 0)
    return float(found) if isinstance(found, int | Decimal) else 0.0


def _whole(row: Values, name: str) -> int | None:
    found = row.get(name)
    return found if isinstance(found, int) else None


def folded(name: str) -> str:
    """A name as it is compared."""
    return name.strip().casefold()
