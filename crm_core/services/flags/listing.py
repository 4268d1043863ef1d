"""The red flags that people and rules raised, the gravest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.flags import CLEARED, REGISTER, FlagRule
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.reference.flags import flag_rules
from crm_core.services.flags import words
from crm_core.services.registers.rows import Query, condition, known
from crm_core.services.registers.values import Values, restored
from crm_core.store import Store

OVER = ("removed", CLEARED)
"""States of a flag that stands no more."""


class Origin(StrEnum):
    """Who raised a flag."""

    PERSON = "person"
    RULE = "rule"


@dataclass(frozen=True)
class Wanted:
    """Which flags are asked for."""

    search: str = ""
    """Every word of it stands somewhere in the row."""
    severity: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    """"" for those that have none."""
    origin: Origin | None = None
    standing: bool = True
    """Only those that are not over; False: all."""
    id: str | None = None
    """Only the one with this id."""


@dataclass(frozen=True)
class Flag:
    """A red flag; `raised_at` in UTC."""

    id: str
    values: Values
    raised_at: datetime
    rule: FlagRule | None
    """None: a person raised it, or the rule that did is there no more."""
    facts: Mapping[str, Any]

    def title(self, texts: Texts) -> str:
        """What it is, in the reader's language where a rule raised it."""
        if self.rule is None:
            return str(self.values["title"])
        return words.said(texts, self.rule.title, self.rule, self.facts)

    def why(self, texts: Texts) -> str:
        """Why it was raised: the figures against the threshold, or what a person wrote."""
        if self.rule is None:
            return str(self.values.get("evidence", ""))
        return words.said(texts, self.rule.why, self.rule, self.facts)

    def clears(self, texts: Texts) -> str:
        """What would clear it; "" for one that a person raised."""
        if self.rule is None:
            return ""
        lower = {
            one.name: self.facts[one.clears]
            for one in self.rule.thresholds
            if one.clears in self.facts
        }
        return words.said(texts, self.rule.clears, self.rule, {**self.facts, **lower})

    @property
    def address(self) -> str | None:
        """Where its evidence is seen, as an address within the app."""
        return words.address(self.rule.evidence, self.facts) if self.rule else None

    @property
    def is_over(self) -> bool:
        """Whether it stands no more."""
        return self.values.get("status") in OVER


def listed(store: Store, _actor: Actor, wanted: Wanted | None = None) -> list[Flag]:
    """The flags that are asked for, the gravest first, then the newest."""
    wanted = wanted or Wanted()
    asked, params = condition(known(REGISTER), _query(wanted))
    by_rule = None if wanted.origin is None else wanted.origin is Origin.RULE
    with store.read() as cursor:
        rows = cursor.execute(
            f"""
            SELECT red.id, red.data, coalesce(flag.raised_at, first.committed_at), flag.rule, facts
            FROM (FROM programme.red_flag WHERE {asked}) AS red
            LEFT JOIN programme.flag AS flag USING (id)
            LEFT JOIN (
                SELECT id, min(change_id) AS change_id
                FROM (SELECT id, register, change_id FROM programme.item
                    UNION ALL SELECT id, register, change_id FROM programme_history.item)
                WHERE register = ? GROUP BY id
            ) AS began USING (id)
            LEFT JOIN app.change AS first ON first.change_id = began.change_id
            WHERE (NOT ? OR coalesce(red.status, '') NOT IN (SELECT unnest(?::VARCHAR[])))
                AND coalesce((flag.rule IS NOT NULL) = ?::BOOLEAN, true)
            ORDER BY list_position(['high', 'medium', 'low'], red.severity) NULLS LAST,
                3 DESC, length(red.id), red.id
            """,
            [*params, REGISTER, wanted.standing, list(OVER), by_rule],
        ).fetchall()
    return [_flag(*row) for row in rows]


def flag(store: Store, actor: Actor, key: str) -> Flag:
    """The flag with this id. Refused("item_unknown")."""
    found = listed(store, actor, Wanted(standing=False, id=key))
    if not found:
        raise Refused("item_unknown", id=key)
    return found[0]


def _flag(key: str, data: str, at: datetime, rule: str | None, facts: str | None) -> Flag:
    values = restored(known(REGISTER), data)
    return Flag(key, values, at, flag_rules().get(rule or ""), simplejson.loads(facts or "{}"))


def _query(wanted: Wanted) -> Query:
    """What is asked of the row itself."""
    asked = {"severity": wanted.severity, "category": wanted.category, "owner": wanted.owner}
    asked["id"] = (wanted.id,) if wanted.id is not None else ()
    return Query(wanted.search, {name: chosen for name, chosen in asked.items() if chosen})
