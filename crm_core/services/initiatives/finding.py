"""What an initiative is made from, looked up; and the initiatives that answer it already."""

from collections.abc import Sequence

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.registers import OVER
from crm_core.i18n import Texts
from crm_core.services import flags
from crm_core.services.checklists import assessments, editions
from crm_core.services.initiatives import making
from crm_core.services.initiatives.making import FIELDS, Source
from crm_core.services.registers.rows import known, row_of, rows_of
from crm_core.services.registers.values import Values
from crm_core.store import Store

_ANSWERING = """
SELECT id, title FROM programme.initiative
WHERE coalesce(status, 'open') <> 'dropped' AND {condition}
ORDER BY length(id), id
"""
_BY_TITLE = "title = $key"
# Of a team: what brings people to the system.
_BY_TEAM = """kind IN ('people', 'training') AND id IN (
    SELECT id FROM programme.link
    WHERE
        register = 'initiative' AND field = 'departments'
        AND lower(trim(said)) = lower(trim($key))
)"""
_PROCESSES = """
SELECT DISTINCT unnest(process) FROM programme.process_step
WHERE id IN (SELECT unnest(?::VARCHAR[]))
"""
_USE_GOALS = f"""
SELECT id FROM programme.goal
WHERE metric LIKE 'adoption.%' AND coalesce(status, 'open') NOT IN {OVER} ORDER BY length(id), id
"""
_RAISED = """
SELECT id FROM programme.flag
WHERE facts ->> 'assessment' = ? AND facts ->> 'item' = ? ORDER BY length(id), id
"""


def made_from(store: Store, actor: Actor, source: Source, key: str, texts: Texts) -> Values:
    """The values of a new initiative. Refused: item_unknown where there is no such thing, and what
    an assessment is refused for."""
    with store.snapshot() as cursor:
        match source:
            case Source.GOAL:
                return making.from_goal(key, _row(cursor, source, key))
            case Source.PAIN_POINT:
                return _from_pain_point(cursor, key)
            case Source.WISH:
                return making.from_wish(key, _row(cursor, source, key))
            case Source.ANSWER:
                return _from_answer(cursor, key, texts)
            case Source.TEAM:
                title = texts.text("Bring {team} to work in the system", team=key)
                goals = [goal for (goal,) in cursor.execute(_USE_GOALS).fetchall()]
                return making.from_team(title, key, goals)
    return _from_flag(store, actor, key, texts)


def _row(cursor: duckdb.DuckDBPyConnection, register: str, key: str) -> Values:
    return row_of(cursor, known(register), key).values


def _from_pain_point(cursor: duckdb.DuckDBPyConnection, key: str) -> Values:
    pain = _row(cursor, Source.PAIN_POINT, key)
    steps = pain.get("process_steps", ())
    found = cursor.execute(_PROCESSES, [list(steps) if isinstance(steps, tuple) else []])
    return making.from_pain_point(key, pain, [process for (process,) in found.fetchall()])


def _from_flag(store: Store, actor: Actor, key: str, texts: Texts) -> Values:
    """A flag that a rule raised has its title in the reader's language."""
    flag = flags.flag(store, actor, key)
    behind = flag.values.get("pain_points", ())
    with store.read() as cursor:
        keys = list(behind) if isinstance(behind, tuple) else []
        rows = rows_of(cursor, known(Source.PAIN_POINT), keys)
    pains = {one: row.values for one, row in rows.items()}
    return making.from_flag(key, flag.values, flag.title(texts), pains)


def _from_answer(cursor: duckdb.DuckDBPyConnection, key: str, texts: Texts) -> Values:
    """What the consequence of an answer asks for, called as the checklist calls the initiative."""
    assessment, item_id, place = _parts(key)
    found = assessments.one(cursor, assessment)
    checklist = editions.edition(cursor, found.checklist, found.edition)
    item = next((one for one in checklist.items if one.id == item_id), None)
    if item is None or place >= len(item.leads_to):
        raise Refused("item_unknown", id=key)
    what = item.leads_to[place]
    told = f"{assessment} · {texts.label(item.text)}\n{texts.label(what.recommendation)}"
    raised = [flag for (flag,) in cursor.execute(_RAISED, [assessment, item_id]).fetchall()]
    return making.from_answer(texts.label(what.initiative or what.recommendation), told, raised)


def _parts(key: str) -> tuple[str, str, int]:
    """Assessment, item and place of a consequence."""
    parts = key.split("/")
    if len(parts) != 3 or not parts[2].isdecimal():
        raise Refused("item_unknown", id=key)
    return parts[0], parts[1], int(parts[2])


def answering(store: Store, _actor: Actor, source: Source, key: str) -> Sequence[tuple[str, str]]:
    """The initiatives, other than those that were dropped, that answer something: id and title.

    `key`: the number of a row, the name of a team, or of an answer what its initiative is called.
    """
    by_link = f"list_contains({FIELDS[source]}, $key)" if source in FIELDS else ""
    condition = by_link or (_BY_TEAM if source is Source.TEAM else _BY_TITLE)
    with store.read() as cursor:
        sql = _ANSWERING.format(condition=condition)
        return [(one, title) for one, title in cursor.execute(sql, {"key": key}).fetchall()]
