"""Scored pairs as a file, and what people said of pairs from one."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from crm_core.domain.problems import Refused
from crm_core.services.merging import Decision, Verdict

Cursor = duckdb.DuckDBPyConnection
COLUMNS = (
    *("left_row_id", "left_source_file", "left_source_line"),
    *("right_row_id", "right_source_file", "right_source_line"),
    *("probability", "band"),
)
"""The columns of an exported file."""
_VERDICTS: dict[str, Verdict] = {
    **dict.fromkeys(("same", "1", "yes", "true", "是", "相同"), "same"),
    **dict.fromkeys(("different", "0", "no", "false", "否", "不同"), "different"),
}
VERDICT = "verdict"
_ROW_ID = re.compile("[0-9]{1,18}")
_SHOWN = 80
"""So many characters of a bad line are shown."""


def write(cursor: Cursor, scored: str, records: str, path: Path) -> None:
    """Every pair of temporary table `scored` as CSV, the most probable first.

    Refused("match_unwritten").
    """
    sides = ", ".join(
        f"{side}_row_id, {side}s.source_file AS {side}_source_file,"
        f" {side}s.source_line AS {side}_source_line"
        for side in ("left", "right")
    )
    try:
        path.touch()
        cursor.execute(
            f"COPY (SELECT {sides}, probability, band FROM temp.{scored}"
            f" JOIN {records} AS lefts ON lefts.row_id = left_row_id"
            f" JOIN {records} AS rights ON rights.row_id = right_row_id"
            " ORDER BY probability DESC, left_row_id, right_row_id) TO $path (FORMAT csv, HEADER)",
            {"path": str(path)},
        )
    except (OSError, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or "the disk refused it"
        raise Refused("match_unwritten", path=str(path), reason=reason) from error


def read(path: Path) -> list[Decision]:
    """What a CSV file says of pairs: left_row_id, right_row_id and verdict (same, different).

    An exported file with one more column is such a file; lines without a verdict say nothing. A
    pair that is answered twice is refused where the answers differ. Refused, the file unread:
    file_missing, match_decision_unreadable, match_decision_columns, match_decision_line,
    match_decision_two.
    """
    lines = _lines(path)
    wanted = {"left_row_id", "right_row_id", VERDICT}
    if missing := wanted - set(lines[0][1] if lines else ()):
        raise Refused("match_decision_columns", file=path.name, columns=", ".join(sorted(missing)))
    header = lines[0][1]
    found: dict[tuple[int, int], tuple[Decision, int]] = {}
    for number, cells in lines[1:]:
        line = dict(zip(header, cells, strict=False))
        if not line.get(VERDICT):
            continue
        one = _decision(path, number, line)
        pair = (min(one.left, one.right), max(one.left, one.right))
        earlier, at = found.setdefault(pair, (one, number))
        if earlier.verdict != one.verdict:
            raise Refused("match_decision_two", file=path.name, line=number, earlier=at)
    return [one for one, _ in found.values()]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The cells of each line that has any, without blanks around them, and its number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("match_decision_unreadable", file=path.name) from error
    except OSError as error:
        raise Refused("file_missing", file=str(path)) from error
    return [(number, row) for number, row in rows if any(row)]


def _decision(path: Path, number: int, line: Mapping[str, str]) -> Decision:
    verdict = _VERDICTS.get(line[VERDICT].casefold())
    ids = [line.get(name, "") for name in ("left_row_id", "right_row_id")]
    if verdict is None or not all(map(_ROW_ID.fullmatch, ids)) or ids[0] == ids[1]:
        said = ", ".join([*ids, line[VERDICT]])[:_SHOWN]
        raise Refused("match_decision_line", file=path.name, line=number, value=said)
    return Decision(int(ids[0]), int(ids[1]), verdict)
