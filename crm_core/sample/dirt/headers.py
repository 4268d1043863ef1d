"""Headers as people retype them: blanks, marks, notes, another width, a slip of the keys."""

from collections.abc import Callable

from crm_core.sample.cells import full_width
from crm_core.sample.dirt.delimited import Dialect
from crm_core.sample.dirt.fault import Dice, pick
from crm_core.sample.dirt.tables import Table
from crm_core.sample.dirt.truth import Planted

RATE = 0.25
"""Of a table's headers are written another way."""
_SHORTEST = 6
"""Letters of a word in which a slip leaves no doubt what was meant."""


def _spaced(dice: Dice, header: str) -> str:
    half = len(header) // 2
    inside = header[:half] + " " + header[half:]
    return pick(dice, f" {header} ", f"{header}\u3000", header if header.isascii() else inside)


def _marked(dice: Dice, header: str) -> str:
    return pick(dice, f"*{header}", f"{header} *", f"{header}:", f"{header}：", f"[{header}]")


def _noted(dice: Dice, header: str) -> str:
    return header + pick(dice, "（必填）", " (required)", "\n（必填）")


def _cased(dice: Dice, header: str) -> str:
    return pick(dice, header.upper(), full_width(header), header.replace("_", " "))


def _slipped(dice: Dice, header: str) -> str:
    """Two neighbours the wrong way round, as in Amuont; only in words that are long enough."""
    if not header.isascii() or len(header) < _SHORTEST:
        return header
    at = int(dice.integers(1, len(header) - 2))
    return header[:at] + header[at + 1] + header[at] + header[at + 2 :]


WRITINGS: dict[str, Callable[[Dice, str], str]] = {
    "header_spaced": _spaced, "header_marked": _marked, "header_noted": _noted,
    "header_cased": _cased, "header_slip": _slipped,
}  # fmt: skip


def headers(
    table: Table, dice: Dice, dialect: Dialect | None = None
) -> tuple[list[str], list[Planted]]:
    """The table's headers as they stand in a file of this dialect, and what is odd of them."""
    written, planted = [], []
    for column in table.columns:
        kind = pick(dice, *WRITINGS)
        odd = dice.random() < RATE and column.kind != "ambiguous"
        text = WRITINGS[kind](dice, column.header) if odd else column.header
        if text != column.header and (dialect is None or dialect.holds(text)):
            planted.append(Planted(kind, "repaired", header=column.header, dirty=text))
            written.append(text)
        else:
            written.append(column.header)
    return written, planted
