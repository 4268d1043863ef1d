"""Control totals: what the store says the target has after a run, and what the target counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.migration.given import read_given
from crm_core.services.migration.run import AREA
from crm_core.services.migration.runs import Run, one_run
from crm_core.store import Store

ROWS = "rows"
"""The measure that counts records; the others are columns of numbers."""
Key = tuple[str, str, str | None]
"""Table, measure, currency."""
HEADS = {
    "table": ("table", "entity", "表", "对象"),
    "measure": ("measure", "column", "指标", "列"),
    "currency": ("currency", "币种"),
    "target": ("target", "value", "目标", "目标系统", "目标系统值"),
}
_LARGEST = Decimal(10) ** 28


@dataclass(frozen=True)
class Total:
    """One count or sum of both sides."""

    table: str
    measure: str
    currency: str | None
    source: Decimal
    target: Decimal | None
    """None: not entered yet."""
    taken: Decimal
    """Of all records that the template takes, before any is rejected."""

    @property
    def key(self) -> Key:
        """What it is a total of."""
        return self.table, self.measure, self.currency

    @property
    def difference(self) -> Decimal | None:
        """Target less source; None while the target's is not there."""
        return None if self.target is None else self.target - self.source

    @property
    def rejected(self) -> Decimal:
        """Of the records that the target does not take."""
        return self.taken - self.source

    @property
    def agrees(self) -> bool:
        """Whether both sides are the same."""
        return self.difference == 0


def totals(store: Store, actor: Actor, run: int | None = None) -> list[Total]:
    """Every total of a run (the last one if it is not named). Refused("migration_run_unknown")."""
    made = one_run(store, actor, run)
    with store.read() as cursor:
        rows = cursor.execute(
            'SELECT "table", measure, currency, value FROM crm.migration_total WHERE run_id = ?',
            [made.run],
        ).fetchall()
    entered = {(table, measure, currency): value for table, measure, currency, value in rows}
    return [
        Total(*key, source, entered.get(key), taken)
        for key, (source, taken) in _expected(made).items()
    ]


def _expected(made: Run) -> dict[Key, tuple[Decimal, Decimal]]:
    """What the target should have, and what the template takes from the store."""
    found: dict[Key, tuple[Decimal, Decimal]] = {}
    for table in made.tables:
        counts = Decimal(table["accepted"]), Decimal(table["records"])
        found[(table["table"], ROWS, None)] = counts
        for one in table["sums"]:
            key = (table["table"], one["column"], one["currency"])
            found[key] = Decimal(one["accepted"]), Decimal(one["source"])
    return found


def enter(store: Store, actor: Actor, run: int, values: Mapping[Key, Decimal]) -> None:
    """Take down what the target counted, in place of what was entered before.

    Refused: migration_run_unknown, migration_total_unknown, migration_total_number.
    """
    expected = _expected(one_run(store, actor, run))
    for key, value in values.items():
        if key not in expected:
            raise Refused(
                "migration_total_unknown", name=key[0], measure=key[1], currency=key[2], run=run
            )
        if not value.is_finite() or abs(value) >= _LARGEST:
            raise Refused("migration_total_number", name=key[0], measure=key[1], value=str(value))
    with store.change(actor, "migration.totals", area=AREA, subject=str(run)) as change:
        for (table, measure, currency), value in values.items():
            change.retire(
                "crm.migration_total",
                'run_id = ? AND "table" = ? AND measure = ? AND currency IS NOT DISTINCT FROM ?',
                [run, table, measure, currency],
            )
            change.cursor.execute(
                "INSERT INTO crm.migration_total VALUES (?, ?, ?, ?, ?, ?)",
                [run, table, measure, currency, value, change.change_id],
            )
        change.detail = {"totals": len(values)}


def enter_file(store: Store, actor: Actor, path: Path, run: int | None = None) -> list[Total]:
    """Take the target's totals from a file with the columns table, measure, currency, target.

    Blank ones are left as they are. Refused as `enter` says, and: what a file cannot be read for,
    migration_columns, migration_total_number.
    """
    made = one_run(store, actor, run)
    given = read_given(path, HEADS, ("table", "measure", "target"))
    values = {_key(row): _value(row) for row in given.rows if row.get("target")}
    enter(store, actor, made.run, values)
    return totals(store, actor, made.run)


def _key(row: Mapping[str, str]) -> Key:
    return row["table"], row["measure"], row.get("currency") or None


def _value(row: Mapping[str, str]) -> Decimal:
    try:
        return Decimal(row["target"].replace(",", "").strip())
    except InvalidOperation as error:
        raise Refused(
            "migration_total_number",
            name=row["table"],
            measure=row["measure"],
            value=row["target"],
        ) from error
