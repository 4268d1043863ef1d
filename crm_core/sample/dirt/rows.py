"""Faults that show only beside the rest of the row or of the table."""

from datetime import datetime, timedelta
from decimal import Decimal

from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, pick

BEGINS = {
    "closed_at": ("created_at", "opened_at"),
    "qualified_at": ("created_at",),
    "done_at": ("happened_at",),
    "shipped_at": ("ordered_at",),
    "accepted_at": ("handed_at",),
}
"""What ends -> what it begins with, in one table or another."""


def _before(dice: Dice, cell: Cell) -> str | None:
    """An end that lies well before its beginning, written as the file writes it."""
    begin = next((cell.row[name] for name in BEGINS.get(cell.field, ()) if name in cell.row), "")
    if not begin:
        return None
    earlier = datetime.fromisoformat(begin) - timedelta(days=int(dice.integers(20, 300)))
    return earlier.isoformat(" ")[: len(cell.text)]


def _dangling(_dice: Dice, cell: Cell) -> str:
    """The id of nobody, of the usual shape."""
    return cell.text[:1] + "9" * (len(cell.text) - 1)


def _negative(_dice: Dice, cell: Cell) -> str:
    return "-" + cell.text


def _huge(_dice: Dice, cell: Cell) -> str:
    return f"{Decimal(cell.text) * 10_000_000:.2f}"


def _beyond(dice: Dice, _cell: Cell) -> str:
    return pick(dice, "250%", "-30%", "1000%")


def _blank(_dice: Dice, _cell: Cell) -> str:
    return ""


FAULTS = (
    Fault("date_order", ("day", "moment"), _before, "warned"),
    Fault("dangling_reference", ("ref",), _dangling, "warned"),
    Fault("negative_quantity", ("count",), _negative, "quarantined"),
    Fault("amount_out_of_range", ("money",), _huge, "warned", SELDOM),
    Fault("percent_out_of_range", ("percent",), _beyond, "quarantined", SELDOM),
    Fault("key_missing", ("key",), _blank, "quarantined", SELDOM),
    Fault("required_blank", ("required",), _blank, "quarantined", SELDOM),
)
