"""Whether a delivery is loaded, or held for a person, and why."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import COMPARED, Alarm, Feed, is_shrunken, usual
from crm_core.domain.problems import Problem
from crm_core.domain.shapes import TableShape, differences
from crm_core.services import imports, recipes
from crm_core.services.feeds import deliveries, shape
from crm_core.services.feeds.define import recipe_path
from crm_core.services.imports import Upload
from crm_core.services.imports.record import loadable
from crm_core.store import Store


@dataclass(frozen=True)
class Verdict:
    """`alarm` None: it is loaded. `readable`: whether a person can have it loaded anyway."""

    alarm: Alarm | None
    problems: tuple[Problem, ...]
    shape: tuple[TableShape, ...] = ()
    lines: int = 0
    readable: bool = True


def judge(
    store: Store, actor: Actor, feed_id: int, feed: Feed, upload: Upload, stream: str
) -> Verdict:
    """Compare what was read with what the feed's earlier deliveries and its recipe lead to expect.

    Refused: recipe_unreadable, recipe_unknown_field.
    """
    if upload.problems:
        return Verdict(Alarm.REFUSED, tuple(upload.problems.values()), readable=False)
    found, lines = shape.shape_of(store, upload), shape.lines(upload)
    changed = _changed(store, feed_id, feed, upload, stream, found)
    usable = any(loadable(table.plan) for table in upload.tables)
    if not usable:
        told = imports.load(store, actor, upload, dry_run=True).refused
        why = tuple(file.problem for file in told if file.problem)
        alarm = Alarm.SHAPE if changed else Alarm.REFUSED
        return Verdict(alarm, (*changed, *why), found, lines, readable=False)
    shrunken = _shrunken(store, feed_id, feed, stream, lines)
    if changed or shrunken:
        alarm = Alarm.SHAPE if changed else Alarm.SHRUNKEN
        return Verdict(alarm, (*changed, *shrunken), found, lines)
    spoiled = _spoiled(store, actor, feed, upload)
    return Verdict(Alarm.REFUSED if spoiled else None, spoiled, found, lines)


def _changed(
    store: Store,
    feed_id: int,
    feed: Feed,
    upload: Upload,
    stream: str,
    found: tuple[TableShape, ...],
) -> tuple[Problem, ...]:
    before = deliveries.expected(store, feed_id, stream)
    known = before.shape if before else ()
    problems = differences(known, found)
    if before is None and feed.recipe:
        problems = shape.against_recipe(recipes.load(recipe_path(store, feed.recipe)), found)
    return (*problems, *shape.questions(upload, known))


def _shrunken(
    store: Store, feed_id: int, feed: Feed, stream: str, lines: int
) -> tuple[Problem, ...]:
    earlier = deliveries.earlier_lines(store, feed_id, stream, COMPARED)
    if not is_shrunken(lines, earlier, feed.least_share):
        return ()
    return (Problem("feed_shrunken", {"lines": lines, "usual": round(usual(earlier) or 0)}),)


def _spoiled(store: Store, actor: Actor, feed: Feed, upload: Upload) -> tuple[Problem, ...]:
    """Rehearse the load: too many lines set aside speak for a broken export."""
    if feed.most_quarantined is None:
        return ()
    files = imports.load(store, actor, upload, dry_run=True).files
    read = sum(file.rows_read for file in files)
    aside = sum(file.quarantined for file in files)
    if not read or aside <= read * feed.most_quarantined:
        return ()
    return (Problem("feed_quarantine", {"quarantined": aside, "lines": read}),)
