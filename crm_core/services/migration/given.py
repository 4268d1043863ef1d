"""A table that comes back from the target's side, as CSV or a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.reports.cells import meant
from crm_core.services import brought

MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Given:
    """The rows of a file, by names of ours; blank cells are left out."""

    rows: list[dict[str, str]]
    heads: list[str]
    """As the file has them."""


def read_given(path: Path, heads: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Given:
    """The first table of the file that has the `needed` columns.

    `heads`: our name of a column -> the heads that mean it, in whatever case; each is looked for
    as a whole, then as a part. Refused: what a file cannot be read for; migration_columns.
    """
    for _, read in brought.tables(path, MOST_ROWS):
        lines = [cells for _, cells in read if any(cells)]
        places = _places(lines[0], heads) if lines else {}
        if lines and set(needed) <= set(places):
            return Given([_row(line, places) for line in lines[1:]], lines[0])
    names = ", ".join(heads[name][0] for name in needed)
    raise Refused("migration_columns", file=path.name, columns=names)


def _places(line: Sequence[str], heads: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Our name of a column -> its place."""
    found: dict[str, int] = {}
    written = [head.strip().casefold() for head in line]
    for name, words in heads.items():
        known = [word.casefold() for word in words]
        whole = [at for at, head in enumerate(written) if head in known]
        part = [at for at, head in enumerate(written) if any(word in head for word in known)]
        place = next((at for at in (*whole, *part) if at not in found.values()), None)
        if place is not None:
            found[name] = place
    return found


def _row(line: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    cells = {name: meant(line[at].strip()) for name, at in places.items() if at < len(line)}
    return {name: cell for name, cell in cells.items() if cell}
