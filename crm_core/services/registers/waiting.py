"""What the initiatives of a file wait for, held against each other and those that are there."""

from collections.abc import Iterable, Mapping, Sequence

from crm_core.domain.planning import entry
from crm_core.domain.problems import Problem
from crm_core.services.registers.save import Write

FIELD = "depends_on"
_NEW = "\n{line}"
"""What a line without a number goes by: no number has a line break in it."""


def wrong(
    held: Mapping[str, Mapping[str, object]],
    met: Iterable[str],
    written: Sequence[tuple[int, Write]],
) -> dict[int, Problem]:
    """What is wrong with what each line waits for, by line; {}: nothing.

    `held`: the rows that are there; `met`: the numbers that the file names, those of lines that
    are refused among them; `written`: the lines that would be kept.
    """
    lines = {one.id or _NEW.format(line=line): line for line, one in written}
    rows: dict[str, Mapping[str, object]] = {key: {} for key in filter(None, met)}
    rows |= held
    rows |= {key: one.values for key, (_, one) in zip(lines, written, strict=True)}
    found = entry.wrong_links({key: _waits(row) for key, row in rows.items()})
    return {lines[key]: problem for key, problem in found.items() if key in lines}


def _waits(row: Mapping[str, object]) -> tuple[str, ...]:
    said = row.get(FIELD, ())
    return said if isinstance(said, tuple) else ()
