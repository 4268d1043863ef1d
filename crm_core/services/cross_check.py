"""Loose ends in the registers: what each cross-check finds in the store as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.checks import ASSESSMENT, Check
from crm_core.domain.flags import REGISTER
from crm_core.i18n import Texts
from crm_core.reference.checks import checks
from crm_core.services import flags
from crm_core.services.flags.finding import plain
from crm_core.services.flags.words import address, said
from crm_core.store import Store

MOST = 200
"""Findings of a check that are told one by one."""


@dataclass(frozen=True)
class LooseEnd:
    """A finding: the row that it leads to, and what its sentence names."""

    register: str
    id: str
    facts: Mapping[str, Any]
    flag: flags.Flag | None = None
    """Of a red flag: what a rule says of it in the reader's language."""


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    check: Check
    count: int
    """Of all findings."""
    ends: tuple[LooseEnd, ...]
    """The first of them."""

    def sentence(self, texts: Texts, end: LooseEnd) -> str:
        """A finding in the reader's language."""
        named = {"name": end.flag.title(texts)} if end.flag else {}
        return said(texts, self.check.says, self.check, {**end.facts, **named})

    def against(self, end: LooseEnd) -> str:
        """The address, within the app, of what contradicts an answer; "" where none does."""
        return address(self.check.against or "", end.facts)


def cross_check(store: Store, actor: Actor, today: date) -> list[Checked]:
    """What every check finds, the gravest first, then those that find most; [] for none."""
    with store.snapshot() as cursor:
        cursor.register("link", cursor.sql("FROM programme.link").to_arrow_table())
        cursor.register("claim", cursor.sql("FROM checklist.claim").to_arrow_table())
        found = [_run(cursor, check, today) for check in checks().values()]
    order = list(dict.fromkeys(one.severity for one in checks().values()))
    found = _with_flags(store, actor, [one for one in found if one.count])
    return sorted(found, key=lambda one: (order.index(one.check.severity), -one.count))


def of_assessment(store: Store, _actor: Actor, today: date, key: str) -> list[Checked]:
    """What contradicts the answers of an assessment, the gravest first."""
    with store.snapshot() as cursor:
        cursor.register("claim", cursor.sql("FROM checklist.claim").to_arrow_table())
        found = [_run(cursor, one, today, key) for one in checks().values() if one.of == ASSESSMENT]
    return [one for one in found if one.count]


def _with_flags(store: Store, actor: Actor, found: list[Checked]) -> list[Checked]:
    """A row of a flag that a rule raised has its title in both languages, for files."""
    if all(end.register != REGISTER for one in found for end in one.ends):
        return found
    known = {flag.id: flag for flag in flags.listed(store, actor, flags.Wanted(standing=False))}
    return [
        replace(
            one,
            ends=tuple(
                replace(end, flag=known.get(end.id)) if end.register == REGISTER else end
                for end in one.ends
            ),
        )
        for one in found
    ]


def _run(
    cursor: duckdb.DuckDBPyConnection, check: Check, today: date, key: str | None = None
) -> Checked:
    """What a check finds; `key`: only of what has this id."""
    params: dict[str, Any] = {"today": today} if "$today" in check.sql else {}
    rows = cursor.sql(
        f"SELECT *, count(*) OVER () AS every FROM ({check.sql})"
        f" WHERE coalesce(id = $key, true) ORDER BY length(id), id LIMIT {MOST}",
        params=params | {"key": key},
    ).to_arrow_table()
    ends = [_end(check, row) for row in rows.drop(["every"]).to_pylist()]
    return Checked(check, rows["every"][0].as_py() if ends else 0, tuple(ends))


def _end(check: Check, row: dict[str, Any]) -> LooseEnd:
    register, key = row.pop("register", None), row.pop("id")
    return LooseEnd(str(register or check.of), str(key), plain(row))
