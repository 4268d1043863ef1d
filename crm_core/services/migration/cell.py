"""A column of the table of cells, and what the target refuses in it."""

from dataclasses import dataclass, field

from crm_core.domain.target import Column


@dataclass(frozen=True)
class Check:
    """What the target refuses, or what is cut: SQL over the table of cells."""

    rule: str
    where: str
    value: str
    limit: str = "NULL"
    suggestion: str = "NULL"
    altered: bool = False
    """Whether the record is written all the same, with `suggestion`, and listed as altered."""


@dataclass
class Cell:
    """A column: `select` for the table of cells, `joins` it needs, its checks."""

    column: Column
    number: int
    select: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as the file gets it."""
        return f"t{self.number}"

    @property
    def source(self) -> str:
        """What the source says, as text."""
        name = f"s{self.number}"
        return name if name in self.select else self.text

    @property
    def amount(self) -> str | None:
        """The number, where it is a measure that can be summed."""
        return f"n{self.number}" if self.column.cells else None
