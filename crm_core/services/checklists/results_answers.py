"""Who said what to an item; without names only what was said, and of few nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crm_core.domain.actor import Actor
from crm_core.domain.checklists import Item, Voice
from crm_core.domain.problems import Refused
from crm_core.domain.scoring import Panel, Value
from crm_core.services.checklists import answers, assessments, evidence, results
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.evidence import Evidence
from crm_core.store import Store


@dataclass(frozen=True)
class Said:
    """An answer with its note; who, when and by whose hand are None where names are hidden."""

    value: Value | None
    note: str
    who: str | None = None
    voice: Voice | None = None
    at: datetime | None = None
    """UTC."""
    by: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Detail:
    """Everything that was said to an item."""

    item: Item
    chosen: Mapping[str, int]
    """Option -> how many chose it."""
    said: tuple[Said, ...]
    proofs: int
    """Pieces of evidence."""
    is_withheld: bool


def of_item(store: Store, actor: Actor, key: str, item: str) -> Detail:
    """What was said to an item. Refused: assessment_unknown; answer_item."""
    shown = [one for one in evidence.of_assessment(store, actor, key) if one.item == item]
    with store.snapshot() as cursor:
        found = assessments.one(cursor, key)
        sheets = answers.of(cursor, found)
        made = results.panel(cursor, found, sheets)
    known = {one.id: one for one in made.checklist.items}
    if item not in known:
        raise Refused("answer_item", value=item)
    told = visible(found, made, known[item], said(sheets, known[item], shown))
    values = [one.value if isinstance(one.value, tuple) else (one.value,) for one in told or ()]
    chosen = Counter(code for each in values for code in each if isinstance(code, str))
    return Detail(
        known[item],
        {one.code: chosen[one.code] for one in known[item].options},
        told or (),
        len(shown),
        is_withheld=told is None,
    )


def said(sheets: Iterable[Filled], item: Item, shown: Iterable[Evidence] = ()) -> list[Said]:
    """The answers to an item where it is asked, with names."""
    proofs = list(shown)
    return [
        Said(
            given.value,
            given.note,
            *(sheet.respondent.name, sheet.respondent.voice, given.at, given.by),
            tuple(one for one in proofs if one.respondent == sheet.respondent.id),
        )
        for sheet in sheets
        if item.id in sheet.asked and (given := sheet.answers.get(item.id))
    ]


def visible(
    found: Assessment, made: Panel, item: Item, told: Sequence[Said]
) -> tuple[Said, ...] | None:
    """The answers as they may be shown; None where too few answered.

    Without names in an order that tells nothing, without whose they are, and without evidence: what
    a file is called may name a person.
    """
    if made.groups(item) is None:
        return None
    if not found.is_unnamed:
        return tuple(told)
    plain = [Said(one.value, one.note) for one in told]
    return tuple(sorted(plain, key=lambda one: (str(one.value), one.note)))
