"""The template of a target: which tables another system takes, and what it asks of each column."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from crm_core.domain.entities import Label

Type = Literal["text", "integer", "decimal", "date", "datetime", "boolean"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True)]
Letter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
DateForm = Annotated[
    str, StringConstraints(pattern=r"^(%[YmdHMS]|[-/. :TZ年月日时分秒])*$", min_length=2)
]
"""strftime's %Y %m %d %H %M %S, and signs between them."""
MOST_DIGITS = 38
Bound = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=MOST_DIGITS, decimal_places=10)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(_Frozen):
    """How the files are written."""

    type: Literal["csv", "xlsx"] = "csv"
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "gb18030"] = "utf-8"
    """Every one can write every character, so none is lost on the way."""
    delimiter: Letter = ","
    line_end: Literal["lf", "crlf"] = "crlf"
    date: DateForm = "%Y-%m-%d"
    datetime: DateForm = "%Y-%m-%d %H:%M:%S"
    decimal: Literal[".", ","] = "."
    boolean: tuple[Name, Name] = ("true", "false")
    """Yes and no."""


class Ids(_Frozen):
    """Which id a record has in the target; once given, it is kept from run to run."""

    scheme: Literal["own", "code", "uuid"] = "own"
    """own: the source's id, a code where it has none; code: 16 hex digits; uuid: a UUID."""
    prefix: Annotated[str, StringConstraints(max_length=20)] = ""
    """Stands before an own id or a code."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.scheme == "uuid" and self.prefix:
            raise ValueError("prefix_of_uuid")
        return self


class Filter(_Frozen):
    """Which records a table takes; of several filters all must be met."""

    field: str
    is_: tuple[str, ...] = Field((), alias="is")
    """One of these values, in whatever case."""
    is_not: tuple[str, ...] = ()
    """None of these values; a blank one passes."""
    filled: bool | None = None
    since: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    """On this day (ISO) or later."""
    least: Decimal | None = None
    most: Decimal | None = None


class Column(_Frozen):
    """A column of the target: what fills it, and what the target asks of it."""

    name: Name
    id: bool = False
    """It has the record's new id."""
    from_: str | None = Field(None, alias="from")
    """A field of the entity; reference.field is a field of the record that is referred to."""
    extra: Name | None = None
    """A column of the source that is no field of ours, by its header."""
    constant: str | None = None
    reference: str | None = None
    """The table that the field refers to: its new id stands here."""
    type: Type = "text"
    length: int | None = Field(None, ge=1, le=1_000_000)
    """Most characters."""
    precision: int | None = Field(None, ge=1, le=MOST_DIGITS)
    """Most digits of a number, decimals included."""
    scale: int | None = Field(None, ge=0, le=10)
    """Most decimals of a number."""
    least: Bound | None = None
    most: Bound | None = None
    """The range of a number; its ends belong to it."""
    required: bool = False
    default: str | None = None
    """What a blank cell becomes, as the file has it."""
    picklist: dict[Name, tuple[str, ...]] | None = None
    """Value of the target -> our values, in any language, that mean it."""
    other: str | None = None
    """The picklist's value for what it does not know; without one such a record is rejected."""
    unique: bool = False
    truncate: bool = False
    """Whether what is too long or too exact is cut; each cut is listed."""
    dangling: Literal["reject", "blank"] = "reject"
    """What a reference becomes whose record is not among those that are written."""

    @property
    def sources(self) -> list[str]:
        """The keys that say what fills it; exactly one must be there."""
        given = {"id": self.id or None, "from": self.from_, "extra": self.extra}
        given["constant"] = self.constant
        return [key for key, value in given.items() if value is not None]

    @property
    def path(self) -> tuple[str, str | None]:
        """The field, and the field of the record that it refers to, if that is meant."""
        field, _, further = (self.from_ or "").partition(".")
        return field, further or None

    @property
    def cells(self) -> bool:
        """Whether its numbers are measures that can be summed."""
        return self.type in ("integer", "decimal") and self.constant is None and not self.id


class Table(_Frozen):
    """A table of the target, filled by the records of one entity."""

    name: Name
    file: str | None = Field(None, pattern=r"^[\w][\w \-]{0,59}$")
    """Name of its file without number and ending; else the table's."""
    entity: str
    where: tuple[Filter, ...] = ()
    ids: Ids = Ids()
    columns: tuple[Column, ...] = Field(min_length=1)

    @property
    def id_column(self) -> Column:
        """The column that has the new id."""
        return next(column for column in self.columns if column.id)

    @property
    def stem(self) -> str:
        """Name of its file without number and ending."""
        return self.file or self.name

    def references(self) -> set[str]:
        """The tables that it refers to."""
        return {column.reference for column in self.columns if column.reference}


class Target(_Frozen):
    """A system that takes data, as a team describes it in a YAML file."""

    name: Name
    label: Label | None = None
    about: Label | None = None
    format: Format = Format()
    tables: tuple[Table, ...] = Field(min_length=1)

    def table(self, name: str) -> Table:
        """The table of that name; KeyError if there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
