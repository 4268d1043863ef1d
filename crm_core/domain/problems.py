"""What can go wrong, as codes and parameters; texts are made at the edge (crm_core.i18n)."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Problem:
    """One thing a reader must know: a code from i18n.problems and what to fill into its text.

    Parameters are plain values (file, line, column, value …), in the units the text names.
    """

    code: str
    params: dict[str, object] = field(default_factory=dict)


class Wrong(NamedTuple):
    """A problem in a file before the file and the line are known."""

    code: str
    params: dict[str, Any]


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """The product will not do this, and says why; nothing was changed."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.problem = Problem(code, params)
        super().__init__(f"{code} {params}")


class FileRefused(Refused):
    """A file with mistakes. `problems` names each with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].code, **problems[0].params)
        self.problems = problems
