"""Scored pairs as a file, and what people said of pairs from one."""

import csv
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

    An exported file with one more column is such a file; lines without a verdict say nothing.
    Refused, the file unread: file_missing, match_decision_columns, match_decision_line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("file_missing", file=str(path)) from error
    lines = csv.DictReader(text.splitlines())
    wanted = {"left_row_id", "right_row_id", VERDICT}
    if missing := wanted - set(lines.fieldnames or ()):
        raise Refused("match_decision_columns", file=path.name, columns=", ".join(sorted(missing)))
    return [_decision(path, number, line) for number, line in enumerate(lines, 2) if line[VERDICT]]


def _decision(path: Path, number: int, line: dict[str, str]) -> Decision:
    verdict = _VERDICTS.get(line[VERDICT].strip().casefold())
    ids = [(line[name] or "").strip() for name in ("left_row_id", "right_row_id")]
    if verdict is None or not all(one.isascii() and one.isdecimal() for one in ids):
        said = ", ".join([*ids, line[VERDICT]])
        raise Refused("match_decision_line", file=path.name, line=number, value=said)
    return Decision(int(ids[0]), int(ids[1]), verdict)
