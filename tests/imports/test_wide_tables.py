"""Tables of 2,000 columns are loaded like narrow ones."""

from datetime import date, timedelta

import pytest

FIELDS = ["Account Name", "Stage", "Amount", "Close Date"]
DAY = date(2025, 1, 1)


def sheet(columns: int, *below: list[str], key: bool) -> str:
    """Ten deals with so many columns, most of them a company's own, and lines below them."""
    ids = ["Opportunity ID"] if key else []
    own = columns - len(ids + FIELDS)
    lines = [
        [f"D-{number}"][: len(ids)]
        + [f"Firm {number}", "Closed Won", str(number + 1), str(DAY + timedelta(number))]
        + [str(number * own + at) for at in range(own)]
        for number in range(10)
    ]
    head = ids + FIELDS + [f"Custom {number}" for number in range(own)]
    filled = [[""] * len(ids) + line + [""] * (columns - len(ids) - len(line)) for line in below]
    return "\n".join(",".join(line) for line in (head, *lines, *filled)) + "\n"


@pytest.mark.parametrize("columns", [20, 2_000])
@pytest.mark.parametrize(
    ("key", "below", "fates"),
    [
        (True, [], (10, 0, 0)),
        (False, [], (10, 0, 0)),
        (True, [["Total", "", "55"], ["Signed: A. Moss"]], (10, 2, 0)),
        (False, [["Total", "", "55"], ["Signed: A. Moss"]], (10, 2, 0)),
        (True, [["Signed: A. Moss"]], (10, 0, 1)),
    ],
)
def test_lines_have_one_fate_however_wide_the_table(
    load, store, columns: int, key: bool, below: list[list[str]], fates: tuple[int, int, int]
) -> None:
    [file] = load(deals=sheet(columns, *below, key=key)).files
    assert (file.loaded, file.skipped, file.quarantined) == fates
    with store.read() as cursor:
        assert cursor.execute("SELECT sum(amount) FROM crm.opportunity").fetchall() == [(55,)]


@pytest.mark.parametrize("columns", [20, 2_000])
def test_unknown_columns_are_kept_however_many_they_are(load, store, columns: int) -> None:
    own = columns - len(FIELDS) - 1
    load(deals=sheet(columns, key=True).replace(f",{own + 3},", ",,"))
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT len(json_keys(extra)), extra ->> 'Custom 2', extra ->> 'Custom 3'"
            " FROM crm.opportunity WHERE opportunity_id = 'D-1'"
        ).fetchall()
    assert found == [(own - 1, str(own + 2), None)]
