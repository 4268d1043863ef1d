"""The rows in which the store keeps answers: written, taken away, kept anew."""

from collections.abc import Sequence
from fractions import Fraction

import duckdb
import simplejson

from crm_core.domain.answers import kept_as
from crm_core.domain.scoring import Value
from crm_core.store import Change

_TABLE = "checklist.answer"
_INSERT = f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def last_versions(cursor: duckdb.DuckDBPyConnection, respondent: str) -> dict[str, int]:
    """The last version of each item that was ever answered."""
    return dict(
        cursor.execute(
            f"SELECT item, max(version) FROM (SELECT item, version FROM {_TABLE}"
            " WHERE respondent = $1 UNION ALL SELECT item, version FROM checklist_history.answer"
            " WHERE respondent = $1) GROUP BY item",
            [respondent],
        ).fetchall()
    )


def retire(change: Change, respondent: str, items: Sequence[str]) -> None:
    """Take a respondent's answers to these items into the history."""
    these = "respondent = ? AND item IN (SELECT unnest(?::VARCHAR[]))"
    change.retire(_TABLE, these, [respondent, items])


def write(
    change: Change,
    place: tuple[str, str, str],
    version: int,
    said: tuple[Value | None, str],
    share: Fraction | None,
    *,
    is_asked: bool,
) -> None:
    """Keep an answer: `place` is assessment, respondent and item, `said` the value and the note,
    `share` what it is worth."""
    value, note = said
    kept = None if value is None else simplejson.dumps(kept_as(value), ensure_ascii=False)
    change.cursor.execute(
        _INSERT, [*place, version, kept, note, _number(share), is_asked, change.change_id]
    )


def restate(
    change: Change, respondent: str, item: str, share: Fraction | None, *, is_asked: bool
) -> None:
    """Keep of an answer that stands what it is worth now and whether it is asked for."""
    before = change.cursor.execute(
        f"SELECT * EXCLUDE (worth, is_asked, change_id) FROM {_TABLE}"
        " WHERE respondent = ? AND item = ?",
        [respondent, item],
    ).fetchall()
    retire(change, respondent, [item])
    for row in before:
        change.cursor.execute(_INSERT, [*row, _number(share), is_asked, change.change_id])


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
