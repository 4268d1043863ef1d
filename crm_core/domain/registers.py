"""Registers: lists that people keep, each described by its fields, and what a field may hold."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crm_core.domain.entities import Label
from crm_core.domain.problems import Problem

OVER = ("done", "dropped")
"""The states of any row that nobody works on any more; a goal or a pain point is over by them."""
LONGEST = 10_000
"""Characters of a text."""
MOST_VALUES = 200
"""Values of a cell that holds several."""
LONGEST_CELL = 32_000
"""Characters of all values of a cell together: a cell of a workbook holds 32,767."""
MOST_NUMBER = Decimal(10) ** 15
FIRST_DAY, LAST_DAY = date(1901, 1, 1), date(2200, 12, 31)
"""Of what a day may be: a spreadsheet counts from 1900 on, where it knows a day too many."""
_COUNTED = re.compile(r"([^:：]+)[:：]\s*([0-9]{1,9})\s*")


class FieldKind(StrEnum):
    """What a field holds, and so how it is asked for, checked and shown."""

    TEXT = "text"  # one line
    LONG = "long"  # several lines
    LIST = "list"  # several words
    CHOICE = "choice"  # one of `options`
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    YES_NO = "yes_no"
    LINK = "link"  # the ids of rows of the register `of`


SEVERAL = (FieldKind.LIST, FieldKind.LINK)
Value = str | bool | int | Decimal | date | tuple[str, ...]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RegisterField(_Frozen):
    """A column of a register."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    kind: FieldKind = FieldKind.TEXT
    label: Label
    help: Label | None = None
    options: dict[str, Label] = {}
    """Code -> its text."""
    of: str | None = None
    """Of a link: the register that it leads to."""
    required: bool = False
    reason_for: str | None = None
    """The field that may be filled in only with a reason, which stands in this one."""
    reason_where: tuple[str, ...] = ()
    """The options of that field that need the reason; (): all do."""
    by_rule_options: tuple[str, ...] = ()
    """Options that rules alone choose."""
    not_before: str | None = None
    """The field of a day before which the day in this one must not lie."""
    not_below: tuple[str, ...] = ()
    """The fields of numbers that the number in this one must not be less than."""
    only_with: str | None = None
    """The field without whose yes what stands in this one would count for nothing."""
    means: tuple[str, ...] = ()
    """The registers a row of which is meant where this says its title or its number."""
    qualified: bool = False
    """Of what means a row: whether how it is meant follows its name: "Sales: 2", "IN-2 SS+1"."""
    least: Decimal | None = None
    most: Decimal | None = None
    listed: bool = False
    """Whether the list shows it before anybody chose columns."""
    filtered: bool = False
    """Of a text: whether the list is filtered by what stands in it, as by the choices it shows."""
    counted: bool = False
    """Whether each value of a list may end in a number: "Sales: 12"."""
    sentences: bool = False
    """Whether each value of a list may be a sentence, which the sign 、 does not part."""
    offers: str | None = None
    """What a form offers to choose from where the options are not known here: metrics."""
    people: bool = False
    """Of a text: whether it names somebody, so that a form suggests whoever is named already."""
    by_rule: Literal["never", "its_rows", "always"] = "never"
    """Whether rules fill it in rather than people: in the rows that they made, or at all."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        chosen = self.kind is FieldKind.CHOICE
        if bool(self.options) != chosen or bool(self.of) != (self.kind is FieldKind.LINK):
            raise ValueError(f"{self.name}: options go with a choice, of with a link")
        if self.filtered and self.kind is not FieldKind.TEXT:
            raise ValueError(f"{self.name}: only by what stands in a text is a list filtered")
        if self.means and self.kind not in (FieldKind.TEXT, *SEVERAL):
            raise ValueError(f"{self.name}: only a text can mean a row")
        return self


class Register(_Frozen):
    """A register: what a row of it is, and its fields, those of every register among them."""

    name: str
    label: Label
    plural: Label
    about: Label
    """What belongs here, in one sentence."""
    prefix: str = Field(pattern=r"^[A-Z]{1,3}$")
    """How the ids begin that the product gives: G-1, G-2."""
    titled_by: str | None = None
    """The field that a row without a title is called by."""
    fields: tuple[RegisterField, ...]

    def field(self, name: str) -> RegisterField:
        """The field of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def asked(self, values: Mapping[str, Value]) -> tuple[RegisterField, ...]:
        """The fields that people fill in of a row; those of one that a rule made are fewer."""
        made = any(field.name in values for field in self.fields if field.by_rule == "always")
        hidden = ("always", "its_rows") if made else ("always",)
        return tuple(field for field in self.fields if field.by_rule not in hidden)


