"""Cells of a workbook: where the parts of what is read from it stand."""

from dataclasses import dataclass

from pydantic import BaseModel

from crm_core.domain.checklist_mistakes import Place
from crm_core.domain.problems import Problem
from crm_core.reports.cells import printable
from crm_core.services.brought import Lines


@dataclass(frozen=True)
class Cell:
    """A cell by the name of its sheet, its row there and the head of its column."""

    sheet: str
    row: int
    column: str


class Cells:
    """In which cell of a file each part of a model stands, and which cells are wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells: dict[Place, Cell] = {}
        self.wrong: list[Problem] = []

    def at(self, place: Place) -> dict[str, object]:
        """The cell of the part, or of what holds it."""
        while place not in self.cells and place:
            place = place[:-1]
        return dict(vars(self.cells.get(place, Cell("", 1, ""))))

    def written(self, place: Place) -> str:
        """The head of its column."""
        return str(self.at(place)["column"])

    def known(self, _place: Place, _model: type[BaseModel], /) -> list[str]:
        """Nothing: which columns there may be is told before."""
        return []

    def refuse(self, code: str, cell: Cell, **params: object) -> None:
        """Remember that something cannot be taken."""
        self.wrong.append(Problem(code, {"file": self.file, **vars(cell), **params}))


def filled_lines(lines: Lines) -> Lines:
    """The rows that say something, without what no cell can hold."""
    clean = ((row, [printable(cell) for cell in cells]) for row, cells in lines)
    return [(row, cells) for row, cells in clean if any(cell.strip() for cell in cells)]
