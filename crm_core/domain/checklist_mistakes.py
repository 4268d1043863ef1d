"""Whether the parts of a checklist fit together: every mistake with its place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crm_core.domain.checklists import CHOSEN, Checklist, Item, ItemKind, When
from crm_core.domain.problems import Wrong

Place = tuple[str | int, ...]
"""Keys and positions (from 0) that lead from the top to a part."""
Mistake = tuple[Place, Wrong]


def mistakes(checklist: Checklist) -> Iterator[Mistake]:
    """Every mistake, in the order in which it is written."""
    if checklist.amber_from > checklist.green_from:
        yield ("amber_from",), Wrong("checklist_lights", {})
    sections: list[tuple[Place, str]] = [
        (("sections", at, "id"), one.id) for at, one in enumerate(checklist.sections)
    ]
    yield from _twice(sections)
    places: list[Place] = [
        ("sections", section, "items", at)
        for section, one in enumerate(checklist.sections)
        for at, _ in enumerate(one.items)
    ]
    items: list[tuple[Place, Item]] = list(zip(places, checklist.items, strict=True))
    yield from _twice([((*place, "id"), item.id) for place, item in items])
    earlier: dict[str, Item] = {}
    for place, item in items:
        yield from _of_item(place, item)
        for at, when in enumerate(item.ask_if):
            yield from _of_condition((*place, "ask_if", at), when, earlier)
        earlier[item.id] = item
        for at, follows in enumerate(item.leads_to):
            when = follows.when.model_copy(update={"item": follows.when.item or item.id})
            yield from _of_condition((*place, "leads_to", at, "when"), when, earlier)


def _twice(found: Sequence[tuple[Place, str]]) -> Iterator[Mistake]:
    counts = Counter[str]()
    for place, name in found:
        counts[name] += 1
        if counts[name] > 1:
            yield place, Wrong("checklist_twice", {"value": name})


def _of_item(place: Place, item: Item) -> Iterator[Mistake]:
    chosen = item.kind in CHOSEN
    if chosen != bool(item.options) or len(item.options) == 1:
        yield place, Wrong("checklist_options", {"item": item.id, "kind": item.kind.value})
    options: list[tuple[Place, str]] = [
        ((*place, "options", at), one.code) for at, one in enumerate(item.options)
    ]
    yield from _twice(options)
    if item.kind is not ItemKind.SEVERAL and any(one.alone for one in item.options):
        yield place, Wrong("checklist_alone", {"item": item.id})
    ends = {item.zero_at, item.full_at}
    is_right = None not in ends and len(ends) == 2 if item.kind is ItemKind.NUMBER else False
    if ends != {None} and not is_right:
        yield place, Wrong("checklist_ends", {"item": item.id})
    if item.gate is not None and not item.is_scored:
        yield (*place, "gate"), Wrong("checklist_worthless", {"item": item.id})


def _of_condition(place: Place, when: When, earlier: Mapping[str, Item]) -> Iterator[Mistake]:
    item = earlier.get(when.item)
    if item is None:
        yield place, Wrong("checklist_no_item", {"value": when.item})
        return
    if not when.one_of and when.below is None:
        yield place, Wrong("checklist_no_condition", {})
    known = [one.code for one in item.options]
    for code in when.one_of:
        if code not in known:
            params = {"item": item.id, "value": code, "known": ", ".join(known)}
            yield (*place, "one_of"), Wrong("checklist_no_answer", params)
    if when.below is not None and not item.is_scored:
        yield (*place, "below"), Wrong("checklist_worthless", {"item": item.id})