def wrong(register: Register, values: Mapping[str, Value]) -> dict[str, Problem]:
    """What is wrong with the values of a row, by field; {}: nothing.

    Values have the types that their kinds ask for; a field that is not among them is blank.
    """
    found = {
        name: Problem("item_field_unknown", {"value": name, "register": register.name})
        for name in values
        if all(field.name != name for field in register.fields)
    }
    for field in register.fields:
        problem = (
            _wrong(field, values.get(field.name))
            or _unreasoned(field, values)
            or _early(field, values)
            or _below(register, field, values)
            or _without(register, field, values)
        )
        if problem:
            found[field.name] = problem
    return found


def _unreasoned(field: RegisterField, values: Mapping[str, Value]) -> Problem | None:
    given = values.get(field.reason_for) if field.reason_for else None
    needed = _is_said(given) and (not field.reason_where or given in field.reason_where)
    return Problem("item_reason") if needed and not _is_said(values.get(field.name)) else None


def _early(field: RegisterField, values: Mapping[str, Value]) -> Problem | None:
    day, first = values.get(field.name), values.get(field.not_before or "")
    if type(day) is date and type(first) is date and day < first:
        return Problem("item_early", {"value": day, "first": first})
    return None


def _below(register: Register, field: RegisterField, values: Mapping[str, Value]) -> Problem | None:
    """The largest of the numbers that this one is less than is named: it asks for most."""
    number = values.get(field.name)
    if not isinstance(number, int | Decimal):
        return None
    others = ((values.get(name), name) for name in field.not_below)
    above = [one for one in others if isinstance(one[0], int | Decimal) and one[0] > number]
    if not above:
        return None
    least, name = max(above)
    beside = register.field(name).label
    return Problem("item_below", {"value": number, "least": least, "beside": beside})


def _without(
    register: Register, field: RegisterField, values: Mapping[str, Value]
) -> Problem | None:
    name = field.only_with
    if name is None or not _is_said(values.get(field.name)) or values.get(name) is True:
        return None
    return Problem("item_only_with", {"beside": register.field(name).label})


def _is_said(value: Value | None) -> bool:
    return value is not None and value not in ("", ())


def _wrong(field: RegisterField, value: Value | None) -> Problem | None:
    if value is None or not _is_said(value):
        return Problem("item_required") if field.required else None
    match field.kind:
        case FieldKind.NUMBER | FieldKind.INTEGER:
            return _wrong_number(field, value)
        case FieldKind.DATE:
            return _wrong_day(value)
        case FieldKind.YES_NO:
            return None if isinstance(value, bool) else Problem("item_yes_no", {"value": value})
        case FieldKind.LIST | FieldKind.LINK:
            return _wrong_values(field, value)
        case _:
            return _wrong_text(field, value)


def _wrong_day(value: Any) -> Problem | None:
    if type(value) is not date:
        return Problem("item_date", {"value": str(value)})
    if FIRST_DAY <= value <= LAST_DAY:
        return None
    return Problem("item_day", {"value": value, "first": FIRST_DAY, "last": LAST_DAY})


def _wrong_number(field: RegisterField, value: Any) -> Problem | None:
    whole = field.kind is FieldKind.INTEGER
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return Problem("item_number", {"value": str(value)})
    number = Decimal(value)
    if not number.is_finite() or abs(number) > MOST_NUMBER:
        return Problem("item_number", {"value": str(value)})
    if whole and number != number.to_integral_value():
        return Problem("item_integer", {"value": str(value)})
    least = -MOST_NUMBER if field.least is None else field.least
    most = MOST_NUMBER if field.most is None else field.most
    if least <= number <= most:
        return None
    told: dict[str, object] = {"value": value, "least": least, "most": most}
    if field.least is not None and field.most is not None:
        return Problem("item_range", told)
    return Problem("item_least" if number < least else "item_most", told)


def _wrong_values(field: RegisterField, value: Any) -> Problem | None:
    if not isinstance(value, tuple) or len(value) > MOST_VALUES:
        return Problem("item_values", {"limit": MOST_VALUES})
    if sum(map(len, value)) + 2 * len(value) > LONGEST_CELL:
        return Problem("item_cell", {"limit": LONGEST_CELL})
    problems = (_wrong_text(field, one) or _uncounted(field, one) for one in value)
    return next((problem for problem in problems if problem), None)


def counted(value: str) -> tuple[str, int | None]:
    """A value of a counted list as its words and its number; None: it ends in none."""
    found = _COUNTED.fullmatch(value)
    return (found[1].strip(), int(found[2])) if found else (value.strip(), None)


def _uncounted(field: RegisterField, value: str) -> Problem | None:
    """A colon announces a number; what follows it must be one."""
    asked = field.counted and bool(set(value) & set(":："))
    is_counted = counted(value)[1] is not None
    return Problem("item_counted", {"value": value}) if asked and not is_counted else None


def _wrong_text(field: RegisterField, value: Any) -> Problem | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return Problem("item_text", {"limit": LONGEST})
    if field.options and value not in field.options:
        return Problem("item_option", {"value": value, "choices": [*field.options.values()]})
    return None
