"""What the segment figures rest on: the store's months, bases, currencies and names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.entities import Label
from crm_core.domain.periods import Calendar, Period
from crm_core.reference import segments as shipped
from crm_core.services import settings
from crm_core.store import Store

# A date more than two years after its row was loaded is a slip of the pen: it must not decide
# what "now" is.
_DATED = {
    "sales": "SELECT currency, min(ordered_at), max(ordered_at) FILTER (ordered_at < loaded_at + "
    "INTERVAL 2 YEAR) FROM crm.sale GROUP BY currency",
    "opportunities": "SELECT currency, min(closed_at), max(closed_at) FILTER (closed_at < "
    "loaded_at + INTERVAL 2 YEAR) FROM crm.opportunity WHERE outcome = 'won' GROUP BY currency",
}
_RECENT = 12
"""Months: what a currency brought in them says which one is shown first."""


@dataclass(frozen=True)
class Cover:
    """What one basis of revenue can tell of."""

    basis: str
    """sales or opportunities."""
    rows: int
    undated: int
    months: Mapping[date, int]
    """Rows by month; a month without any is left out."""
    calendars: Mapping[str | None, Calendar]
    """By currency, since old business was often done in another one; a currency without any
    dated row is left out."""
    currencies: tuple[str | None, ...]
    """The one that brought most in the last 12 months first, the store's home currency before
    all; None: not told."""


@dataclass(frozen=True)
class Ground:
    """What a store can be asked, and how far it reaches."""

    basis: str
    """The basis that the store is set to."""
    covers: Mapping[str, Cover]
    """By basis; one without rows is left out."""
    regions: tuple[str | None, ...]
    teams: tuple[str | None, ...]
    """None stands for rows without one."""
    names: Mapping[str, Label]
    """Every segment as rows carry it, with its names where the shipped list knows it."""
    loaded_at: datetime | None
    """The last load that stands, UTC."""
    waiting: int
    """Lines in quarantine that wait for somebody."""
    is_empty: bool
    """No customer data at all."""

    def cover(self, basis: str | None) -> Cover:
        """That basis, else the store's, else whichever there is; empty where there is none."""
        for wished in (basis, self.basis, *self.covers):
            if wished is not None and wished in self.covers:
                return self.covers[wished]
        return Cover(self.basis, 0, 0, {}, {}, (None,))


def ground(store: Store, _actor: Actor) -> Ground:
    """What the store's figures rest on, as of now."""
    with store.snapshot() as cursor:
        return read_ground(cursor)


def read_ground(cursor: duckdb.DuckDBPyConnection) -> Ground:
    """The same, from a cursor's state of the store."""
    [(basis,)] = cursor.execute("FROM staging.basis").fetchall()
    [(loaded_at, waiting)] = cursor.execute(
        "SELECT (SELECT max(loaded_at) FROM crm.batch WHERE undone_by IS NULL),"
        " (SELECT count(*) FROM crm.quarantine WHERE status = 'open')"
    ).fetchall()
    return Ground(
        basis=basis,
        covers=_covers(cursor, settings.read_from(cursor)),
        regions=_places(cursor, "region"),
        teams=_places(cursor, "team"),
        names=names(cursor),
        loaded_at=loaded_at,
        waiting=waiting,
        is_empty=not cursor.execute("FROM mart.segment_month LIMIT 1").fetchall(),
    )


def _places(cursor: duckdb.DuckDBPyConnection, name: str) -> tuple[str | None, ...]:
    """The regions or teams there are; None last, for what has none."""
    rows = cursor.execute(
        f"SELECT DISTINCT {name} FROM mart.segment_month ORDER BY ALL NULLS LAST"
    ).fetchall()
    return tuple(row[0] for row in rows)


def names(cursor: duckdb.DuckDBPyConnection) -> dict[str, Label]:
    """Every segment of the store under the name it is shown by, with its name in both languages."""
    rows = cursor.execute(
        "SELECT DISTINCT coalesce(n.shown, s.segment), s.entry FROM crm.segment AS s"
        " LEFT JOIN mart.segment_name AS n ON n.segment = s.segment ORDER BY ALL"
    ).fetchall()
    known = shipped().entries
    return {
        segment: Label(en=known[entry].en, zh=known[entry].zh)
        if entry in known
        else Label(en=segment, zh=segment)
        for segment, entry in rows
    }


def _covers(cursor: duckdb.DuckDBPyConnection, chosen: Mapping[str, object]) -> dict[str, Cover]:
    rows = metrics.run(cursor, "revenue_basis", {}).to_pylist()
    found: dict[str, Cover] = {}
    for basis in dict.fromkeys(row["basis"] for row in rows):
        own = [row for row in rows if row["basis"] == basis]
        months: dict[date, int] = {}
        for row in own:
            if row["month"]:
                months[row["month"]] = months.get(row["month"], 0) + row["rows"]
        calendars = _calendars(cursor, basis, int(str(chosen["fiscal_year_start"])))
        found[basis] = Cover(
            basis=basis,
            rows=sum(row["rows"] for row in own),
            undated=sum(row["rows"] for row in own if not row["month"]),
            months=months,
            calendars=calendars,
            currencies=_by_weight(own, calendars, chosen["home_currency"]),
        )
    return found


def _by_weight(
    rows: Sequence[Mapping[str, Any]], calendars: Mapping[str | None, Calendar], home: object
) -> tuple[str | None, ...]:
    """The currencies, by revenue in the store's last 12 months, then ever, then by rows."""
    last = max((each.as_of for each in calendars.values()), default=date.max)
    recent = Period(last.replace(day=1), last.replace(day=1)).at_least(_RECENT)
    weights: dict[str | None, list[Decimal]] = {}
    for row in rows:
        weight = weights.setdefault(row["currency"], [Decimal(0)] * 3)
        weight[0] += row["revenue"] if row["month"] and row["month"] >= recent.first else 0
        weight[1] += row["revenue"]
        weight[2] += row["rows"]
    return tuple(
        sorted(
            weights,
            key=lambda code: (code is None or code != home, [-weight for weight in weights[code]]),
        )
    )


def _calendars(
    cursor: duckdb.DuckDBPyConnection, basis: str, year_starts: int
) -> dict[str | None, Calendar]:
    return {
        currency: Calendar(first.date(), (last or first).date(), year_starts)
        for currency, first, last in cursor.execute(_DATED[basis]).fetchall()
        if first is not None
    }
