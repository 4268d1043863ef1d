"""The steps of a recipe: what is done to the cells of a table before they become values.

A step names its column by title (see TablePlan.titles), so that it fits the next file with the
same headers. Steps are done in their order; one that is switched off stays in the recipe.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    on: bool = True

    @property
    def named(self) -> tuple[str, ...]:
        """The titles of all columns that the step speaks of."""
        return (self.column,)

    @model_serializer(mode="wrap")
    def _with_its_name(self, fields: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What is done is always written, also where all that is usual is left out."""
        return {"do": self.do, **fields(self)}  # type: ignore[attr-defined]


class Replace(_Step):
    """Make all of these that: whole cells, compared to the letter."""

    do: Literal["replace"] = "replace"
    values: dict[str, str | None] = Field(min_length=1)
    """Cell -> what stands there instead; None: nothing."""


class Substitute(_Step):
    """Within a cell, every place where `find` is found gives way to `by`."""

    do: Literal["substitute"] = "substitute"
    find: str = Field(min_length=1)
    by: str = ""
    regex: bool = False
    r"""Whether `find` is a regular expression (RE2) and `by` may say \1."""


class Case(_Step):
    """Capitals and small letters; scripts without them stay as they are."""

    do: Literal["case"] = "case"
    to: Literal["upper", "lower", "title"]


class Default(_Step):
    """A blank cell gets this value."""

    do: Literal["default"] = "default"
    value: str = Field(min_length=1)


class FillDown(_Step):
    """A blank cell gets the value of the nearest filled one above it, as merged cells need it."""

    do: Literal["fill_down"] = "fill_down"
    within: str | None = None
    """A column that only the first line of each record fills: no value goes past such a line."""
    headings: bool = False
    """Whether the cells above are titles of parts of the table, alone in their lines."""

    @property
    def named(self) -> tuple[str, ...]:
        return (self.column, *filter(None, [self.within]))


class FullName(_Step):
    """A family name becomes the full name, with the given name that stands in another column.

    Chinese characters as 欧阳娜娜, other letters as Ada Lovelace; one of the two alone is the name.
    """

    do: Literal["full_name"] = "full_name"
    given: str


class DropLines(_Step):
    """Lines with one of these cells are skipped; None: with a blank one."""

    do: Literal["drop_lines"] = "drop_lines"
    values: tuple[str | None, ...] = Field(min_length=1)


Step = Annotated[
    Replace | Substitute | Case | Default | FillDown | FullName | DropLines,
    Field(discriminator="do"),
]
