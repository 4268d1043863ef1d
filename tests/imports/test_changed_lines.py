"""Lines without a key of their own that come again changed: nothing tells that they are one."""

import pytest

from crm_core.services import imports

DEALS = "Name,Account,Status,Value,Close date\n" + "".join(
    f"Deal {n},Firm {n % 3},Qualified,{n}00,2024-03-0{n}\n" for n in range(1, 7)
)
LINES = "Order No,Order Date,Customer,Item,Quantity,Amount\n" + "".join(
    f"SO-{n},2024-03-0{n},Firm {n % 3},{item},1,{n}0\n"
    for n in range(1, 7)
    for item in ("Desk", "Chair")
)
RECEIPTS = "Date,Customer,Item,Quantity,Amount\n" + "".join(
    f"2024-03-0{n},Firm {n % 3},Desk,1,{n}0\n" for n in range(1, 7)
)


def told(file: imports.FileResult) -> list[int]:
    return [note.params["lines"] for note in file.notes if note.code == "changed_lines_added"]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (DEALS, "1,Qualified", "1,Won"),
        (LINES, "Chair,1,10", "Chair,1,15"),
        (RECEIPTS, "Desk,1,10", "Desk,1,15"),
    ],
    ids=["deals", "lines", "receipts"],
)
def test_a_line_that_comes_again_changed_is_told(text: str, old: str, new: str, load) -> None:
    assert told(load(first=text).files[0]) == []
    assert told(load(again=text).files[0]) == []
    [file] = load(next=text.replace(old, new, 1)).files
    assert (file.loaded, told(file)) == (1, [1])


@pytest.mark.parametrize("text", [DEALS, LINES, RECEIPTS], ids=["deals", "lines", "receipts"])
def test_lines_of_another_month_are_no_newer_versions(text: str, load) -> None:
    load(first=text)
    later = text.replace("2024-03", "2024-04").replace("SO-", "SO-9").replace("Deal ", "Deal 9")
    [file] = load(next=later).files
    assert file.loaded > 0 and told(file) == []


def test_a_line_more_of_an_order_is_no_newer_version(load) -> None:
    load(first=LINES)
    [file] = load(next=LINES + "SO-1,2024-03-01,Firm 1,Desk,1,7\n").files
    assert (file.loaded, told(file)) == (1, [])
