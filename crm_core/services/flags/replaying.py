"""A rule replayed on the store's own history, day by day, with the limits that are in force now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from crm_core.domain.actor import Actor
from crm_core.domain.flags import REGISTER, RULES, Finding
from crm_core.domain.problems import Refused
from crm_core.domain.replay import Episode, days_between, episodes
from crm_core.services.flags.choosing import RuleState, in_force, known
from crm_core.services.flags.finding import AREAS, Cursor, run
from crm_core.services.flags.past import past
from crm_core.store import Store

MOST_DAYS = 366


@dataclass(frozen=True)
class Replay:
    """When a rule would have raised flags, from one day to another (UTC)."""

    first: date
    last: date
    episodes: tuple[Episode, ...]
    """The newest first."""
    seen: Mapping[str, Finding]
    """Subject -> what the rule found of it last."""

    @property
    def raised(self) -> int:
        """How often a flag would have been raised."""
        return len(self.episodes)

    @property
    def for_nothing(self) -> int:
        """How many of them went away within days while nobody acted."""
        return sum(one.for_nothing for one in self.episodes)


def replay(store: Store, _actor: Actor, rule_id: str, now: datetime, days: int = 90) -> Replay:
    """Run a rule on every day's end of the last `days`, as far as the store's history goes.

    Each day sees what was in the store then, not what was corrected since. A flag was for nothing
    if it was over within domain.replay.QUIET_DAYS and no person wrote anything in its row
    meanwhile. Refused: flag_rule_unknown; flag_no_replay where the rule says that its past cannot
    be told; flag_days.
    """
    rule = known(rule_id)
    if rule.no_replay:
        raise Refused("flag_no_replay", rule=rule_id)
    if not 1 <= days <= MOST_DAYS:
        raise Refused("flag_days", value=days, limit=MOST_DAYS)
    with store.read() as cursor:
        state = in_force(cursor)[rule_id]
        changed = _changed(cursor, rule.reads)
        acted = _acted(cursor, rule_id)
    first = max(min(changed, default=now.date()), now.date() - timedelta(days=days - 1))
    found = dict(_found(store, state, days_between(first, now.date()), changed, now))
    told = tuple(replace(one, acted=_did(acted, one)) for one in episodes(found))
    seen = {subject: one for day in found.values() for subject, one in day.items()}
    return Replay(first, now.date(), told, seen)


def _found(
    store: Store, state: RuleState, days: Sequence[date], changed: set[date], now: datetime
) -> Iterator[tuple[date, dict[str, Finding]]]:
    """Day -> what the rule finds at its end, or at `now` of the last one, by subject."""
    found, stays, standing = (dict[str, Finding]() for _ in range(3))
    with past(store, state.rule.reads) as then:
        for place, day in enumerate(days):
            is_new = place == 0 or day in changed
            if is_new:
                then.move(min(now, datetime.combine(day, time.max)))
            if is_new or "$today" in state.rule.sql:
                found, stays = (
                    {one.subject: one for one in ones} for ones in run(then.cursor, state, day)
                )
            standing = {one: stays[one] for one in standing if one in stays} | found
            yield day, standing


def _changed(cursor: Cursor, parts: Sequence[str]) -> set[date]:
    """The days on which what the rule reads was changed."""
    areas = [area for part in parts for area in AREAS[part]]
    rows = cursor.execute(
        "SELECT DISTINCT committed_at::DATE FROM app.change"
        " WHERE area IN (SELECT unnest(?::VARCHAR[])) AND actor_id <> ?",
        [areas, RULES.id],
    ).fetchall()
    return {day for (day,) in rows}


def _acted(cursor: Cursor, rule_id: str) -> list[tuple[str, date]]:
    """Subject and day of whatever people wrote in the rule's flags, or said about them."""
    return cursor.execute(
        """
        SELECT flag.subject, committed_at::DATE
        FROM programme.flag AS flag
        JOIN (
            SELECT register, id, change_id FROM programme.item
            UNION ALL SELECT register, id, change_id FROM programme_history.item
            UNION ALL SELECT register, id, change_id FROM programme.comment
        ) AS told USING (id)
        JOIN app.change AS change ON change.change_id = told.change_id
        WHERE register = ? AND rule = ? AND actor_id <> ?
        """,
        [REGISTER, rule_id, RULES.id],
    ).fetchall()


def _did(acted: Sequence[tuple[str, date]], one: Episode) -> bool:
    return any(subject == one.subject and one.first <= day <= one.last for subject, day in acted)
