"""How one table is to be understood: the editable proposal that is kept as a recipe."""

from decimal import Decimal
from itertools import count, filterfalse
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crm_core.domain.steps import Step

Evidence = Literal["header", "content", "recipe", "hand", "none"]
DateOrder = Literal["ymd", "mdy", "dmy"]


class ColumnPlan(BaseModel):
    """What one source column means and how its cells are written."""

    model_config = ConfigDict(extra="forbid")

    index: int
    """Position in the raw table, from 0: column c{index}."""
    header: str
    """As the file has it; may be blank."""
    field: str | None = None
    """The field it fills; None: kept unchanged as an extra attribute."""
    entity: str | None = None
    """None: the sheet's own entity; else the derived entity that `field` belongs to."""
    confidence: float = 0.0
    """0 … 1; below SURE it is asked, and left an extra attribute where nobody answers."""
    evidence: Evidence = "none"
    candidates: tuple[str, ...] = ()
    """Fields that were considered, the best first: what is offered when it is asked."""
    date_order: DateOrder | None = None
    decimal_mark: Literal[".", ","] = "."
    scale: Decimal = Decimal(1)
    """Cells are multiplied by it: a header such as 金额（万元） means 10000."""
    currency: str | None = None
    """ISO 4217 code that the header or the cells' sign name, for a money column."""
    as_is: Literal["all"] | tuple[str, ...] = ()
    """The cells that are kept as the file has them, not brought to the usual writing.

    What has to be read to be kept at all, a date or an amount, is read all the same.
    """

    @property
    def sure(self) -> bool:
        """Whether the column may be loaded without asking."""
        return self.confidence >= SURE


SURE = 0.75

LONGEST_TITLE = 200
"""Characters of a header by which its column goes."""


class TablePlan(BaseModel):
    """What one raw table is, and what each of its columns means."""

    model_config = ConfigDict(extra="forbid")

    file: str
    """The file's name, without its folder."""
    sheet: str | None = None
    entity: str | None = None
    """None: not recognised, nothing of it is loaded."""
    confidence: float = 0.0
    header_line: int = 1
    """Physical line or sheet row of the header, from 1; what stands above it is a title."""
    columns: list[ColumnPlan] = []
    steps: list[Step] = []
    """What is done to the cells before they become values, in this order."""
    cautions: dict[str, str] = Field(default={}, exclude=True)
    """What may make figures wrong though every column is understood: code of the problem -> the
    other table, or the column, that it is about. Found of this file; no part of a recipe."""

    @model_validator(mode="before")
    @classmethod
    def _kept_by_field(cls, data: Any) -> Any:
        """Take in a plan kept when it, and not its columns, told what stays as it is."""
        if not isinstance(data, dict) or not data.keys() & {"repair", "refused_repairs"}:
            return data
        kept, none = data.get("refused_repairs") or {}, data.get("repair") is False
        columns = [
            {**column, "as_is": "all" if none else kept.get(column.get("field"), ())}
            for column in data.get("columns", [])
        ]
        said = {key: data[key] for key in data.keys() - {"repair", "refused_repairs"}}
        return said | {"columns": columns}

    def titles(self, columns: int = 0) -> dict[int, str]:
        """Index -> the name that a column goes by: its header, told apart where two are alike.

        One without a header goes by its number, which reads the same in every language; one that is
        longer than any name is cut, since each row with an extra keeps it.

        `columns`: how many the raw table has, where the plan does not tell of all of them.
        """
        headers = {one.index: one.header.strip()[:LONGEST_TITLE].strip() for one in self.columns}
        found: dict[int, str] = {}
        taken: set[str] = set()
        for index in range(max(columns, *(place + 1 for place in headers), 0)):
            header = headers.get(index) or f"#{index + 1}"
            numbered = (f"{header} ({number})" for number in count(2))
            found[index] = (
                header if header not in taken else next(filterfalse(taken.__contains__, numbered))
            )
            taken.add(found[index])
        return found

    def column(self, field: str, entity: str | None = None) -> ColumnPlan | None:
        """The column that fills `field` of the own (or the derived) entity, if any."""
        for column in self.columns:
            if column.field == field and column.entity == entity:
                return column
        return None
