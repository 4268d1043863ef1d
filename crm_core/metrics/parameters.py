"""From what a reader, a page or a command line asks to typed values, ready to be bound."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from crm_core.domain.problems import Refused
from crm_core.metrics.catalogue import MetricSpec, ParameterSpec

Value = str | int | date | datetime | list[str] | None

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?")
_WHOLE = re.compile(r"-?\d{1,18}")


def bound(spec: MetricSpec, params: Mapping[str, object]) -> dict[str, Value]:
    """A value for every parameter of the metric; None is the same as leaving it out.

    Refuses with code metric_parameter (metric, name, value, expected): an unknown name, a value
    of another type or outside the choices, a required one left out.
    """
    known = [parameter.name for parameter in spec.parameters]
    for name in params.keys() - set(known):
        raise _refusal(spec, name, params[name], ", ".join(known))
    return {item.name: _value(spec, item, params.get(item.name)) for item in spec.parameters}


def _value(spec: MetricSpec, item: ParameterSpec, given: object) -> Value:
    if given is None and not item.required:
        return item.default
    try:
        return _READERS[item.type](item, given)
    except ValueError as error:
        raise _refusal(spec, item.name, given, str(error)) from None


def _refusal(spec: MetricSpec, name: str, value: object, expected: str) -> Refused:
    return Refused("metric_parameter", metric=spec.id, name=name, value=value, expected=expected)


def _text(item: ParameterSpec, given: object) -> str:
    if not isinstance(given, str) or (item.choices and given not in item.choices):
        raise ValueError(" | ".join(item.choices) or "text")
    return given


def _texts(_: ParameterSpec, given: object) -> list[str] | None:
    """One text or several; none at all is the same as leaving it out."""
    several = [given] if isinstance(given, str) else given
    if not isinstance(several, list | tuple) or not all(isinstance(one, str) for one in several):
        raise ValueError("text, or a list of texts")
    return list(several) or None


def _integer(item: ParameterSpec, given: object) -> int:
    whole = isinstance(given, int) and not isinstance(given, bool)
    if whole or (isinstance(given, str) and _WHOLE.fullmatch(given)):
        number = int(str(given))
        if (item.minimum is None or number >= item.minimum) and abs(number) < 2**63:
            return number
    raise ValueError("0, 1, 2 …" if item.minimum == 0 else "… -1, 0, 1 …")


def _month(_: ParameterSpec, given: object) -> date:
    """The first day of the month."""
    if isinstance(given, date):
        given = given.isoformat()[:10]
    match = _MONTH.fullmatch(given) if isinstance(given, str) else None
    try:
        if match:
            return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise ValueError("YYYY-MM")


def _timestamp(_: ParameterSpec, given: object) -> datetime:
    """The moment in UTC, without a zone, as the store keeps it."""
    try:
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise ValueError("YYYY-MM-DD HH:MM:SS") from None


_READERS: dict[str, Callable[[ParameterSpec, object], Value]] = {
    "text": _text,
    "texts": _texts,
    "integer": _integer,
    "month": _month,
    "timestamp": _timestamp,
}
