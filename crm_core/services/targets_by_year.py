"""Targets as people set them: a figure per segment and fiscal year, or a table pasted by month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services import segments, settings
from crm_core.services.segments import targets
from crm_core.store import Store

MOST_PASTED = 20_000
_CENT = Decimal("0.01")
_WRITTEN = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?|-?[0-9]+([.][0-9]+)?")
"""A number with or without thousands; a decimal comma is refused rather than misread."""
_SEPARATORS = ("\t", ";", "；", ",")


@dataclass(frozen=True)
class YearTarget:
    """A segment's target of a fiscal year; `even`: every month has the same share of it."""

    amount: Decimal
    even: bool


def months(store: Store, actor: Actor, year: int) -> list[date]:
    """The twelve months of the fiscal year that begins in `year`. Refused("target_year")."""
    if not 1900 <= year <= 2199:
        raise Refused("target_year", year=year)
    first = int(settings.read(store, actor)["fiscal_year_start"])
    return [date(year + (first + n - 1) // 12, (first + n - 1) % 12 + 1, 1) for n in range(12)]


def read(store: Store, actor: Actor, year: int, currency: str | None) -> dict[str, YearTarget]:
    """Segment -> its target of the fiscal year in that currency."""
    wanted = set(months(store, actor, year))
    found: dict[str, list[Decimal]] = {}
    for row in targets.read(store, actor):
        if row["month"] in wanted and row["currency"] == currency:
            found.setdefault(row["segment"], []).append(row["amount"])
    return {name: YearTarget(sum(held, Decimal(0)), _even(held)) for name, held in found.items()}


def write(
    store: Store,
    actor: Actor,
    year: int,
    currency: str | None,
    amounts: Mapping[str, object],
) -> int:
    """Set the year's target of segments, the same in each month; how many months changed.

    None takes a target away. A segment whose sum stays as it is keeps its months.
    Refused: target_year, and what targets.write refuses.
    """
    held = read(store, actor, year, currency)
    every = months(store, actor, year)
    rows: list[dict[str, object]] = []
    for segment, given in amounts.items():
        amount = _amount(segment, given)
        before = held.get(segment)
        if amount == (before.amount if before else None):
            continue
        shares = [None] * 12 if amount is None else _shares(amount)
        rows += [
            {"segment": segment, "month": month, "currency": currency, "amount": share}
            for month, share in zip(every, shares, strict=True)
        ]
    return targets.write(store, actor, rows)


def paste(store: Store, actor: Actor, text: str) -> int:
    """Set targets from lines of segment, month (YYYY-MM), amount and currency; how many changed.

    Cells are parted by tabs, semicolons or commas; a line of headers may stand first. Segments
    may be named in either language. Refused: target_line (line), and what targets.write refuses.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_PASTED:
        raise Refused("target_line", line=MOST_PASTED + 1)
    names = _names(store, actor)
    rows = []
    for number, line in lines:
        cells = _cells(line)
        if number == lines[0][0] and not any(sign.isdigit() for sign in "".join(cells[1:])):
            continue
        if len(cells) < 3:
            raise Refused("target_line", line=number)
        segment = names.get(cells[0].casefold(), cells[0])
        currency = cells[3].upper() if len(cells) > 3 and cells[3] else None
        amount = _amount(segment, cells[2])
        rows.append({"segment": segment, "month": cells[1], "currency": currency, "amount": amount})
    return targets.write(store, actor, rows)


def _names(store: Store, actor: Actor) -> dict[str, str]:
    """Every way to write a segment's name -> the name it has in the store."""
    known = segments.ground(store, actor).names
    return {
        written.casefold(): segment
        for segment, label in known.items()
        for written in (label.en, label.zh, segment)
    }


def _cells(line: str) -> list[str]:
    for separator in _SEPARATORS:
        if separator in line:
            return [cell.strip() for cell in line.split(separator)]
    return [line.strip()]


def _amount(segment: str, given: object) -> Decimal | None:
    if given is None or given == "":
        return None
    written = str(given).replace("，", ",").replace(" ", "")
    if not _WRITTEN.fullmatch(written):
        raise Refused("target_amount", segment=segment, value=given)
    return Decimal(written.replace(",", ""))


def _shares(amount: Decimal) -> list[Decimal]:
    """Twelve equal shares to the cent; the last one takes what is left, so the sum is exact."""
    share = (amount / 12).quantize(_CENT, ROUND_DOWN)
    return [share] * 11 + [amount - share * 11]


def _even(held: list[Decimal]) -> bool:
    return len(held) == 12 and max(held) - min(held) < 12 * _CENT
