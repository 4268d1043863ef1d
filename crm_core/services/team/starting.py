"""The starter set of groups, duties and courses: what is not there yet, and taking it over."""

from collections.abc import Collection, Iterable, Mapping

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.entities import Label
from crm_core.domain.registers import Value
from crm_core.domain.team_starter import StarterCourse
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import word_key
from crm_core.reference.team import team_starter
from crm_core.services.registers.rows import AREA
from crm_core.services.registers.save import Write, put
from crm_core.services.team.duties import PARTS
from crm_core.store import Store

Offered = Mapping[str, list[Mapping[str, Value]]]
"""Register -> rows that it would get, in the words of a language."""
_ROLES = """
SELECT min(trim(who)) AS role FROM programme.process_step
WHERE who IS NOT NULL GROUP BY lower(trim(who)) ORDER BY role
"""
_Cursor = duckdb.DuckDBPyConnection


def offered(store: Store, _actor: Actor, language: str) -> Offered:
    """What of the set the store has not: groups by kind or name, duties by name, courses by role
    and kind. Registers that have all of it are left out."""
    with store.snapshot() as cursor:
        return _offered(cursor, Texts(language))


def take_over(store: Store, actor: Actor, language: str, names: Collection[str]) -> int:
    """Keep what is offered for these registers; how many rows that are. What is there already is
    not doubled, nor what two people take over at once."""
    if not offered(store, actor, language):
        return 0
    with store.change(actor, "team.starter", area=AREA) as change:
        found = _offered(change.cursor, Texts(language))
        rows = {name: rows for name, rows in found.items() if name in names}
        for name, values in rows.items():
            put(change, name, [Write(None, one) for one in values])
        change.detail = {"rows": sum(map(len, rows.values()))}
        return int(change.detail["rows"])


def _offered(cursor: _Cursor, texts: Texts) -> Offered:
    found = {
        "team": list(_groups(cursor, texts)),
        "duty": list(_duties(cursor, texts)),
        "training": list(_courses(cursor, texts)),
    }
    return {name: rows for name, rows in found.items() if rows}


def _groups(cursor: _Cursor, texts: Texts) -> Iterable[Mapping[str, Value]]:
    there = cursor.execute("SELECT kind, title FROM programme.team").fetchall()
    kinds, titles = {kind for kind, _ in there}, {word_key(title) for _, title in there}
    for one in team_starter().groups:
        if one.kind not in kinds and _is_new(one.label, titles):
            yield {
                "title": texts.label(one.label),
                "kind": one.kind,
                "purpose": texts.label(one.purpose),
            }


def _duties(cursor: _Cursor, texts: Texts) -> Iterable[Mapping[str, Value]]:
    """A group is named as the store calls it."""
    titles = {
        word_key(title)
        for (title,) in cursor.execute("SELECT title FROM programme.duty").fetchall()
    }
    names = {one.kind: texts.label(one.label) for one in team_starter().groups}
    called = cursor.execute(
        "SELECT kind, title FROM programme.team WHERE kind IS NOT NULL ORDER BY length(id) DESC,"
        " id DESC"
    ).fetchall()
    names |= dict(called)
    for one in team_starter().duties:
        if _is_new(one.label, titles):
            parts = {part: tuple(names[kind] for kind in getattr(one, part)) for part in PARTS}
            yield {"title": texts.label(one.label)} | {k: v for k, v in parts.items() if v}


def _courses(cursor: _Cursor, texts: Texts) -> Iterable[Mapping[str, Value]]:
    there = {
        (kind, word_key(role))
        for kind, role in cursor.execute("SELECT kind, role FROM programme.training").fetchall()
    }
    users = [Label(en=name, zh=name) for (name,) in cursor.execute(_ROLES).fetchall()]
    for one in team_starter().courses:
        for role in _audience(one, users):
            if _is_new(role, {named for kind, named in there if kind == one.kind}):
                yield {
                    "title": texts.label(one.label),
                    "role": texts.label(role),
                    "kind": one.kind,
                    "scenario": texts.label(one.scenario),
                }


def _audience(one: StarterCourse, users: list[Label]) -> Iterable[Label]:
    return users if one.for_users and users else one.audience


def _is_new(label: Label, there: Collection[str]) -> bool:
    return all(word_key(getattr(label, language)) not in there for language in LANGUAGES)
